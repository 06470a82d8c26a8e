//! Meetings as the phone's screens see them, derived from the replica.

use super::Meeting;
use crate::{
    customer::{Contact, Customer, CustomerBook, LastContact, last_contact},
    id::{MeetingId, MemberId},
    promise::Promise,
    survey::{Ask, Invitation, ask},
    sync::Replica,
    time::Timestamp,
};
use chrono::NaiveDate;
use std::{collections::BTreeSet, sync::Arc};

/// Whether `member` may change `meeting`: its rep and those who manage the rep.
pub fn may_change(replica: &Replica, member: MemberId, meeting: &Meeting) -> bool {
    meeting.rep == member || replica.manages(member, meeting.rep)
}

/// Somebody who was probably just visited.
#[derive(Clone, Debug, PartialEq)]
pub struct Suggestion {
    /// The customer.
    pub customer: Arc<Customer>,
    /// The planned visit that this would be.
    pub plan: Option<Arc<Meeting>>,
    /// The last contact, if there ever was one.
    pub last_contact: Option<NaiveDate>,
}

/// Whom `rep` probably visited, most probable first: visits planned until today, then those in contact most recently, as `book` has them.
/// Each customer once.
pub fn suggestions(replica: &Replica, book: &CustomerBook, rep: MemberId, today: NaiveDate) -> impl Iterator<Item = Suggestion> {
    let planned = plans_to_log(replica, rep, today).into_iter().filter_map(move |plan| {
        let customer = replica.customers.get(&plan.customer)?.clone();
        let last_contact = last_contact(replica, customer.id, today).map(LastContact::on);
        Some(Suggestion { last_contact, customer, plan: Some(plan) })
    });
    let met = book.all().map(|it| Suggestion { customer: it.customer.clone(), plan: None, last_contact: it.standing.last_contact });
    let mut seen = BTreeSet::new();
    planned.chain(met).filter(move |suggestion| seen.insert(suggestion.customer.id))
}

/// The visits that `rep` planned for `today` or before and has not settled, the latest first.
pub fn plans_to_log(replica: &Replica, rep: MemberId, today: NaiveDate) -> Vec<Arc<Meeting>> {
    let mut plans: Vec<_> = planned(replica, rep).filter(|plan| plan.date() <= today).cloned().collect();
    plans.sort_by_key(|plan| std::cmp::Reverse(plan.starts_at));
    plans
}

/// The visits that `rep` planned for after `today`, the next first.
pub fn upcoming(replica: &Replica, rep: MemberId, today: NaiveDate) -> Vec<Arc<Meeting>> {
    let mut plans: Vec<_> = planned(replica, rep).filter(|plan| plan.date() > today).cloned().collect();
    plans.sort_by_key(|plan| plan.starts_at);
    plans
}

fn planned(replica: &Replica, rep: MemberId) -> impl Iterator<Item = &Arc<Meeting>> {
    replica.meetings.pending().iter().filter(move |meeting| meeting.rep == rep)
}

/// Whether one person present, or the customer where nobody was named, may be asked to rate a meeting.
#[derive(Clone, Debug, PartialEq)]
pub struct Asking {
    /// Who; absent where the meeting was logged without a contact.
    pub contact: Option<Arc<Contact>>,
    /// The request that is out for this meeting, if there is one.
    pub invitation: Option<Arc<Invitation>>,
    /// Whether a request may go out now.
    pub ask: Ask,
}

/// Who may be asked to rate `meeting` at `now`, one entry per contact present.
pub fn askings(replica: &Replica, meeting: &Meeting, now: Timestamp, offset_minutes: i16) -> Vec<Asking> {
    let rules = replica.rules();
    let one = |contact: Option<&Arc<Contact>>| {
        let id = contact.map(|contact| contact.id);
        let invitation = replica.invitations.values().find(|it| it.meeting == meeting.id && it.contact == id).cloned();
        let known = replica.invitations.values().map(Arc::as_ref);
        Asking { contact: contact.cloned(), invitation, ask: ask(id, meeting.rep, known, &rules, now, offset_minutes) }
    };
    match meeting.contacts.is_empty() {
        true => vec![one(None)],
        false => meeting.contacts.iter().filter_map(|id| replica.contacts.get(id)).map(|contact| one(Some(contact))).collect(),
    }
}

/// What was promised at `meeting`, in the order of promising.
pub fn promises_of(replica: &Replica, meeting: MeetingId) -> Vec<Arc<Promise>> {
    replica.promises.values().filter(|promise| promise.meeting == Some(meeting)).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        id::{ContactId, InvitationId},
        meeting::MeetingStatus,
        survey::{InvitationState, Way, WhyNot},
        sync::{
            protocol::Row,
            sample::{ME as REP, a_contact, a_customer, a_meeting, noon, on},
        },
    };
    use uuid::Uuid;

    fn meeting(id: u128, customer: u128, date: &str, status: MeetingStatus, contacts: &[u128]) -> Meeting {
        let contacts = contacts.iter().map(|id| ContactId(Uuid::from_u128(*id))).collect();
        Meeting { contacts, ..a_meeting(id, customer, status, noon(date)) }
    }

    fn replica() -> Replica {
        let mut replica = Replica::default();
        for (id, name) in [(1, "Van Dam"), (2, "Acme"), (3, "Brouwer")] {
            replica.put(Row::Customer(Customer { name: name.into(), ..a_customer(id) }));
        }
        for (id, name) in [(21, "Ana"), (22, "Bo")] {
            replica.put(Row::Contact(Contact { name: name.into(), ..a_contact(id, 1) }));
        }
        replica
    }

    #[test]
    fn todays_plan_is_suggested_before_whoever_was_met_last() {
        let mut replica = replica();
        replica.put(Row::Meeting(meeting(11, 1, "2026-05-04", MeetingStatus::Held, &[])));
        replica.put(Row::Meeting(meeting(12, 3, "2026-05-05", MeetingStatus::Planned, &[])));
        replica.put(Row::Meeting(meeting(13, 2, "2026-05-06", MeetingStatus::Planned, &[])));
        let book = CustomerBook::of(&replica, on("2026-05-05"));
        let suggestions: Vec<_> = suggestions(&replica, &book, REP, on("2026-05-05")).collect();
        let names: Vec<_> = suggestions.iter().map(|it| (it.customer.name.as_str(), it.plan.is_some())).collect();
        assert_eq!(names, [("Brouwer", true), ("Van Dam", false), ("Acme", false)]);
    }

    #[test]
    fn everybody_present_is_asked_by_the_rule_and_once() {
        let mut replica = replica();
        let held = meeting(11, 1, "2026-05-05", MeetingStatus::Held, &[21, 22]);
        replica.put(Row::Invitation(Invitation {
            id: InvitationId(Uuid::nil()),
            meeting: held.id,
            customer: held.customer,
            contact: Some(held.contacts[0]),
            rep: REP,
            way: Way::Link,
            asked_at: noon("2026-05-05"),
            state: InvitationState::Asked,
        }));
        let askings = askings(&replica, &held, noon("2026-05-05"), 0);
        assert!(askings[0].invitation.is_some() && matches!(askings[0].ask, Ask::NotToday(WhyNot::AskedAt(_))));
        assert!(askings[1].invitation.is_none() && askings[1].ask == Ask::Today);
    }

    #[test]
    fn a_meeting_without_contacts_is_asked_about_as_a_whole() {
        let askings = askings(&replica(), &meeting(11, 1, "2026-05-05", MeetingStatus::Held, &[]), noon("2026-05-05"), 0);
        assert!(matches!(askings.as_slice(), [Asking { contact: None, invitation: None, ask: Ask::Today }]));
    }
}
