//! What saying that two customers are the same does, told before it is done, and who said so, told after.

use super::taken_over;
use crate::{
    customer::Customer,
    id::{CustomerId, MemberId},
    sync::Replica,
    time::words,
};
use chrono::NaiveDate;

/// What comes to the one that stands for both: '3 meetings', '1 person'.
pub fn comes_along(replica: &Replica, from: CustomerId) -> Vec<String> {
    let count = |number: usize, one: &str, many: &str| match number {
        0 => None,
        1 => Some(format!("1 {one}")),
        number => Some(format!("{number} {many}")),
    };
    [
        count(replica.contacts.at(from).len(), "person", "people"),
        count(replica.meetings.at(from).len(), "meeting", "meetings"),
        count(replica.touches.at(from).len(), "call or message", "calls and messages"),
        count(replica.promises.at(from).len(), "promise", "promises"),
        count(replica.insights.at(from).len(), "thing worth knowing", "things worth knowing"),
        count(replica.ratings.at(from).len(), "rating", "ratings"),
        count(replica.inside_asks.at(from).len(), "question inside", "questions inside"),
        count(replica.recovery_cases.at(from).len(), "thing to make right", "things to make right"),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// What stays of each field in which the two differ, in sentences.
pub fn what_stays(replica: &Replica, from: &Customer, into: &Customer) -> Vec<String> {
    let took = taken_over(from, into);
    let size = |customer: &Customer| if customer.size.is_unknown() { String::new() } else { customer.size.label().to_owned() };
    let field = |what: &str, there: &str, here: &str, is_taken: bool| match (there == here || there.is_empty(), is_taken) {
        (true, _) => None,
        (false, true) => Some(format!("{what}: “{there}”, which was not known here.")),
        (false, false) => Some(format!("{what}: “{here}” stays, “{there}” does not.")),
    };
    let rhythm = |it: &Customer| (it.tier, it.window_days, it.ideal_days);
    let rhythm = (rhythm(from) != rhythm(into)).then(|| format!("How often to get in touch stays as it is at {}.", into.name));
    let mut with: Vec<MemberId> = into.co_owners.iter().chain(&from.co_owners).chain([&from.owner]).copied().collect();
    with.sort_unstable();
    with.dedup();
    with.retain(|member| *member != into.owner);
    let owner = replica.member_name(into.owner);
    let owners = if with.is_empty() {
        format!("{owner} looks after it.")
    } else {
        let with: Vec<String> = with.into_iter().map(|member| replica.member_name(member)).collect();
        format!("{owner} looks after it, with {}.", with.join(", "))
    };
    [
        field("Name", &from.name, &into.name, false),
        field("Place", &from.place, &into.place, took.place.is_some()),
        field("What they do", &from.industry, &into.industry, took.industry.is_some()),
        field("How many work there", &size(from), &size(into), took.size.is_some()),
        rhythm,
        Some(owners),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Who said that `customer` is the same as another, and when: 'United with “Acme B.V.” by Ana, 3 May'.
pub fn united_words(replica: &Replica, customer: &Customer, me: MemberId, today: NaiveDate, offset_minutes: i16) -> Option<String> {
    let united = customer.united.as_ref()?;
    let by = if united.by == me { "you".to_owned() } else { replica.member_name(united.by) };
    Some(format!("United with “{}” by {by}, {}", customer.name, words::short_date(united.at.date_at(offset_minutes), today)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        account::Member,
        customer::{CustomerSize, Two, unite},
        meeting::MeetingStatus,
        sync::{
            protocol::Row,
            sample::{ME, a_contact, a_customer, a_meeting, noon, on},
        },
    };
    use uuid::Uuid;

    const ANA: MemberId = MemberId(Uuid::from_u128(0xa4a));

    fn replica() -> Replica {
        let mut replica = Replica::default();
        for (id, name) in [(ME, "Bo"), (ANA, "Ana")] {
            let member = Member { id, name: name.into(), email: String::new(), team: None, roles: [].into(), active: true };
            replica.put(Row::Member(member));
        }
        for n in [11, 12] {
            replica.put(Row::Contact(a_contact(n, 1)));
        }
        replica.put(Row::Meeting(a_meeting(21, 1, MeetingStatus::Held, noon("2026-05-03"))));
        replica.put(Row::Meeting(a_meeting(22, 2, MeetingStatus::Held, noon("2026-05-03"))));
        replica
    }

    #[test]
    fn what_comes_along_is_counted() {
        assert_eq!(comes_along(&replica(), a_customer(1).id), ["2 people", "1 meeting"]);
        assert!(comes_along(&replica(), a_customer(3).id).is_empty());
    }

    #[test]
    fn what_stays_is_told_where_they_differ() {
        let from = Customer {
            name: "Acme B.V.".into(),
            place: "Zeist".into(),
            industry: "Food".into(),
            size: CustomerSize::Small,
            owner: ANA,
            ..a_customer(1)
        };
        let into =
            Customer { name: "Acme".into(), industry: "Bakery".into(), size: CustomerSize::Small, window_days: Some(9), ..a_customer(2) };
        assert_eq!(
            what_stays(&replica(), &from, &into),
            [
                "Name: “Acme” stays, “Acme B.V.” does not.",
                "Place: “Zeist”, which was not known here.",
                "What they do: “Bakery” stays, “Food” does not.",
                "How often to get in touch stays as it is at Acme.",
                "Bo looks after it, with Ana.",
            ]
        );
        let same = Customer { id: a_customer(1).id, ..into.clone() };
        assert_eq!(what_stays(&replica(), &same, &into), ["Bo looks after it."]);
    }

    #[test]
    fn who_said_it_is_told() {
        let Two { from, .. } = unite(&a_customer(1), &a_customer(2), 0, 2, (ANA, noon("2026-05-03"))).expect("they can be one");
        let words = |me| united_words(&replica(), &from, me, on("2026-05-10"), 0);
        assert_eq!(words(ME).as_deref(), Some("United with “Customer 1” by Ana, 3 May"));
        assert_eq!(words(ANA).as_deref(), Some("United with “Customer 1” by you, 3 May"));
        assert_eq!(united_words(&replica(), &a_customer(1), ME, on("2026-05-10"), 0), None);
    }
}
