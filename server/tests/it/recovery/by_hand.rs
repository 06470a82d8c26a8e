//! Cases that a rep opens and works on.

use super::cases;
use crate::{on_both_engines, support::visitor::Visit};
use app::{
    id::{MemberId, RecoveryCaseId},
    recovery::{Cause, RecoveryCase, Step},
    sync::{
        Refusal,
        protocol::{Mutation, Outcome},
    },
    time::Timestamp,
};
use server::random;
use std::collections::BTreeMap;

const NOW: Timestamp = Timestamp(1_780_000_000_000);

fn case(visit: &Visit<'_>, rep: MemberId) -> RecoveryCase {
    RecoveryCase {
        id: RecoveryCaseId(random::uuid()),
        customer: visit.customer.id,
        rep,
        cause: Cause::ByHand,
        what: "The pump stood still all weekend".into(),
        opened_at: NOW,
        steps: BTreeMap::new(),
        closed_at: None,
    }
}

on_both_engines! {
    async fn the_rep_acts_first_and_the_manager_reads_along(app) {
        let mut visit = Visit::new(&app).await;
        let case = case(&visit, visit.rep.id);
        let id = case.id;
        visit.phone.must(Mutation::OpenRecovery { case: case.clone() }).await;
        assert_eq!(cases(&mut visit.managers_phone).await, std::slice::from_ref(&case));

        let close = Mutation::CloseRecovery { id, at: NOW.plus_days(2) };
        assert!(matches!(visit.phone.make(close.clone()).await, Outcome::Refused { .. }), "nothing was done");
        let sorry = Mutation::RecordRecovery { id, step: Step::Apology, text: "Called and said sorry".into(), at: NOW };
        assert_eq!(visit.managers_phone.make(sorry.clone()).await, Outcome::Refused { refusal: Refusal::not_found("case") });
        visit.phone.must(sorry.clone()).await;
        visit.phone.must(close).await;
        let closed = cases(&mut visit.managers_phone).await.remove(0);
        assert_eq!((closed.closed_at, closed.steps[&Step::Apology].text.as_str()), (Some(NOW.plus_days(2)), "Called and said sorry"));
        assert!(matches!(visit.phone.make(sorry).await, Outcome::Refused { .. }), "it is closed");
        assert_eq!(visit.phone.make(Mutation::DeleteRecovery { id }).await, Outcome::Refused { refusal: Refusal::NotYours });
        visit.phone.must(Mutation::ReopenRecovery { id }).await;
        assert_eq!(cases(&mut visit.phone).await[0].closed_at, None);
    }

    async fn nobody_opens_a_case_for_somebody_else(app) {
        let mut visit = Visit::new(&app).await;
        let case = case(&visit, visit.rep.id);
        let id = case.id;
        assert_eq!(visit.managers_phone.make(Mutation::OpenRecovery { case: case.clone() }).await, Outcome::Refused { refusal: Refusal::NotYours });
        visit.phone.must(Mutation::OpenRecovery { case }).await;
        visit.phone.must(Mutation::DeleteRecovery { id }).await;
        assert_eq!((cases(&mut visit.phone).await, cases(&mut visit.managers_phone).await), (vec![], vec![]), "a mistake is taken back");
    }
}
