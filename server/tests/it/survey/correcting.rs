use crate::{
    on_both_engines,
    support::visitor::{Visit, open, submit},
};
use app::{
    account::Member,
    organisation::Rules,
    survey::Component,
    sync::{
        Refusal,
        protocol::{Mutation, Outcome},
    },
};
use axum::http::StatusCode;

on_both_engines! {
    async fn a_correction_before_release_replaces_the_answers(app) {
        app.set_rules(Rules::default()).await;
        let mut visit = Visit::new(&app).await;
        let path = visit.ask().await;
        let receipt = submit(&app, &path, &[("trust", "1"), ("follow_up", "no")]).await.receipt();
        let shown = open(&app, &receipt, None).await;
        assert_eq!(shown.status, StatusCode::OK);
        assert!(shown.html.contains("name=\"comment\"") && !shown.html.contains("name=\"secret\""), "{}", shown.html);
        assert_eq!(submit(&app, &receipt, &[("trust", "4")]).await.status, StatusCode::OK);
        app.sql("update submission set rep_due = 1, manager_due = 1, next_due = 1").await;
        server::survey::release_due(&app.state).await.expect("a release");
        let rating = visit.ratings_of_rep().await.remove(0);
        assert_eq!((rating.answers.components[&Component::Trust], rating.first_answers), (4, None));
    }

    async fn a_correction_after_release_keeps_the_first_answers_beside_it(app) {
        let mut visit = Visit::new(&app).await;
        let path = visit.ask().await;
        let receipt = submit(&app, &path, &[("trust", "1")]).await.receipt();
        visit.ratings_of_rep().await;
        for point in ["3", "5"] {
            assert_eq!(submit(&app, &receipt, &[("trust", point)]).await.status, StatusCode::OK);
        }
        let ratings = visit.ratings_of_rep().await;
        assert_eq!(ratings.len(), 1);
        assert_eq!(ratings[0].answers.components[&Component::Trust], 5);
        assert_eq!(ratings[0].first_answers.as_ref().expect("kept").components[&Component::Trust], 1);
        assert_eq!(visit.ratings_of_manager().await, ratings);
    }

    async fn the_open_question_is_answered_after_the_rest(app) {
        let mut visit = Visit::new(&app).await;
        let path = visit.ask().await;
        let thanks = submit(&app, &path, &[("trust", "1")]).await;
        assert!(thanks.html.contains("What would you need from Rik Rep"), "worded by the answers\n{}", thanks.html);
        let comment = format!("{}/comment", thanks.receipt());
        assert_eq!(submit(&app, &comment, &[("comment", "Numbers <please>")]).await.status, StatusCode::OK);
        assert_eq!(visit.ratings_of_rep().await[0].answers.comment, "Numbers <please>");
        let shown = open(&app, &thanks.receipt(), None).await;
        assert!(shown.html.contains("Numbers &lt;please>") || shown.html.contains("Numbers &lt;please&gt;"), "{}", shown.html);
    }

    async fn hiding_the_name_late_takes_the_rating_off_the_reps_phone(app) {
        let mut visit = Visit::new(&app).await;
        let path = visit.ask().await;
        let receipt = submit(&app, &path, &[("trust", "1")]).await.receipt();
        assert_eq!(visit.ratings_of_rep().await.len(), 1);
        let id = visit.ratings_of_rep().await[0].id;
        let page = open(&app, &receipt, None).await.html;
        assert!(page.contains("has read your answers already"), "{page}");
        submit(&app, &receipt, &[("trust", "1"), ("hide_name", "yes")]).await;
        assert!(visit.ratings_of_rep().await.is_empty());
        assert_eq!(visit.ratings_of_manager().await.len(), 1);
        let mutation = Mutation::AddContext { id, context: "I remember it".into() };
        let outcome = visit.phone.make(mutation).await;
        assert!(matches!(outcome, Outcome::Refused { refusal: Refusal::NotFound { .. } }), "{outcome:?}");
        let south = app.team("South", None).await;
        app.keep_member(&Member { team: Some(south.id), ..visit.rep.clone() }).await;
        assert!(visit.ratings_of_rep().await.is_empty(), "nor does a move bring it back");
    }

    async fn a_name_hidden_by_mistake_is_shown_until_the_managers_have_read_the_answers(app) {
        app.set_rules(Rules { release_to_rep_after: 0, release_to_manager_after: 1, ..Rules::default() }).await;
        let mut visit = Visit::new(&app).await;
        let path = visit.ask().await;
        let receipt = submit(&app, &path, &[("trust", "4"), ("hide_name", "yes")]).await.receipt();
        assert!(visit.ratings_of_rep().await.is_empty());
        submit(&app, &receipt, &[("trust", "4")]).await;
        assert_eq!(visit.ratings_of_rep().await.len(), 1);
    }

    async fn a_wrong_or_old_receipt_changes_nothing(app) {
        let mut visit = Visit::new(&app).await;
        let path = visit.ask().await;
        let receipt = submit(&app, &path, &[("trust", "2")]).await.receipt();
        let mut wrong = receipt.clone();
        let last = wrong.pop().expect("a receipt");
        wrong.push(if last == 'z' { 'y' } else { 'z' });
        for path in [wrong.clone(), format!("{wrong}/comment"), path.replace("/s/", "/r/")] {
            assert_eq!(submit(&app, &path, &[("trust", "5"), ("comment", "")]).await.status, StatusCode::NOT_FOUND, "{path}");
        }
        assert_eq!(submit(&app, &receipt, &[]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        app.sql("update submission set given_at = given_at - 86400000").await;
        assert_eq!(open(&app, &receipt, None).await.status, StatusCode::GONE);
        for path in [receipt.clone(), format!("{receipt}/comment")] {
            assert_eq!(submit(&app, &path, &[("trust", "5"), ("comment", "late")]).await.status, StatusCode::GONE, "{path}");
        }
        assert_eq!(visit.ratings_of_rep().await[0].answers.components[&Component::Trust], 2);
    }
}
