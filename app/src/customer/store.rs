//! Customers as the phone's screens see them, derived from the replica.

use super::{Attention, Contact, Customer, CustomerSummary, Insight, LastContact, Standing, standing};
use crate::{
    id::{CustomerId, MemberId},
    meeting::{Meeting, Touch},
    organisation::Rules,
    promise::{Promise, PromiseState},
    sync::Replica,
    text::alphabetical,
    time::Timestamp,
};
use chrono::NaiveDate;
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

/// Something that happened, or will, between us and a customer.
#[derive(Clone, Debug, PartialEq)]
pub enum TimelineEntry {
    /// A meeting, planned or held.
    Meeting(Arc<Meeting>),
    /// A touch.
    Touch(Arc<Touch>),
}

impl TimelineEntry {
    /// When.
    pub fn at(&self) -> Timestamp {
        match self {
            Self::Meeting(meeting) => meeting.starts_at,
            Self::Touch(touch) => touch.at,
        }
    }

    /// The rep whose meeting it is, if it is one.
    pub fn met_by(&self) -> Option<MemberId> {
        match self {
            Self::Meeting(meeting) => Some(meeting.rep),
            Self::Touch(_) => None,
        }
    }
}

/// The last contact per customer, up to and with `today`; also those that the phone has not read yet.
pub fn last_contacts(replica: &Replica, today: NaiveDate) -> BTreeMap<CustomerId, LastContact> {
    let earlier = replica.earlier.iter().flat_map(|earlier| earlier.last.keys());
    let customers: BTreeSet<CustomerId> =
        earlier.chain(replica.meetings.by_customer().keys()).chain(replica.touches.by_customer().keys()).copied().collect();
    customers.into_iter().filter_map(|customer| Some((customer, last_contact(replica, customer, today)?))).collect()
}

/// The last contact with `customer`, up to and with `today`; also one that the phone has not read yet.
pub fn last_contact(replica: &Replica, customer: CustomerId, today: NaiveDate) -> Option<LastContact> {
    let today = (today - NaiveDate::default()).num_days();
    let earlier = replica.earlier.iter().filter_map(|earlier| earlier.last.get(&customer).copied());
    let met = replica.meetings.at(customer).iter().filter_map(|meeting| LastContact::by_meeting(meeting));
    let touched = replica.touches.at(customer).iter().map(|touch| LastContact::by_touch(touch));
    earlier.chain(met).chain(touched).filter(|contact| contact.day() <= today).reduce(LastContact::later)
}

/// Where `customer` alone stands on `today`; [`Windows`] tells the same of many.
pub fn standing_of(replica: &Replica, customer: &Customer, today: NaiveDate) -> Standing {
    Windows::on(replica, today).standing(customer)
}

/// The windows of customers on one day: what is the same for each is looked up once.
pub struct Windows<'a> {
    replica: &'a Replica,
    rules: Rules,
    today: NaiveDate,
}

impl<'a> Windows<'a> {
    /// On `today`.
    pub fn on(replica: &'a Replica, today: NaiveDate) -> Self {
        Self { rules: replica.rules(), replica, today }
    }

    /// Where `customer` stands.
    pub fn standing(&self, customer: &Customer) -> Standing {
        let last = last_contact(self.replica, customer.id, self.today).map(LastContact::on);
        let away = self.replica.availabilities.get(&customer.owner).map_or(&[][..], |it| &it.absences);
        standing(customer, last, &self.rules, away, self.today)
    }
}

/// The next planned visit per customer, from `today` on.
pub fn next_visits(replica: &Replica, today: NaiveDate) -> BTreeMap<CustomerId, NaiveDate> {
    let mut next = BTreeMap::new();
    for meeting in replica.meetings.pending().iter().filter(|meeting| meeting.date() >= today) {
        let soonest = next.entry(meeting.customer).or_insert_with(|| meeting.date());
        *soonest = (*soonest).min(meeting.date());
    }
    next
}

/// Every customer that is archived, by name.
pub fn archived(replica: &Replica) -> Vec<Arc<Customer>> {
    let mut archived: Vec<_> = replica.customers.values().filter(|customer| customer.archived).cloned().collect();
    archived.sort_by_cached_key(|customer| alphabetical(&customer.name));
    archived
}

/// The customers of `member` that are due or overdue, those first whose window ends or ended first. One with a visit planned is looked after.
pub fn wanting_attention(replica: &Replica, member: MemberId, today: NaiveDate) -> Vec<CustomerSummary> {
    let (windows, next) = (Windows::on(replica, today), next_visits(replica, today));
    let own = replica.customers.values().filter(|it| it.owner == member && !it.archived && !next.contains_key(&it.id));
    let summary =
        |customer: &Arc<Customer>| CustomerSummary { customer: customer.clone(), standing: windows.standing(customer), next: None };
    let mut wanting: Vec<_> = own.map(summary).filter(|summary| summary.standing.attention != Attention::OnTrack).collect();
    wanting.sort_by_key(|summary| summary.standing.window_ends);
    wanting
}

/// Everybody at `customer` who is not archived, by name.
pub fn contacts_of(replica: &Replica, customer: CustomerId) -> Vec<Arc<Contact>> {
    let mut contacts: Vec<_> = replica.contacts.at(customer).iter().filter(|contact| !contact.archived).cloned().collect();
    contacts.sort_by_cached_key(|contact| (alphabetical(&contact.name), contact.id));
    contacts
}

/// What is worth knowing about the people at `customer`, the latest first.
pub fn insights_of(replica: &Replica, customer: CustomerId) -> Vec<Arc<Insight>> {
    let mut insights: Vec<_> = replica.insights.at(customer).to_vec();
    insights.sort_by_key(|insight| std::cmp::Reverse(insight.written_at));
    insights
}

/// What was promised to `customer` and is still open, the soonest due first.
pub fn promises_to(replica: &Replica, customer: CustomerId) -> Vec<Arc<Promise>> {
    let open = |promise: &&Arc<Promise>| promise.state == PromiseState::Open;
    let mut promises: Vec<_> = replica.promises.at(customer).iter().filter(open).cloned().collect();
    promises.sort_by_key(|promise| promise.due);
    promises
}

/// What has been and is planned between us and `customer`, the latest first.
pub fn timeline(replica: &Replica, customer: CustomerId) -> Vec<TimelineEntry> {
    let meetings = replica.meetings.at(customer).iter().cloned().map(TimelineEntry::Meeting);
    let touches = replica.touches.at(customer).iter().cloned().map(TimelineEntry::Touch);
    let mut entries: Vec<_> = meetings.chain(touches).collect();
    entries.sort_by_key(|entry| std::cmp::Reverse(entry.at()));
    entries
}

/// What customers do, each once, alphabetically: for those who write it of another.
pub fn industries(replica: &Replica) -> Vec<String> {
    let mut industries: BTreeMap<String, String> = BTreeMap::new();
    for customer in replica.customers.values().filter(|customer| !customer.industry.is_empty()) {
        industries.entry(alphabetical(&customer.industry)).or_insert_with(|| customer.industry.clone());
    }
    industries.into_values().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        customer::ContactKind,
        meeting::{MeetingFormat, MeetingStatus, TouchKind},
        sync::{
            protocol::Row,
            sample::{ME as REP, a_customer, a_meeting, a_touch, noon, on},
        },
    };
    use uuid::Uuid;

    fn customer(id: u128, name: &str) -> Customer {
        Customer { name: name.into(), ..a_customer(id) }
    }

    fn meeting(id: u128, customer: u128, date: &str, status: MeetingStatus) -> Row {
        Row::Meeting(a_meeting(id, customer, status, noon(date)))
    }

    fn touch(id: u128, customer: u128, date: &str) -> Row {
        Row::Touch(a_touch(id, customer, noon(date)))
    }

    fn replica() -> Replica {
        let mut replica = Replica::default();
        for (id, name) in [(1, "Van Dam"), (2, "Acme"), (3, "Brouwer")] {
            replica.put(Row::Customer(customer(id, name)));
        }
        replica.put(meeting(11, 1, "2026-05-01", MeetingStatus::Held));
        replica.put(meeting(12, 1, "2026-05-20", MeetingStatus::Planned));
        replica.put(meeting(13, 2, "2026-05-03", MeetingStatus::NoShow));
        replica.put(touch(14, 2, "2026-05-04"));
        replica
    }

    fn names(summaries: &[CustomerSummary]) -> Vec<&str> {
        summaries.iter().map(|summary| summary.customer.name.as_str()).collect()
    }

    #[test]
    fn what_is_archived_is_listed_apart_until_it_is_taken_back() {
        let mut replica = replica();
        for (id, name) in [(4, "Zon"), (5, "Éclair")] {
            replica.put(Row::Customer(Customer { archived: true, ..customer(id, name) }));
        }
        let names = |replica: &Replica| archived(replica).iter().map(|it| it.name.clone()).collect::<Vec<_>>();
        assert_eq!(names(&replica), ["Éclair", "Zon"]);
        replica.put(Row::Customer(customer(4, "Zon")));
        assert_eq!(names(&replica), ["Éclair"]);
    }

    #[test]
    fn a_neglected_customer_with_a_visit_planned_is_looked_after() {
        let replica = replica();
        assert_eq!(names(&wanting_attention(&replica, REP, on("2026-06-15"))), ["Brouwer", "Van Dam", "Acme"]);
        assert_eq!(names(&wanting_attention(&replica, REP, on("2026-05-19"))), ["Brouwer"]);
    }

    #[test]
    fn the_timeline_holds_meetings_and_touches_the_latest_first() {
        let timeline = timeline(&replica(), CustomerId(Uuid::from_u128(2)));
        assert!(matches!(timeline.as_slice(), [TimelineEntry::Touch(_), TimelineEntry::Meeting(_)]));
    }

    #[test]
    fn the_last_contact_is_the_one_that_began_the_window() {
        let mut replica = replica();
        replica.put(touch(15, 1, "2026-05-02"));
        let of = |customer: u128, today: &str| last_contact(&replica, CustomerId(Uuid::from_u128(customer)), on(today));
        let told = |on: &str, kind| Some(LastContact { at: noon(on), offset_minutes: 0, by: REP, kind });
        assert_eq!(of(1, "2026-05-01"), told("2026-05-01", ContactKind::Met(MeetingFormat::Discovery)));
        assert_eq!(of(1, "2026-06-01"), told("2026-05-02", ContactKind::Touched(TouchKind::Call)), "what is planned is no contact");
        assert_eq!(of(3, "2026-06-01"), None);
        let today = on("2026-06-01");
        let windows = Windows::on(&replica, today);
        assert!(replica.customers.values().all(|it| standing_of(&replica, it, today) == windows.standing(it)), "alone as among many");
    }
}
