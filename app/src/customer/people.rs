//! The people at a customer: when each was last seen, and how broad the relationship is.

use super::{Contact, contacts_of};
use crate::{
    id::{ContactId, CustomerId, MemberId},
    sync::Replica,
    time::words,
};
use chrono::NaiveDate;
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

/// Days that the breadth of a relationship looks back: who was not met for longer is not known any more.
pub const BREADTH_DAYS: i64 = 365;

/// Somebody at a customer.
#[derive(Clone, Debug, PartialEq)]
pub struct Person {
    /// Who.
    pub contact: Arc<Contact>,
    /// The day of the last meeting with any of us, if there ever was one.
    pub last_seen: Option<NaiveDate>,
}

/// How many people a relationship rests on, and how often they are met, over the last [`BREADTH_DAYS`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Breadth {
    /// People there.
    pub people: usize,
    /// Of these, those who were met.
    pub met: usize,
    /// Meetings.
    pub meetings: usize,
    /// Of us who met them.
    pub members: usize,
    /// Days from one meeting to the next on average; absent before there are two on different days.
    pub every_days: Option<i64>,
}

/// Everybody at `customer` who is not archived, by name.
pub fn people_at(replica: &Replica, customer: CustomerId, today: NaiveDate) -> Vec<Person> {
    let mut seen: BTreeMap<ContactId, NaiveDate> = BTreeMap::new();
    for meeting in replica.meetings.at(customer).iter().filter(|it| it.is_held() && it.date() <= today) {
        for contact in &meeting.contacts {
            let last = seen.entry(*contact).or_insert(meeting.date());
            *last = (*last).max(meeting.date());
        }
    }
    let person = |contact: Arc<Contact>| Person { last_seen: seen.get(&contact.id).copied(), contact };
    contacts_of(replica, customer).into_iter().map(person).collect()
}

/// How broad the relationship with `customer` is on `today`.
pub fn breadth(replica: &Replica, customer: CustomerId, today: NaiveDate) -> Breadth {
    let people: BTreeSet<ContactId> = contacts_of(replica, customer).iter().map(|contact| contact.id).collect();
    let is_recent = |date: NaiveDate| (0..BREADTH_DAYS).contains(&(today - date).num_days());
    let (mut met, mut members): (BTreeSet<ContactId>, BTreeSet<MemberId>) = Default::default();
    let (mut days, mut meetings): (BTreeSet<NaiveDate>, usize) = Default::default();
    for meeting in replica.meetings.at(customer).iter().filter(|it| it.is_held() && is_recent(it.date())) {
        met.extend(meeting.contacts.iter().filter(|contact| people.contains(contact)));
        members.extend(meeting.colleagues.iter().chain([&meeting.rep]));
        days.insert(meeting.date());
        meetings += 1;
    }
    let every_days = days.first().zip(days.last()).filter(|_| days.len() > 1).map(|(first, last)| {
        let between = days.len() as i64 - 1;
        ((*last - *first).num_days() + between / 2) / between
    });
    Breadth { people: people.len(), met: met.len(), meetings, members: members.len(), every_days }
}

/// When somebody was last seen: 'Last seen 3 weeks ago'.
pub fn last_seen_words(last_seen: Option<NaiveDate>, today: NaiveDate) -> String {
    last_seen.map_or_else(|| "Not met yet".to_owned(), |date| format!("Last seen {}", words::distance(date, today)))
}

/// The breadth in a sentence or two: '2 of 3 people met in the last year, in 5 meetings, about every 24 days.'
pub fn breadth_words(it: &Breadth) -> String {
    let Breadth { people, met, meetings, members, every_days } = *it;
    if meetings == 0 {
        return "Nobody there was met in the last year.".to_owned();
    }
    let in_meetings = if meetings == 1 { "in 1 meeting".to_owned() } else { format!("in {meetings} meetings") };
    let every = every_days.map(|days| if days == 1 { ", about daily".to_owned() } else { format!(", about every {days} days") });
    let who = match people {
        0 => "Nobody is named there yet: met in the last year".to_owned(),
        1 => format!("{met} of 1 person met in the last year"),
        _ => format!("{met} of {people} people met in the last year"),
    };
    let ours = match members {
        0 | 1 => String::new(),
        _ => format!(" {members} of us know them."),
    };
    format!("{who}, {in_meetings}{}.{ours}", every.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        meeting::{Meeting, MeetingStatus},
        sync::{
            protocol::Row,
            sample::{a_contact, a_meeting, noon, on},
        },
    };
    use uuid::Uuid;

    const CUSTOMER: CustomerId = CustomerId(Uuid::from_u128(1));

    fn met(n: u128, date: &str, people: &[u128], with: &[u128]) -> Row {
        Row::Meeting(Meeting {
            contacts: people.iter().map(|n| ContactId(Uuid::from_u128(*n))).collect(),
            colleagues: with.iter().map(|n| MemberId(Uuid::from_u128(*n))).collect(),
            ..a_meeting(n, 1, MeetingStatus::Held, noon(date))
        })
    }

    fn replica(meetings: impl IntoIterator<Item = Row>) -> Replica {
        let mut replica = Replica::default();
        for n in [11, 12, 13] {
            replica.put(Row::Contact(a_contact(n, 1)));
        }
        replica.put(Row::Contact(Contact { archived: true, ..a_contact(14, 1) }));
        replica.put(Row::Contact(a_contact(15, 2)));
        meetings.into_iter().for_each(|row| replica.put(row));
        replica
    }

    #[test]
    fn everybody_there_is_listed_with_when_they_were_last_seen() {
        let replica =
            replica([met(1, "2026-04-01", &[11, 12], &[]), met(2, "2026-05-01", &[11, 14], &[]), met(3, "2026-06-01", &[12], &[])]);
        let seen: Vec<_> = people_at(&replica, CUSTOMER, on("2026-05-10")).iter().map(|it| it.last_seen).collect();
        assert_eq!(seen, [Some(on("2026-05-01")), Some(on("2026-04-01")), None], "what is to come was not seen");
    }

    #[test]
    fn breadth_counts_people_meetings_and_those_of_us_who_know_them() {
        let today = on("2026-05-10");
        let rows = || {
            [
                met(1, "2026-03-11", &[11, 12], &[7]),
                met(2, "2026-05-01", &[11, 14], &[]),
                met(3, "2025-01-01", &[13], &[8]),
                met(4, "2026-05-01", &[], &[]),
            ]
        };
        let told = breadth(&replica(rows()), CUSTOMER, today);
        assert_eq!(told, Breadth { people: 3, met: 2, meetings: 3, members: 2, every_days: Some(51) });
        assert_eq!(breadth(&replica([]), CUSTOMER, today), Breadth { people: 3, ..Breadth::default() });
    }

    #[test]
    fn breadth_is_told_in_a_sentence() {
        let all = Breadth { people: 3, met: 2, meetings: 5, members: 2, every_days: Some(24) };
        for (told, words) in [
            (all, "2 of 3 people met in the last year, in 5 meetings, about every 24 days. 2 of us know them."),
            (Breadth { people: 1, met: 1, meetings: 1, members: 1, every_days: None }, "1 of 1 person met in the last year, in 1 meeting."),
            (
                Breadth { people: 0, met: 0, ..all },
                "Nobody is named there yet: met in the last year, in 5 meetings, about every 24 days. 2 of us know them.",
            ),
            (Breadth { people: 3, ..Breadth::default() }, "Nobody there was met in the last year."),
        ] {
            assert_eq!(breadth_words(&told), words);
        }
        let today = on("2026-05-10");
        assert_eq!(last_seen_words(Some(on("2026-05-09")), today), "Last seen yesterday");
        assert_eq!(last_seen_words(None, today), "Not met yet");
    }
}
