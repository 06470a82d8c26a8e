//! The demonstration organisation, on both databases.

use crate::on_both_engines;
use app::score::{Audience, Score};
use server::{db, demo};

on_both_engines! {
    async fn a_demonstration_is_made_once_and_shows_every_state(app) {
        let made = demo::make(&app.state).await.expect("it can be made").expect("it was not there");
        assert_eq!(demo::make(&app.state).await.expect("it is there"), None, "only once");
        let mut tx = app.state.db.read().await.expect("a snapshot");
        let mut scores: Vec<Score> = db::all(&mut tx, &made.to_string()).await.expect("scores");
        scores.retain(|score| score.audience == Audience::Manager);
        assert_eq!(scores.len(), 11);
        assert!(scores.iter().any(|score| score.overall.is_none()), "somebody has too few ratings");
        assert!(scores.iter().filter(|score| score.overall.is_some()).count() >= 8);
    }
}
