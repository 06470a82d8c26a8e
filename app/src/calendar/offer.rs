//! What a reading of a calendar offers: visits to plan, visits that moved, visits that were called off. Nothing is done that is not taken.

use super::{Event, EventKey, Guess, Known};
use crate::{
    customer::Customer,
    id::{ContactId, CustomerId, MeetingId, MemberId},
    meeting::{Channel, Meeting, MeetingEdit, MeetingFormat, MeetingStatus, Notes},
    sync::{Replica, protocol::Mutation},
    time::Timestamp,
};
use std::{collections::HashMap, sync::Arc};

/// Something to be taken over from a calendar.
#[derive(Clone, Debug, PartialEq)]
pub struct Offer {
    /// The event.
    pub event: Event,
    /// What it would do.
    pub kind: OfferKind,
}

/// What taking an event over does.
#[derive(Clone, Debug, PartialEq)]
pub enum OfferKind {
    /// It becomes a visit, perhaps with this customer.
    New(Option<Guess>),
    /// The visit that was made of it is at another time now.
    Moved(Arc<Meeting>),
    /// The visit that was made of it is called off.
    CalledOff(Arc<Meeting>),
}

/// What `events` offer to `rep` at `now`, by time. What was taken over and is as it was offers nothing.
pub fn offers(replica: &Replica, events: &[Event], rep: MemberId, now: Timestamp) -> Vec<Offer> {
    let own = || replica.meetings.values().filter(|meeting| meeting.rep == rep);
    // Of two visits that were made of one event the one that was made last.
    let made: HashMap<&EventKey, &Arc<Meeting>> = own().filter_map(|meeting| Some((meeting.calendar.as_ref()?, meeting))).collect();
    let planned: Vec<&Arc<Meeting>> = own().filter(|meeting| meeting.status == MeetingStatus::Planned).collect();
    let known = Known::of(replica.customers.values().map(Arc::as_ref), replica.contacts.values().map(Arc::as_ref));
    let offer = |event: &Event| {
        let kind = match made.get(&event.key) {
            Some(meeting) if meeting.status != MeetingStatus::Planned => return None,
            Some(meeting) if event.cancelled => OfferKind::CalledOff(Arc::clone(meeting)),
            Some(meeting) if is_at(meeting, event) => return None,
            Some(meeting) => OfferKind::Moved(Arc::clone(meeting)),
            None if event.cancelled || event.starts_at < now => return None,
            None => OfferKind::New(known.guess(event)),
        };
        // The same visit may have been planned here by hand.
        let is_here = |customer| planned.iter().any(|meeting| meeting.customer == customer && meeting.starts_at == event.starts_at);
        match &kind {
            OfferKind::New(Some(guess)) if is_here(guess.customer) => None,
            _ => Some(Offer { event: event.clone(), kind }),
        }
    };
    events.iter().filter_map(offer).collect()
}

fn is_at(meeting: &Meeting, event: &Event) -> bool {
    (meeting.starts_at, meeting.length_minutes) == (event.starts_at, event.length_minutes)
}

/// The format that a visit to `customer` probably has: that of the last one held, and the first one is an introduction.
pub fn usual_format(replica: &Replica, customer: CustomerId) -> MeetingFormat {
    let held = replica.meetings.at(customer).iter().filter(|meeting| meeting.is_held());
    held.max_by_key(|meeting| meeting.starts_at).map_or(MeetingFormat::Introductory, |meeting| meeting.format)
}

/// As what an event is taken over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken {
    /// The visit's id, where it becomes one.
    pub id: MeetingId,
    /// Who takes it over.
    pub rep: MemberId,
    /// With whom.
    pub customer: CustomerId,
    /// With whom there; only those of the customer.
    pub contacts: Vec<ContactId>,
    /// What for.
    pub format: MeetingFormat,
}

impl Offer {
    /// The mutation that does what is offered; `taken` says as what, where it becomes a visit.
    pub fn take(&self, taken: Option<Taken>) -> Option<Mutation> {
        let Event { key, starts_at, offset_minutes, length_minutes, .. } = self.event.clone();
        match &self.kind {
            OfferKind::New(_) => {
                let Taken { id, rep, customer, contacts, format } = taken?;
                let meeting = Meeting {
                    id,
                    customer,
                    rep,
                    format,
                    status: MeetingStatus::Planned,
                    starts_at,
                    offset_minutes,
                    length_minutes,
                    channel: Channel::default(),
                    contacts,
                    colleagues: Vec::new(),
                    notes: Notes::default(),
                    corrections: Vec::new(),
                    version: 0,
                    history: Default::default(),
                    calendar: Some(key),
                };
                Some(Mutation::CreateMeeting { meeting })
            }
            OfferKind::Moved(meeting) => {
                let edit = MeetingEdit {
                    starts_at: Some(starts_at),
                    offset_minutes: Some(offset_minutes),
                    length_minutes: Some(length_minutes),
                    ..MeetingEdit::default()
                };
                Some(Mutation::edit_meeting(meeting, edit, None))
            }
            OfferKind::CalledOff(meeting) => {
                let edit = MeetingEdit { status: Some(MeetingStatus::Cancelled), ..MeetingEdit::default() };
                Some(Mutation::edit_meeting(meeting, edit, None))
            }
        }
    }

    /// The customer that the visit is with, where it is one already or is guessed.
    pub fn customer(&self) -> Option<CustomerId> {
        match &self.kind {
            OfferKind::New(guess) => guess.as_ref().map(|guess| guess.customer),
            OfferKind::Moved(meeting) | OfferKind::CalledOff(meeting) => Some(meeting.customer),
        }
    }
}

/// Those of whom an event may be with, by name.
pub fn choices(replica: &Replica) -> Vec<Arc<Customer>> {
    let mut customers: Vec<Arc<Customer>> = replica.customers.values().filter(|customer| !customer.archived).cloned().collect();
    customers.sort_by_cached_key(|customer| (crate::text::alphabetical(&customer.name), customer.id));
    customers
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        id::MutationId,
        sync::{
            outbox::Item,
            protocol::Row,
            sample::{ME, a_customer, noon},
        },
    };
    use uuid::Uuid;

    fn event(uid: &str, title: &str, day: &str) -> Event {
        Event {
            key: EventKey::of(uid, None),
            title: title.to_owned(),
            place: String::new(),
            people: vec![],
            starts_at: noon(day),
            offset_minutes: 120,
            length_minutes: 90,
            cancelled: false,
        }
    }

    fn replica() -> Replica {
        let mut replica = Replica::default();
        replica.put(Row::Customer(Customer { name: "Bakker".into(), ..a_customer(1) }));
        replica
    }

    fn taken(customer: u128) -> Taken {
        let id = MeetingId(Uuid::from_u128(50));
        Taken { id, rep: ME, customer: CustomerId(Uuid::from_u128(customer)), contacts: vec![], format: MeetingFormat::Discovery }
    }

    fn offered(replica: &Replica, event: &Event) -> Option<Offer> {
        offers(replica, std::slice::from_ref(event), ME, noon("2026-06-01")).pop()
    }

    /// What is saved shows at once.
    fn save(replica: &mut Replica, mutation: Mutation) {
        replica.overlay(&Item::new(MutationId(Uuid::nil()), ME, 1, mutation, Timestamp(0)));
    }

    #[test]
    fn an_event_that_was_taken_over_is_moved_and_called_off_and_never_doubled() {
        let mut replica = replica();
        let first = event("a", "Bakker", "2026-06-05");
        let offer = offered(&replica, &first).expect("it is new");
        assert_eq!(offer.customer(), Some(CustomerId(Uuid::from_u128(1))));
        assert_eq!(offer.take(None), None, "nobody said as what");
        save(&mut replica, offer.take(Some(taken(1))).expect("it is taken over"));
        assert_eq!(offered(&replica, &first), None, "as it was");

        let moved = event("a", "Bakker", "2026-06-06");
        let offer = offered(&replica, &moved).expect("it moved");
        assert!(matches!(offer.kind, OfferKind::Moved(_)));
        save(&mut replica, offer.take(None).expect("it is moved"));
        assert_eq!(replica.meetings.values().map(|it| it.starts_at).collect::<Vec<_>>(), [noon("2026-06-06")]);
        assert_eq!(offered(&replica, &moved), None);

        let off = Event { cancelled: true, ..moved.clone() };
        let offer = offered(&replica, &off).expect("it is off");
        save(&mut replica, offer.take(None).expect("it is called off"));
        assert_eq!(replica.meetings.values().map(|it| it.status).collect::<Vec<_>>(), [MeetingStatus::Cancelled]);
        assert_eq!(offered(&replica, &off), None);
        assert_eq!(offered(&replica, &moved), None, "what was called off here stays so");
    }

    #[test]
    fn what_is_over_called_off_or_planned_already_is_not_offered() {
        let mut replica = replica();
        assert_eq!(offered(&replica, &event("a", "Bakker", "2026-05-05")), None);
        assert_eq!(offered(&replica, &Event { cancelled: true, ..event("a", "Bakker", "2026-06-05") }), None);
        let by_hand = Offer { event: event("b", "", "2026-06-05"), kind: OfferKind::New(None) }.take(Some(taken(1)));
        save(&mut replica, by_hand.expect("a visit"));
        assert_eq!(offered(&replica, &event("a", "Bakker", "2026-06-05")), None, "at the same time with the same customer");
        assert!(offered(&replica, &event("a", "Dekker", "2026-06-05")).is_some());
    }

    #[test]
    fn the_usual_format_is_the_last_one_held() {
        let mut replica = replica();
        let customer = CustomerId(Uuid::from_u128(1));
        assert_eq!(usual_format(&replica, customer), MeetingFormat::Introductory);
        replica.put(Row::Meeting(crate::sync::sample::a_meeting(1, 1, MeetingStatus::Held, noon("2026-05-05"))));
        assert_eq!(usual_format(&replica, customer), MeetingFormat::Discovery);
    }
}
