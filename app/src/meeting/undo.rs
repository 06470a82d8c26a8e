//! Taking a log back: the meeting goes, and what was typed is there to be saved again.

use super::{InsightDraft, Meeting, MeetingDraft, promises_of};
use crate::{
    customer::Insight,
    id::{InsightId, MeetingId, MemberId, PromiseId},
    promise::{Course, Promise, PromiseDraft, PromiseState},
    reflection::Reflection,
    sync::{Replica, merge::History, protocol::Mutation},
};
use std::sync::Arc;
use uuid::Uuid;

/// The mutations that delete `meeting` with the open promises that `rep` made and the insights that `rep` wrote down at it. Customers and
/// contacts stay: they are there whether or not the meeting was.
pub fn deletion(replica: &Replica, meeting: &Meeting, rep: MemberId) -> Vec<Mutation> {
    let promises = deletable(replica, meeting, rep).map(|promise| Mutation::DeletePromise { id: promise.id });
    let insights = insights(replica, meeting, rep).map(|insight| Mutation::DeleteInsight { id: insight.id });
    promises.chain(insights).chain([Mutation::DeleteMeeting { id: meeting.id }]).collect()
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
    let insights = insights(replica, meeting, rep).map(|insight| InsightDraft {
        id: insight.id,
        contact: Some(insight.contact),
        text: insight.text.clone(),
    });
    MeetingDraft { promises: promises.collect(), insights: insights.collect(), ..MeetingDraft::of(meeting) }
}

fn deletable(replica: &Replica, meeting: &Meeting, rep: MemberId) -> impl Iterator<Item = Arc<Promise>> {
    let promises = promises_of(replica, meeting.id).into_iter();
    promises.filter(move |promise| promise.maker == rep && promise.state == PromiseState::Open)
}

/// What `rep` wrote down as worth knowing at `meeting`, in the order in which it was made.
fn insights(replica: &Replica, meeting: &Meeting, rep: MemberId) -> impl Iterator<Item = Arc<Insight>> {
    let all = replica.insights.values().cloned();
    all.filter(move |insight| insight.meeting == Some(meeting.id) && insight.is_deletable_by(rep))
}

/// The mutations that bring `meeting` and what was deleted with it back, under ids of their own: a deleted id is not used again. What `rep`
/// reflected on it follows.
pub fn recreation(replica: &Replica, meeting: &Meeting, rep: MemberId, new_id: impl Fn() -> Uuid) -> Vec<Mutation> {
    let id = MeetingId(new_id());
    let again = Meeting { id, version: 0, history: History::default(), ..meeting.clone() };
    let promises = deletable(replica, meeting, rep).map(|promise| Mutation::MakePromise {
        promise: Promise { id: PromiseId(new_id()), meeting: Some(id), course: Course::default(), ..Promise::clone(&promise) },
    });
    let insights = insights(replica, meeting, rep).map(|insight| Mutation::RecordInsight {
        insight: Insight { id: InsightId(new_id()), meeting: Some(id), ..Insight::clone(&insight) },
    });
    let reflections = replica
        .reflections
        .values()
        .filter(|reflection| reflection.meeting == Some(meeting.id) && reflection.author == rep)
        .map(|reflection| Mutation::WriteReflection { reflection: Reflection { meeting: Some(id), ..Reflection::clone(reflection) } });
    [Mutation::CreateMeeting { meeting: again }].into_iter().chain(promises).chain(insights).chain(reflections).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        id::{ContactId, MutationId},
        meeting::MeetingStatus,
        sync::{
            outbox::Item,
            protocol::Row,
            sample::{ME as REP, a_meeting, a_promise},
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
        let promise = Promise { meeting: Some(meeting.id), ..a_promise(4, 3, "2026-06-10") };
        let insight = Insight {
            id: InsightId(Uuid::from_u128(5)),
            contact: ContactId(Uuid::from_u128(6)),
            customer: meeting.customer,
            meeting: Some(meeting.id),
            author: REP,
            written_at: Timestamp(1_780_000_000_000),
            text: "Restores old boats".into(),
        };
        let of_a_colleague = Insight { id: InsightId(Uuid::from_u128(7)), author: MemberId(Uuid::from_u128(8)), ..insight.clone() };
        let mut replica = Replica::default();
        replica.put(Row::Meeting(meeting.clone()));
        replica.put(Row::Promise(promise));
        replica.put(Row::Insight(insight.clone()));
        replica.put(Row::Insight(of_a_colleague.clone()));
        let typed = as_typed(&replica, &meeting, REP);
        assert_eq!((typed.customer, typed.promises.len()), (Some(meeting.customer), 1));
        assert_eq!(typed.insights, [InsightDraft { id: insight.id, contact: Some(insight.contact), text: insight.text.clone() }]);

        let again = recreation(&replica, &meeting, REP, || Uuid::from_u128(9));
        let delete = deletion(&replica, &meeting, REP);
        apply(&mut replica, delete);
        assert!(replica.meetings.is_empty() && replica.promises.is_empty());
        assert_eq!(replica.insights.keys().collect::<Vec<_>>(), [&of_a_colleague.id], "what another wrote down stays");
        apply(&mut replica, again);
        let back = replica.meetings.values().next().expect("it is back");
        let insight = Insight { id: InsightId(Uuid::from_u128(9)), meeting: Some(back.id), ..insight };
        assert_eq!(replica.insights.get(&insight.id).map(|it| Insight::clone(it)), Some(insight));
        assert_eq!(**back, Meeting { id: MeetingId(Uuid::from_u128(9)), version: 0, ..meeting });
        assert_eq!(replica.promises.values().next().expect("it is back").meeting, Some(back.id));
    }
}
