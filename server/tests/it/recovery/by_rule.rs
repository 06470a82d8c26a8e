//! Cases that nobody opened.

use super::cases;
use crate::{
    on_both_engines,
    support::visitor::{Visit, submit},
};
use app::{
    id::PromiseId,
    organisation::Rules,
    promise::{Promise, PromiseState},
    recovery::{Cause, Step},
    survey::Rating,
    sync::protocol::{Mutation, Row},
    time::Timestamp,
};
use chrono::Days;
use server::{clock, random};

fn promise(visit: &Visit<'_>) -> Promise {
    Promise {
        id: PromiseId(random::uuid()),
        customer: visit.customer.id,
        meeting: None,
        maker: visit.rep.id,
        keeper: visit.rep.id,
        what: "Replace the valve".into(),
        due: clock::now().date_at(0) - Days::new(1),
        evidence: String::new(),
        state: PromiseState::Open,
        course: Default::default(),
    }
}

async fn rating(visit: &mut Visit<'_>) -> Rating {
    visit.ratings_of_rep().await.remove(0)
}

fn sorry(case: &app::recovery::RecoveryCase) -> Mutation {
    Mutation::RecordRecovery { id: case.id, step: Step::Apology, text: "Sorry".into(), at: Timestamp(1_780_000_000_000) }
}

on_both_engines! {
    async fn an_unhappy_rating_opens_one_case_once_the_rep_may_read_it(app) {
        let mut visit = Visit::new(&app).await;
        let path = visit.ask().await;
        submit(&app, &path, &[("trust", "2")]).await;
        let (rating, opened) = (rating(&mut visit).await, cases(&mut visit.phone).await);
        assert_eq!(opened.iter().map(|case| (case.id.0, case.cause, case.rep)).collect::<Vec<_>>(), [(
            rating.id.0,
            Cause::Rating(rating.id),
            visit.rep.id
        )]);
        assert_eq!(cases(&mut visit.managers_phone).await, opened, "the manager sees it, too");

        visit.next(1).await;
        let path = visit.ask().await;
        submit(&app, &path, &[("trust", "4")]).await;
        assert_eq!(cases(&mut visit.phone).await.len(), 1, "somebody happy opens none");
    }

    async fn nothing_opens_before_the_rating_reaches_its_rep(app) {
        app.set_rules(Rules { release_to_rep_after: 1, release_to_manager_after: 1, ..Rules::default() }).await;
        let mut visit = Visit::new(&app).await;
        let path = visit.ask().await;
        submit(&app, &path, &[("trust", "1")]).await;
        assert_eq!((cases(&mut visit.phone).await, cases(&mut visit.managers_phone).await), (vec![], vec![]));
    }

    async fn a_hidden_name_opens_no_case(app) {
        let mut visit = Visit::new(&app).await;
        let promise = promise(&visit);
        visit.phone.must(Mutation::MakePromise { promise: promise.clone() }).await;
        let path = visit.ask().await;
        let broken = format!("promise-{}", promise.id);
        submit(&app, &path, &[("trust", "1"), (&broken, "not_kept"), ("hide_name", "on")]).await;
        assert_eq!(visit.ratings_of_manager().await.len(), 1, "the manager reads it");
        assert_eq!((cases(&mut visit.phone).await, cases(&mut visit.managers_phone).await), (vec![], vec![]));
        let on_the_phone = visit.phone.rows().await;
        assert!(!on_the_phone.iter().any(|row| matches!(row, Row::Rating(_))), "and nothing of it is beside the promise");
    }

    async fn a_name_that_is_hidden_later_takes_a_case_along_that_nobody_began_with(app) {
        let mut visit = Visit::new(&app).await;
        for is_begun in [false, true] {
            visit.next(i64::from(is_begun)).await;
            let path = visit.ask().await;
            let sent = submit(&app, &path, &[("trust", "1")]).await;
            let opened = cases(&mut visit.phone).await.remove(0);
            if is_begun {
                visit.phone.must(sorry(&opened)).await;
            }
            submit(&app, &sent.receipt(), &[("trust", "1"), ("hide_name", "on")]).await;
            assert_eq!(visit.ratings_of_rep().await, []);
            assert_eq!(cases(&mut visit.phone).await.len(), usize::from(is_begun));
        }
    }

    async fn a_promise_not_kept_opens_one_case_whoever_says_so_and_ours_goes_with_our_word(app) {
        let mut visit = Visit::new(&app).await;
        let (ours, theirs) = (promise(&visit), promise(&visit));
        for promise in [&ours, &theirs] {
            visit.phone.must(Mutation::MakePromise { promise: promise.clone() }).await;
        }
        let settle = |promise: &Promise, state| Mutation::SettlePromise { id: promise.id, state, agreed: None, at: None };
        visit.phone.must(settle(&ours, PromiseState::NotKept)).await;
        visit.phone.must(settle(&ours, PromiseState::NotKept)).await;
        assert_eq!(cases(&mut visit.phone).await.iter().map(|case| case.cause).collect::<Vec<_>>(), [Cause::NotKept(ours.id)]);
        visit.phone.must(settle(&ours, PromiseState::Kept)).await;
        assert_eq!(cases(&mut visit.phone).await, [], "it was kept after all");

        let path = visit.ask().await;
        submit(&app, &path, &[("trust", "5"), (&format!("promise-{}", theirs.id), "not_kept")]).await;
        visit.phone.must(settle(&theirs, PromiseState::NotKept)).await;
        visit.phone.must(settle(&theirs, PromiseState::Kept)).await;
        let said: Vec<_> = cases(&mut visit.phone).await.iter().map(|case| case.cause).collect();
        assert_eq!(said, [Cause::SaidNotKept(theirs.id)], "what the customer said is not ours to take back");
    }

    async fn a_case_that_was_begun_stays_when_the_promise_is_said_to_be_kept(app) {
        let mut visit = Visit::new(&app).await;
        let promise = promise(&visit);
        let id = promise.id;
        visit.phone.must(Mutation::MakePromise { promise }).await;
        visit.phone.must(Mutation::SettlePromise { id, state: PromiseState::NotKept, agreed: None, at: None }).await;
        let opened = cases(&mut visit.phone).await.remove(0);
        visit.phone.must(sorry(&opened)).await;
        visit.phone.must(Mutation::SettlePromise { id, state: PromiseState::Late, agreed: None, at: None }).await;
        assert_eq!(cases(&mut visit.phone).await.len(), 1);
    }
}
