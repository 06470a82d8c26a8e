//! Whose reliability a promise tells of.

use super::{Two, promise_of};
use crate::{
    on_both_engines,
    support::{TestApp, visitor::submit},
};
use app::{
    id::MemberId,
    promise::{KeeperAnswer, Promise},
    score::{Audience, Reliability},
    sync::protocol::{Mutation, Row},
};
use server::score;

/// What the phone holds of `member`'s reliability, as the rep sees it.
async fn reliability(app: &TestApp, phone: &mut crate::support::Phone<'_>, member: MemberId) -> Option<Reliability> {
    score::refresh_stale(&app.state).await.expect("scores are computed");
    let rows = phone.rows().await;
    rows.into_iter().find_map(|row| match row {
        Row::Score(score) if score.member == member && score.audience == Audience::Rep => score.reliability,
        _ => None,
    })
}

/// A promise of the rep's that fell due yesterday, and the customer's answer to it.
async fn answered(app: &TestApp, two: &mut Two<'_>, promise: &Promise, answer: &str) {
    two.visit.phone.must(Mutation::MakePromise { promise: promise.clone() }).await;
    let path = two.visit.ask().await;
    submit(app, &path, &[("trust", "4"), (&format!("promise-{}", promise.id), answer)]).await;
}

on_both_engines! {
    async fn another_teams_failure_does_not_lower_the_reps_reliability(app) {
        let mut two = Two::new(&app).await;
        let rep = two.visit.rep.id;
        let own = promise_of(&two.visit, rep);
        answered(&app, &mut two, &own, "kept").await;
        let before = reliability(&app, &mut two.visit.phone, rep).await.expect("a customer spoke");
        assert_eq!(before.promises, 1);

        two.visit.next(1).await;
        let delivered = promise_of(&two.visit, two.dora.member.id);
        answered(&app, &mut two, &delivered, "not_kept").await;
        assert_eq!(reliability(&app, &mut two.visit.phone, rep).await, Some(before), "it was for delivery to keep");

        let cannot = KeeperAnswer::Cannot { why: "Nobody asked us".into() };
        two.dora.must(Mutation::AnswerPromise { id: delivered.id, answer: cannot }).await;
        let after = reliability(&app, &mut two.visit.phone, rep).await.expect("a customer spoke");
        assert_eq!(after.promises, 2, "what delivery said it could not do is answered for by whoever promised it");
        assert!(after.value < before.value);
    }
}
