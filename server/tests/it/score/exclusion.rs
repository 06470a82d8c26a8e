//! What leaving a rating out of the score does to it.

use super::{at_once, rate, seen_by_manager, seen_by_rep};
use crate::{
    on_both_engines,
    support::{TestApp, visitor::Visit},
};
use app::{
    id::RatingId,
    score::{Cause, Score},
    survey::{Coverage, ExclusionReason, Rating},
    sync::protocol::Mutation,
    time::Timestamp,
};

async fn leave_out(visit: &mut Visit<'_>, id: RatingId) {
    visit.managers_phone.must(Mutation::ExcludeRating { id, reason: ExclusionReason::Duplicate, note: "Sent twice".into() }).await;
}

async fn count_again(visit: &mut Visit<'_>, id: RatingId) {
    visit.managers_phone.must(Mutation::CountRating { id, note: "Two visits".into() }).await;
}

/// The ratings with a hidden name, in the order in which they came.
async fn hidden(visit: &mut Visit<'_>) -> Vec<Rating> {
    let mut ratings = visit.ratings_of_manager().await;
    ratings.retain(|rating| rating.answers.hide_name);
    ratings.sort_by_key(|rating| rating.given_at);
    ratings
}

/// What a score says about the ratings, without when it was computed and how often was asked.
fn said(score: &Score) -> Score {
    Score { computed_at: Timestamp(0), coverage: Coverage::default(), movement: None, ..score.clone() }
}

async fn rate_hidden(app: &TestApp, visit: &mut Visit<'_>, point: &str) {
    rate(app, visit, point, &[("hide_name", "yes")]).await;
}

on_both_engines! {
    async fn a_rating_left_out_moves_the_score_as_an_exclusion_and_counting_it_again_restores_it(app) {
        app.set_rules(at_once()).await;
        let mut visit = Visit::new(&app).await;
        for point in ["4", "5", "1"] {
            rate(&app, &mut visit, point, &[]).await;
        }
        let before = seen_by_rep(&app, &mut visit).await;
        let low = visit.ratings_of_rep().await.into_iter().find(|rating| rating.answers.components.values().any(|point| *point == 1));
        let low = low.expect("it was given").id;
        leave_out(&mut visit, low).await;
        let without = seen_by_rep(&app, &mut visit).await;
        assert_eq!((without.ratings, without.pulls.contains_key(&low)), (2, false));
        let movement = without.movement.expect("it moved");
        assert!(movement.parts[&Cause::Exclusions] > 0.0 && !movement.parts.contains_key(&Cause::NewRatings), "{movement:?}");
        assert_eq!(seen_by_manager(&app, &mut visit).await.ratings, 2);

        count_again(&mut visit, low).await;
        let after = seen_by_rep(&app, &mut visit).await;
        assert_eq!(said(&after), said(&before));
        assert_eq!(after.movement, None, "as if nothing had been");
    }

    async fn a_hidden_name_leaves_the_score_with_its_whole_batch_and_comes_back_with_it(app) {
        app.set_rules(at_once()).await;
        let mut visit = Visit::new(&app).await;
        rate(&app, &mut visit, "5", &[]).await;
        let alone = seen_by_rep(&app, &mut visit).await;
        for point in ["1", "2", "3"] {
            rate_hidden(&app, &mut visit, point).await;
        }
        let together = seen_by_rep(&app, &mut visit).await;
        assert_eq!(together.ratings, 4);
        let batch = hidden(&mut visit).await;
        for out in &batch {
            leave_out(&mut visit, out.id).await;
            let without = seen_by_rep(&app, &mut visit).await;
            assert_eq!(said(&without), said(&alone), "whichever of the three it is");
            count_again(&mut visit, out.id).await;
            assert_eq!(said(&seen_by_rep(&app, &mut visit).await), said(&together));
        }
        leave_out(&mut visit, batch[0].id).await;
        seen_by_rep(&app, &mut visit).await;
        leave_out(&mut visit, batch[1].id).await;
        rate_hidden(&app, &mut visit, "1").await;
        rate_hidden(&app, &mut visit, "1").await;
        assert_eq!(said(&seen_by_rep(&app, &mut visit).await), said(&alone), "two wait for a third, and take nobody's place");
        assert_eq!(visit.ratings_of_rep().await.len(), 1);
    }

    async fn a_hidden_name_left_out_while_it_waits_never_enters_a_batch(app) {
        app.set_rules(at_once()).await;
        let mut visit = Visit::new(&app).await;
        rate(&app, &mut visit, "5", &[]).await;
        rate_hidden(&app, &mut visit, "1").await;
        let waiting = hidden(&mut visit).await.remove(0);
        leave_out(&mut visit, waiting.id).await;
        for ratings in [1, 1, 4] {
            rate_hidden(&app, &mut visit, "4").await;
            assert_eq!(seen_by_rep(&app, &mut visit).await.ratings, ratings);
        }
        count_again(&mut visit, waiting.id).await;
        assert_eq!(seen_by_rep(&app, &mut visit).await.ratings, 4, "it waits for two more");
    }
}
