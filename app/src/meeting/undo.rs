//! Taking a log back: the meeting goes, and what was typed is there to be saved again.

use super::{Meeting, MeetingDraft, promises_of};
use crate::{
    id::{MeetingId, MemberId, PromiseId},
    promise::{Promise, PromiseDraft, PromiseState},
    reflection::Reflection,
    sync::{Replica, protocol::Mutation},
};
use std::sync::Arc;
use uuid::Uuid;

/// The mutations that delete `meeting` with the open promises that `rep` made at it. Customers, contacts and what is worth knowing stay:
/// they are true whether or not the meeting was.
pub fn deletion(replica: &Replica, meeting: &Meeting, rep: MemberId) -> Vec<Mutation> {
    let promises = deletable(replica, meeting, rep).map(|promise| Mutation::DeletePromise { id: promise.id });
    promises.chain([Mutation::DeleteMeeting { id: meeting.id }]).collect()
}

/// What was typed to log `meeting`, so that it can be mended and saved again.
pub fn as_typed(replica: &Replica, meeting: &Meeting, rep: MemberId) -> MeetingDraft {
    let promises = deletable(replica, meeting, rep).map(|promise| PromiseDraft {
        id: promise.id,
        what: promise.what.clone(),
        due: promise.due.to_string(),
        evidence: promise.evidence.clone(),
        keeper: Some(promise.keeper).filter(|keeper| *keeper != rep),
    });
    MeetingDraft { promises: promises.collect(), ..MeetingDraft::of(meeting) }
}

fn deletable(replica: &Replica, meeting: &Meeting, rep: MemberId) -> impl Iterator<Item = Arc<Promise>> {
    let promises = promises_of(replica, meeting.id).into_iter();
    promises.filter(move |promise| promise.maker == rep && promise.state == PromiseState::Open)
}

/// The mutations that bring `meeting` and its deleted promises back, under ids of their own: a deleted id is not used again. What `rep`
/// reflected on it follows.
pub fn recreation(replica: &Replica, meeting: &Meeting, rep: MemberId, new_id: impl Fn() -> Uuid) -> Vec<Mutation> {
    let id = MeetingId(new_id());
    let again = Meeting { id, version: 0, ..meeting.clone() };
    let promises = deletable(replica, meeting, rep).map(|promise| Mutation::MakePromise {
        promise: Promise { id: PromiseId(new_id()), meeting: Some(id), ..Promise::clone(&promise) },
    });
    let reflections = replica
        .reflections
        .values()
        .filter(|reflection| reflection.meeting == Some(meeting.id) && reflection.author == rep)
        .map(|reflection| Mutation::WriteReflection { reflection: Reflection { meeting: Some(id), ..Reflection::clone(reflection) } });
    [Mutation::CreateMeeting { meeting: again }].into_iter().chain(promises).chain(reflections).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        id::MutationId,
        meeting::MeetingStatus,
        sync::{
            outbox::Item,
            protocol::Row,
            sample::{ME as REP, a_meeting},
        },
        time::Timestamp,
    };

    fn apply(replica: &mut Replica, mutations: Vec<Mutation>) {
        for mutation in mutations {
            let id = MutationId(Uuid::nil());
            replica.overlay(&Item::new(id, REP, 1, mutation, Timestamp(0)));
        }
    }

    #[test]
    fn a_deletion_undone_is_as_before_but_for_the_ids() {
        let meeting = Meeting { version: 3, ..a_meeting(2, 3, MeetingStatus::Held, Timestamp(1_780_000_000_000)) };
        let promise = Promise {
            id: PromiseId(Uuid::from_u128(4)),
            customer: meeting.customer,
            meeting: Some(meeting.id),
            maker: REP,
            keeper: REP,
            what: "Send the drawings".into(),
            due: meeting.date(),
            evidence: String::new(),
            state: PromiseState::Open,
        };
        let mut replica = Replica::default();
        replica.put(Row::Meeting(meeting.clone()));
        replica.put(Row::Promise(promise));
        let typed = as_typed(&replica, &meeting, REP);
        assert_eq!((typed.customer, typed.promises.len()), (Some(meeting.customer), 1));

        let again = recreation(&replica, &meeting, REP, || Uuid::from_u128(9));
        let delete = deletion(&replica, &meeting, REP);
        apply(&mut replica, delete);
        assert!(replica.meetings.is_empty() && replica.promises.is_empty());
        apply(&mut replica, again);
        let back = replica.meetings.values().next().expect("it is back");
        assert_eq!(**back, Meeting { id: MeetingId(Uuid::from_u128(9)), version: 0, ..meeting });
        assert_eq!(replica.promises.values().next().expect("it is back").meeting, Some(back.id));
    }
}
