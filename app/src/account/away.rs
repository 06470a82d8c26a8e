//! Hours and absences in words; and who may cover for whom.

use super::{Absence, Actor, Availability, DAY_MINUTES, Hours, Member, WorkDay, WorkingHours};
use crate::{customer::Customer, id::MemberId, organisation::Rules, sync::Replica, text::alphabetical, time::words};
use chrono::NaiveDate;
use std::sync::Arc;

/// Whether `cover` sees any of `member`'s `customers`, and so can look after what is due: a colleague who looks after one of them, too, or the
/// member's manager. Nobody is shown more than before by being named.
pub fn may_cover<'a>(cover: &Actor, member: &Member, customers: impl IntoIterator<Item = &'a Customer>) -> bool {
    let shares = |customer: &Customer| customer.owner == member.id && customer.co_owners.contains(&cover.member.id);
    cover.member.active && cover.member.id != member.id && (cover.manages(member) || customers.into_iter().any(shares))
}

/// Everybody who may cover for `member`, by name, as far as this phone knows.
pub fn covers(replica: &Replica, member: MemberId) -> Vec<Arc<Member>> {
    let Some(absent) = replica.members.get(&member) else { return Vec::new() };
    let may = |other: &MemberId| {
        let customers = replica.customers.values().map(Arc::as_ref);
        replica.actor(*other).is_some_and(|cover| may_cover(&cover, absent, customers))
    };
    let mut covers: Vec<Arc<Member>> = replica.members.values().filter(|it| may(&it.id)).cloned().collect();
    covers.sort_by_cached_key(|it| (alphabetical(&it.name), it.id));
    covers
}

/// Hours in words: 'Mon to Fri, 8:00 to 18:00'.
pub fn hours_words(hours: &WorkingHours) -> String {
    format!("{}, {} to {}", days_words(hours), time_words(hours.from_minute), time_words(hours.until_minute))
}

/// Days that follow each other as one span, others one by one.
fn days_words(hours: &WorkingHours) -> String {
    let days: Vec<WorkDay> = hours.days.iter().copied().collect();
    let places: Vec<usize> = WorkDay::ALL.iter().enumerate().filter(|(_, day)| days.contains(day)).map(|(place, _)| place).collect();
    match (days.as_slice(), places.as_slice()) {
        ([first, .., last], [from, .., to]) if days.len() > 2 && to - from + 1 == days.len() => {
            format!("{} to {}", first.label(), last.label())
        }
        _ => days.iter().map(|day| day.label()).collect::<Vec<_>>().join(", "),
    }
}

/// A time of day: '8:00'.
fn time_words(minute: u16) -> String {
    format!("{}:{:02}", minute / 60, minute % 60)
}

/// A time of day as its field holds it: '08:00'.
pub fn time_value(minute: u16) -> String {
    // A field cannot hold the end of the day.
    let minute = minute.min(DAY_MINUTES - 1);
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

/// The minute of a day that a field holds.
pub fn minute_of(value: &str) -> Option<u16> {
    let (hours, minutes) = value.split_once(':')?;
    let (hours, minutes) = (hours.parse::<u16>().ok()?, minutes.parse::<u16>().ok()?);
    (hours < 24 && minutes < 60).then_some(hours * 60 + minutes)
}

/// Whose hours somebody keeps.
pub fn hours_of_words(hours: &Hours, rules: &Rules) -> String {
    match (hours, rules.working_hours(hours)) {
        (_, None) => "None to keep to".to_owned(),
        (Hours::Own(_), Some(own)) => hours_words(&own),
        (Hours::Usual, Some(usual)) => format!("{}, as usual here", hours_words(&usual)),
    }
}

/// What somebody who is away, or will be, reads of it: 'Away until Fri 14 Aug. Bo covers for you.'
pub fn away_words(absence: &Absence, cover: Option<String>, today: NaiveDate) -> String {
    let until = words::date(absence.until, today);
    match cover {
        Some(cover) => format!("You are away until {until}. Windows and reminders stand still; {cover} sees what is due."),
        None => format!("You are away until {until}. Windows and reminders stand still."),
    }
}

/// The days of an absence: 'Mon 3 Aug to Fri 14 Aug'.
pub fn absence_words(absence: &Absence, today: NaiveDate) -> String {
    match absence.from == absence.until {
        true => words::date(absence.from, today),
        false => format!("{} to {}", words::date(absence.from, today), words::date(absence.until, today)),
    }
}

/// The next absence in a line, or that there is none.
pub fn absences_words(availability: &Availability, today: NaiveDate) -> String {
    if let Some(absence) = availability.absence_on(today) {
        return format!("Away until {}", words::date(absence.until, today));
    }
    let next = availability.absences.iter().filter(|it| it.from > today).min_by_key(|it| it.from);
    next.map_or_else(|| "Nothing planned".to_owned(), |next| absence_words(next, today))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        account::Role,
        id::{AbsenceId, TeamId},
        sync::{
            protocol::Row,
            sample::{a_customer, on},
        },
        team::Team,
    };
    use uuid::Uuid;

    fn hours(days: &[WorkDay]) -> WorkingHours {
        WorkingHours { days: days.iter().copied().collect(), from_minute: 510, until_minute: 1020 }
    }

    #[test]
    fn hours_are_said_as_people_say_them() {
        use WorkDay::{Friday, Monday, Saturday, Thursday, Tuesday, Wednesday};
        for (days, words) in [
            (&[Monday, Tuesday, Wednesday, Thursday, Friday][..], "Mon to Fri, 8:30 to 17:00"),
            (&[Monday, Wednesday, Saturday], "Mon, Wed, Sat, 8:30 to 17:00"),
            (&[Monday, Tuesday], "Mon, Tue, 8:30 to 17:00"),
        ] {
            assert_eq!(hours_words(&hours(days)), words);
        }
    }

    #[test]
    fn a_field_holds_a_time_and_gives_it_back() {
        for (minute, value) in [(0, "00:00"), (510, "08:30"), (1439, "23:59")] {
            assert_eq!((time_value(minute).as_str(), minute_of(value)), (value, Some(minute)));
        }
        assert_eq!(time_value(DAY_MINUTES), "23:59");
        assert_eq!(["", "8", "24:00", "10:60", "a:b"].map(minute_of), [None; 5]);
    }

    #[test]
    fn the_next_absence_is_told_in_a_line() {
        let absence = |from: &str, until: &str| Absence { id: AbsenceId(Uuid::nil()), from: on(from), until: on(until), cover: None };
        let mine = Availability {
            absences: vec![absence("2026-06-01", "2026-06-14"), absence("2026-08-03", "2026-08-03")],
            ..Availability::of(MemberId(Uuid::nil()))
        };
        for (today, words) in [
            ("2026-05-05", "Mon 1 Jun to Sun 14 Jun"),
            ("2026-06-10", "Away until Sun 14 Jun"),
            ("2026-06-20", "Mon 3 Aug"),
            ("2026-09-01", "Nothing planned"),
        ] {
            assert_eq!(absences_words(&mine, on(today)), words);
        }
    }

    #[test]
    fn only_who_sees_the_customers_anyway_may_cover() {
        let id = |n: u128| MemberId(Uuid::from_u128(n));
        let mut replica = Replica::default();
        let team = TeamId(Uuid::from_u128(9));
        replica.put(Row::Team(Team { id: team, name: "North".into(), parent: None }));
        for (n, name, role, active) in [
            (1, "Me", Role::Rep, true),
            (2, "Zoë", Role::Rep, true),
            (3, "Bo", Role::Rep, true),
            (4, "Mia", Role::Manager, true),
            (5, "Al", Role::Rep, false),
        ] {
            let roles = [role].into();
            replica.put(Row::Member(Member { id: id(n), name: name.into(), email: String::new(), team: Some(team), roles, active }));
        }
        replica.put(Row::Customer(Customer { owner: id(1), co_owners: [id(2), id(5)].into(), ..a_customer(7) }));
        replica.put(Row::Customer(Customer { owner: id(3), co_owners: [id(1)].into(), ..a_customer(8) }));
        let names: Vec<String> = covers(&replica, id(1)).iter().map(|it| it.name.clone()).collect();
        assert_eq!(names, ["Mia", "Zoë"]);
    }
}
