//! Engagement, derived from what the phone holds.

use super::{Colleague, Engagement, SMALL_MEETING, Share, Span, middle};
use crate::{
    customer::Customer,
    id::{ContactId, CustomerId, MemberId},
    meeting::{Meeting, Touch},
    sync::Replica,
    text::alphabetical,
};
use chrono::NaiveDate;
use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

/// The meetings that `member` held or was in, in `span` on `today`.
pub(super) fn meetings_in(replica: &Replica, member: MemberId, span: Span, today: NaiveDate) -> impl Iterator<Item = &Arc<Meeting>> {
    let took_part = move |meeting: &Meeting| meeting.rep == member || meeting.colleagues.contains(&member);
    replica.meetings.values().filter(move |it| it.is_held() && took_part(it) && span.holds(it.date(), today))
}

/// The calls, messages and drop-ins of `member` in `span` on `today`.
pub(super) fn touches_in(replica: &Replica, member: MemberId, span: Span, today: NaiveDate) -> impl Iterator<Item = &Arc<Touch>> {
    replica.touches.values().filter(move |it| it.rep == member && span.holds(it.date(), today))
}

/// The customers that `member` looks after.
pub(super) fn own_customers(replica: &Replica, member: MemberId) -> impl Iterator<Item = &Arc<Customer>> {
    replica.customers.values().filter(move |it| it.is_owned_by(member) && !it.archived)
}

/// How `member` spent the time with customers in `span` on `today`.
pub fn engagement(replica: &Replica, member: MemberId, span: Span, today: NaiveDate) -> Engagement {
    let meetings: Vec<&Arc<Meeting>> = meetings_in(replica, member, span, today).collect();
    let touches: Vec<&Arc<Touch>> = touches_in(replica, member, span, today).collect();
    let own: BTreeSet<CustomerId> = own_customers(replica, member).map(|customer| customer.id).collect();
    let mut minutes: BTreeMap<CustomerId, u32> = BTreeMap::new();
    let mut people: BTreeMap<CustomerId, BTreeSet<ContactId>> = BTreeMap::new();
    let mut days: BTreeMap<CustomerId, BTreeSet<NaiveDate>> = BTreeMap::new();
    for meeting in &meetings {
        *minutes.entry(meeting.customer).or_default() += u32::from(meeting.length_minutes);
        people.entry(meeting.customer).or_default().extend(&meeting.contacts);
        days.entry(meeting.customer).or_default().insert(meeting.date());
    }
    for touch in &touches {
        days.entry(touch.customer).or_default().insert(touch.date());
    }
    let gaps = days.values().flat_map(|days| days.iter().zip(days.iter().skip(1)).map(|(one, next)| (*next - *one).num_days()));
    Engagement {
        minutes: minutes.values().sum(),
        meetings: meetings.len(),
        touches: touches.len(),
        customers: own.iter().chain(minutes.keys()).collect::<BTreeSet<_>>().len(),
        own: own.len(),
        reached: own.iter().filter(|customer| days.contains_key(customer)).count(),
        met: minutes.len(),
        deep: people.values().filter(|people| people.len() > 1).count(),
        people: people.values().map(BTreeSet::len).sum(),
        every_days: middle(gaps.collect()),
        shares: shares(replica, minutes),
        colleagues: colleagues(replica, member, &meetings),
    }
}

fn shares(replica: &Replica, minutes: BTreeMap<CustomerId, u32>) -> Vec<Share> {
    let name = |customer| replica.customer_name(customer, "A customer").to_owned();
    let mut shares: Vec<Share> = minutes.into_iter().map(|(customer, minutes)| Share { customer, name: name(customer), minutes }).collect();
    shares.sort_by_cached_key(|share| (Reverse(share.minutes), alphabetical(&share.name)));
    shares
}

/// Who else of ours was in small ones of `meetings`: where many sit, few get to know each other.
fn colleagues(replica: &Replica, member: MemberId, meetings: &[&Arc<Meeting>]) -> Vec<Colleague> {
    let mut met: BTreeMap<MemberId, usize> = BTreeMap::new();
    for meeting in meetings.iter().filter(|it| 1 + it.colleagues.len() + it.contacts.len() <= SMALL_MEETING) {
        for colleague in meeting.colleagues.iter().chain([&meeting.rep]).filter(|it| **it != member).collect::<BTreeSet<_>>() {
            *met.entry(*colleague).or_default() += 1;
        }
    }
    let mut colleagues: Vec<Colleague> =
        met.into_iter().map(|(member, meetings)| Colleague { member, name: replica.member_name(member), meetings }).collect();
    colleagues.sort_by_cached_key(|it| (Reverse(it.meetings), alphabetical(&it.name)));
    colleagues
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        engagement::most_of,
        meeting::MeetingStatus,
        sync::{
            protocol::Row,
            sample::{ME, a_customer, a_meeting, a_touch, noon, on},
        },
    };
    use uuid::Uuid;

    const BO: MemberId = MemberId(Uuid::from_u128(0xb));

    fn person(n: u128) -> ContactId {
        ContactId(Uuid::from_u128(n))
    }

    fn met(n: u128, of: u128, date: &str, people: &[u128], with: &[MemberId]) -> Meeting {
        let contacts = people.iter().map(|n| person(*n)).collect();
        Meeting { contacts, colleagues: with.to_vec(), ..a_meeting(n, of, MeetingStatus::Held, noon(date)) }
    }

    fn touch(n: u128, of: u128, date: &str) -> Row {
        Row::Touch(a_touch(n, of, noon(date)))
    }

    fn replica() -> Replica {
        let mut replica = Replica::default();
        for n in 1..=4 {
            replica.put(Row::Customer(a_customer(n)));
        }
        replica.put(Row::Customer(Customer { owner: BO, ..a_customer(5) }));
        replica.put(Row::Customer(Customer { archived: true, ..a_customer(6) }));
        for meeting in [
            met(1, 1, "2026-05-04", &[1, 2], &[BO]),
            met(2, 1, "2026-05-14", &[1], &[]),
            met(3, 2, "2026-05-20", &[3, 4, 5, 6], &[BO]),
            Meeting { rep: BO, ..met(4, 5, "2026-05-21", &[9], &[ME]) },
            met(5, 3, "2026-04-01", &[7], &[BO]),
            Meeting { status: MeetingStatus::Planned, ..met(6, 3, "2026-05-22", &[7], &[]) },
            Meeting { rep: BO, ..met(7, 4, "2026-05-20", &[8], &[]) },
        ] {
            replica.put(Row::Meeting(meeting));
        }
        replica.put(touch(8, 1, "2026-05-18"));
        replica.put(touch(9, 3, "2026-05-18"));
        replica
    }

    #[test]
    fn time_reach_depth_and_network_are_counted_from_the_logs() {
        let told = engagement(&replica(), ME, Span::Weeks, on("2026-05-29"));
        assert_eq!((told.minutes, told.meetings, told.touches), (240, 4, 2), "with the one that Bo logged");
        assert_eq!((told.customers, told.own, told.reached), (5, 4, 3));
        assert_eq!((told.met, told.deep, told.people), (3, 2, 7));
        assert_eq!(told.every_days, Some(4), "4 and 10 days, both with customer 1");
        assert_eq!(told.shares.iter().map(|it| (it.name.as_str(), it.minutes)).collect::<Vec<_>>()[0], ("Customer 1", 120));
        assert_eq!(most_of(&told.shares).len(), 2);
        assert_eq!(told.colleagues.iter().map(|it| (it.member, it.meetings)).collect::<Vec<_>>(), [(BO, 2)], "six were too many");
    }

    #[test]
    fn a_quarter_looks_further_back_and_nothing_is_nothing() {
        assert_eq!(engagement(&replica(), ME, Span::Quarter, on("2026-05-29")).meetings, 5);
        assert_eq!(engagement(&Replica::default(), ME, Span::Weeks, on("2026-05-29")), Engagement::default());
    }
}
