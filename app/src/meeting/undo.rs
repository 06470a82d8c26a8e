//! Taking a log back: the meeting goes, or is the plan again that it was, and what was typed is there to be saved again.

use super::{Editor, InsightDraft, Meeting, MeetingDraft, MeetingEdit, MeetingStatus, promises_of};
use crate::{
    customer::Insight,
    id::{InsightId, MeetingId, MemberId, PhotoId, PromiseId},
    promise::{Course, Promise, PromiseDraft, PromiseState},
    reflection::Reflection,
    sync::{Replica, merge::History, outbox::Outbox, protocol::Mutation},
};
use std::{collections::BTreeSet, sync::Arc};
use uuid::Uuid;

/// How a meeting came to be logged.
#[derive(Clone, Debug, PartialEq)]
pub enum Logged {
    /// It was not there before.
    Anew,
    /// It had been planned.
    FromPlan {
        /// What the log changed of the plan, as it was before.
        before: Box<MeetingEdit>,
        /// The photos that were added with the log or since. Others were there already and stay with the plan.
        photos: BTreeSet<PhotoId>,
    },
}

impl Logged {
    /// How `meeting` was logged; nothing where that was on another phone, or so long ago that nobody here knows.
    pub fn on_this_phone(outbox: &Outbox, meeting: MeetingId) -> Option<Self> {
        let saved = || outbox.items().rev().filter_map(|item| item.mutation.as_deref());
        match saved().find(|it| logs(it, meeting))? {
            Mutation::CreateMeeting { meeting } => meeting.is_held().then_some(Self::Anew),
            Mutation::EditMeeting { saw, .. } if saw.status == Some(MeetingStatus::Planned) => {
                let photos = saved().take_while(|it| !logs(it, meeting)).filter_map(|it| match it {
                    Mutation::AttachPhoto { photo, .. } => Some(photo.id),
                    _ => None,
                });
                Some(Self::FromPlan { before: saw.clone(), photos: photos.collect() })
            }
            _ => None,
        }
    }

    /// Whether `photo` of the meeting goes back to the draft with what was typed.
    pub fn came_with(&self, photo: PhotoId) -> bool {
        match self {
            Self::Anew => true,
            Self::FromPlan { photos, .. } => photos.contains(&photo),
        }
    }

    /// The mutations that take back that `rep` logged `meeting`, and what was typed to log it, so that it can be mended and saved again.
    /// A plan is there as it was, under its own id; photos are apart.
    pub fn taken_back(&self, replica: &Replica, meeting: &Meeting, rep: MemberId) -> (Vec<Mutation>, MeetingDraft) {
        let typed = as_typed(replica, meeting, rep);
        match self {
            Self::Anew => (deletion(replica, meeting, rep), typed),
            Self::FromPlan { before, .. } => {
                let plan = meeting.edited(before, Editor::Rep, false).expect("what was planned could be kept");
                let planned_again = Mutation::edit_meeting(meeting, MeetingEdit::clone(before), None);
                let mutations = around(replica, meeting, rep).chain([planned_again]).collect();
                (mutations, MeetingDraft { began: Some(Box::new(plan)), ..typed })
            }
        }
    }
}

/// Whether a mutation made `meeting`, or turned the plan of it into a log.
fn logs(mutation: &Mutation, meeting: MeetingId) -> bool {
    match mutation {
        Mutation::CreateMeeting { meeting: made } => made.id == meeting,
        Mutation::EditMeeting { id, edit, .. } => *id == meeting && edit.status == Some(MeetingStatus::Held),
        _ => false,
    }
}

/// The mutations that delete `meeting` with the open promises that `rep` made and the insights that `rep` wrote down at it. Customers and
/// contacts stay: they are there whether or not the meeting was.
pub fn deletion(replica: &Replica, meeting: &Meeting, rep: MemberId) -> Vec<Mutation> {
    around(replica, meeting, rep).chain([Mutation::DeleteMeeting { id: meeting.id }]).collect()
}

/// The mutations that delete what `rep` wrote down around `meeting`.
fn around(replica: &Replica, meeting: &Meeting, rep: MemberId) -> impl Iterator<Item = Mutation> {
    let promises = deletable(replica, meeting, rep).map(|promise| Mutation::DeletePromise { id: promise.id });
    let insights = insights(replica, meeting, rep).map(|insight| Mutation::DeleteInsight { id: insight.id });
    promises.chain(insights)
}

/// What was typed to log `meeting`.
fn as_typed(replica: &Replica, meeting: &Meeting, rep: MemberId) -> MeetingDraft {
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
    let reflected = replica.reflections.values().filter(|it| it.meeting == Some(meeting.id) && it.author == rep);
    let reflections = reflected.map(|before| Mutation::WriteReflection {
        reflection: Reflection { meeting: Some(id), ..Reflection::clone(before) },
        saw: Some(Box::new(Reflection::clone(before))),
    });
    [Mutation::CreateMeeting { meeting: again }].into_iter().chain(promises).chain(insights).chain(reflections).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        calendar::EventKey,
        id::{ContactId, CustomerId, MutationId},
        meeting::{Channel, Notes, Stamp},
        photo::PhotoData,
        sync::{
            outbox::Item,
            protocol::Row,
            sample::{ME as REP, a_meeting, a_photo, a_promise, item},
        },
        time::Timestamp,
    };

    fn apply(replica: &mut Replica, mutations: Vec<Mutation>) {
        for mutation in mutations {
            let id = MutationId(Uuid::nil());
            replica.overlay(&Item::new(id, REP, 1, mutation, Timestamp(0)));
        }
    }

    /// What a phone saved, one after the other.
    fn outbox(mutations: &[Mutation]) -> Outbox {
        Outbox::new((1..).zip(mutations).map(|(number, mutation)| item(number, mutation.clone())), mutations.len() as u64 + 1)
    }

    fn attach(n: u128, meeting: u128) -> Mutation {
        Mutation::AttachPhoto { photo: a_photo(n, meeting), data: PhotoData::default() }
    }

    #[test]
    fn what_was_logged_without_a_plan_goes_and_what_was_logged_elsewhere_is_not_taken_back_here() {
        let meeting = a_meeting(2, 3, MeetingStatus::Held, Timestamp(0));
        let create = |meeting: &Meeting| Mutation::CreateMeeting { meeting: meeting.clone() };
        let noted = MeetingEdit { next_step: Some("Call".into()), ..MeetingEdit::default() };
        let note = Mutation::edit_meeting(&meeting, noted, None);
        let held = |before: &Meeting| {
            Mutation::edit_meeting(before, MeetingEdit { status: Some(MeetingStatus::Held), ..MeetingEdit::default() }, None)
        };
        let planned = Meeting { status: MeetingStatus::Planned, ..meeting.clone() };
        let an_older_phones = Mutation::EditMeeting {
            id: meeting.id,
            base: 0,
            edit: MeetingEdit { status: Some(MeetingStatus::Held), ..MeetingEdit::default() },
            saw: Box::default(),
            reason: None,
        };
        let other = a_meeting(9, 3, MeetingStatus::Held, Timestamp(0));
        for (saved, is_anew) in [
            (vec![create(&meeting), note.clone(), create(&other)], Some(true)),
            (vec![create(&planned), held(&planned), note.clone()], Some(false)),
            (vec![create(&planned)], None),
            (vec![create(&planned), an_older_phones], None),
            (vec![note], None),
        ] {
            let logged = Logged::on_this_phone(&outbox(&saved), meeting.id);
            assert_eq!(logged.map(|it| it == Logged::Anew), is_anew, "{saved:?}");
        }
        assert_eq!(
            Logged::Anew.taken_back(&Replica::default(), &meeting, REP),
            (vec![Mutation::DeleteMeeting { id: meeting.id }], MeetingDraft::of(&meeting))
        );
    }

    #[test]
    fn a_log_of_a_plan_taken_back_leaves_the_plan_as_it_was_and_what_was_typed_to_log_it_again() {
        let plan = Meeting {
            calendar: Some(EventKey::of("visit@example.org", None)),
            notes: Notes { matters: "Ask about delivery".into(), ..Notes::default() },
            ..a_meeting(2, 3, MeetingStatus::Planned, Timestamp(1_780_000_000_000))
        };
        let mut replica = Replica::default();
        replica.put(Row::Meeting(plan.clone()));
        let instant = |local: chrono::NaiveDateTime| (Timestamp(local.and_utc().timestamp_millis()), 0_i16);
        let stamp = Stamp { id: plan.id, rep: REP, now: Timestamp(0), instant: &instant };
        let mut typed = MeetingDraft::of(&plan);
        (typed.customer, typed.channel, typed.time) = (Some(CustomerId(Uuid::from_u128(7))), Channel::Video, "09:15".into());
        typed.notes.next_step = "Send the drawings".into();
        let promise = PromiseDraft::new(PromiseId(Uuid::from_u128(4)), "2026-06-10".into());
        typed.promises.push(PromiseDraft { what: "Drawings".into(), ..promise });
        let log = typed.edit(&plan, MeetingStatus::Held, None, stamp).expect("it can be saved");
        apply(&mut replica, log.clone());
        let saved = [vec![attach(5, 2)], log, vec![attach(6, 2)]].concat();

        let logged = Logged::on_this_phone(&outbox(&saved), plan.id).expect("it was logged here");
        assert!(logged.came_with(a_photo(6, 2).id) && !logged.came_with(a_photo(5, 2).id), "one hung on the plan");
        let held = replica.meetings[&plan.id].clone();
        let (take_back, again) = logged.taken_back(&replica, &held, REP);
        apply(&mut replica, take_back);
        let back = Meeting::clone(&replica.meetings[&plan.id]);
        assert!(replica.promises.is_empty());
        assert_eq!(Meeting { version: 0, history: History::default(), ..back.clone() }, plan);
        assert!(back.history.clashes().is_empty(), "nobody else was there");

        assert_eq!(MeetingDraft { began: None, ..again.clone() }, MeetingDraft { began: None, ..typed });
        let log = again.edit(&back, MeetingStatus::Held, None, stamp).expect("it can be saved again");
        apply(&mut replica, log);
        let once_more = Meeting::clone(&replica.meetings[&plan.id]);
        assert_eq!(once_more.fields(), held.fields());
        assert_eq!((replica.promises.len(), once_more.history.clashes().len()), (1, 0));
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
