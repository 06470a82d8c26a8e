//! What a rep's score says of customers who hide their name, early or late.

use super::{at_once, rate, seen_by_manager, seen_by_rep};
use crate::{
    on_both_engines,
    support::{
        TestApp,
        visitor::{Visit, open, submit},
    },
};
use app::{score::Score, survey::Component};

const HIDDEN: (&str, &str) = ("hide_name", "yes");

/// The answers of somebody who gives `point` for everything.
fn all(point: &str) -> Vec<(&str, &str)> {
    ["listening", "understanding", "trust", "value", "progress"].map(|component| (component, point)).to_vec()
}

/// A rating by somebody new at the visit's customer; its receipt.
async fn receipt(app: &TestApp, visit: &mut Visit<'_>, answers: &[(&str, &str)]) -> String {
    visit.next(0).await;
    let path = visit.ask().await;
    submit(app, &path, answers).await.receipt()
}

/// The numbers in a score.
fn numbers(score: &Score) -> impl PartialEq + std::fmt::Debug + use<> {
    (score.ratings, score.overall, score.components.clone(), score.reliability, score.steps.clone())
}

on_both_engines! {
    async fn a_name_hidden_after_the_rep_has_read_the_rating_fills_no_batch(app) {
        app.set_rules(at_once()).await;
        let mut visit = Visit::new(&app).await;
        let receipt = receipt(&app, &mut visit, &all("5")).await;
        let read = seen_by_rep(&app, &mut visit).await;
        submit(&app, &receipt, &[all("1"), vec![HIDDEN]].concat()).await;
        let hidden = seen_by_rep(&app, &mut visit).await;
        assert_eq!(numbers(&hidden), numbers(&read), "it counts as the rep has read it, and nothing tells what it says now");
        assert!(hidden.pulls.is_empty() && visit.ratings_of_rep().await.is_empty());
        for ratings in [1, 1, 4] {
            rate(&app, &mut visit, "2", &[HIDDEN]).await;
            assert_eq!(seen_by_rep(&app, &mut visit).await.ratings, ratings, "only names that the rep never read fill a batch");
            assert_eq!(seen_by_manager(&app, &mut visit).await.ratings, ratings);
        }
    }

    async fn a_correction_behind_a_hidden_name_moves_no_score(app) {
        app.set_rules(at_once()).await;
        let mut visit = Visit::new(&app).await;
        let receipt = receipt(&app, &mut visit, &[all("1"), vec![HIDDEN]].concat()).await;
        for _ in 0..2 {
            rate(&app, &mut visit, "3", &[HIDDEN]).await;
        }
        let before = seen_by_rep(&app, &mut visit).await;
        assert_eq!(before.ratings, 3);
        submit(&app, &receipt, &[all("5"), vec![HIDDEN]].concat()).await;
        assert_eq!(numbers(&seen_by_rep(&app, &mut visit).await), numbers(&before), "the move would be its own");
        let read = visit.ratings_of_manager().await;
        assert!(read.iter().any(|it| it.answers.components[&Component::Trust] == 5 && it.first_answers.is_some()), "{read:?}");
    }

    async fn a_name_stays_hidden_once_the_managers_have_read_the_answers(app) {
        app.set_rules(at_once()).await;
        let mut visit = Visit::new(&app).await;
        let receipt = receipt(&app, &mut visit, &[all("1"), vec![HIDDEN]].concat()).await;
        let page = open(&app, &receipt, None).await.html;
        assert!(page.contains("Your name stays hidden from") && !page.contains("checkbox"), "{page}");
        submit(&app, &receipt, &all("2")).await;
        assert!(visit.ratings_of_rep().await.is_empty());
        assert!(visit.ratings_of_manager().await.iter().all(|it| it.answers.hide_name && it.answers.components[&Component::Trust] == 2));
    }
}
