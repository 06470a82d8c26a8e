//! Who is reminded when, and of what: counted from what Today shows, by Today's own rule.

use super::{Reminder, ReminderKind, Wanted, words::line_words};
use crate::{
    account::{Availability, WorkingHours, minute_of_day},
    customer::Attention,
    id::MemberId,
    organisation::Rules,
    sync::Replica,
    today::{Extent, Item, Looking, whole_agenda},
};
use chrono::{Days, NaiveDate, NaiveDateTime};
use std::collections::BTreeMap;

/// Minutes after the beginning of working hours in which a day's reminder still goes out: a server that stood still says nothing at noon
/// of the morning.
const LATE_MINUTES: u16 = 120;

/// One of the things that a reminder counts, in the order in which it names them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Line {
    Visits,
    VisitsToLog,
    VisitsTomorrow,
    Wishes,
    Cases,
    Promises,
    Questions,
    Actions,
    Ratings,
    Customers,
}

impl Line {
    fn kind(self) -> ReminderKind {
        match self {
            Self::Visits | Self::VisitsToLog | Self::VisitsTomorrow => ReminderKind::Visits,
            // Both are customers who are to hear from the member.
            Self::Wishes | Self::Cases => ReminderKind::Cases,
            Self::Promises | Self::Questions => ReminderKind::Promises,
            Self::Actions => ReminderKind::Actions,
            Self::Ratings => ReminderKind::Ratings,
            Self::Customers => ReminderKind::Customers,
        }
    }

    /// Where an item of Today is counted, and as how many.
    fn of(item: &Item, today: NaiveDate) -> Option<(Self, usize)> {
        let line = match item {
            Item::Visit(visit) if visit.date() == today => Self::Visits,
            Item::Visit(_) => Self::VisitsToLog,
            Item::Upcoming(visit) if Some(visit.date()) == today.checked_add_days(Days::new(1)) => Self::VisitsTomorrow,
            Item::Wish(_) => Self::Wishes,
            Item::Case(_) => Self::Cases,
            Item::Promise(_) => Self::Promises,
            Item::Question(_) => Self::Questions,
            Item::Action(_) => Self::Actions,
            Item::Ratings(new) => return Some((Self::Ratings, *new)),
            Item::Customer(summary) if summary.standing.attention == Attention::Overdue => Self::Customers,
            Item::Covering { item, .. } => return Self::of(item, today),
            Item::Upcoming(_) | Item::Customer(_) => return None,
        };
        Some((line, 1))
    }
}

/// The hours at whose beginning a member is reminded; usual ones where there are none to keep to.
pub fn reminded_in(availability: &Availability, rules: &Rules) -> WorkingHours {
    rules.working_hours(&availability.hours).unwrap_or_else(WorkingHours::suggested)
}

/// Whether the reminder of a day goes out when a clock on the wall shows `wall`.
pub fn is_time_to_remind(hours: &WorkingHours, wall: NaiveDateTime) -> bool {
    hours.include(wall) && minute_of_day(wall) - hours.from_minute < LATE_MINUTES
}

/// Seconds for which a reminder of `wall` is good: until the end of working hours, and not over night.
pub fn reminder_lasts(hours: &WorkingHours, wall: NaiveDateTime) -> u32 {
    u32::from(hours.until_minute.saturating_sub(minute_of_day(wall))) * 60
}

/// What `member` is reminded of when a clock on the wall shows `wall`; nothing where nothing that is wanted waits, or the member is away.
pub fn remind(replica: &Replica, member: MemberId, wall: NaiveDateTime, wanted: &Wanted) -> Option<Reminder> {
    let agenda = whole_agenda(replica, &Looking { member, wall, seen: wanted.seen, extent: Extent::ForNow });
    if agenda.quiet.is_some() {
        return None;
    }
    let mut counts: BTreeMap<Line, usize> = BTreeMap::new();
    for (line, count) in agenda.items.iter().filter_map(|item| Line::of(item, wall.date())) {
        if wanted.kinds.contains(&line.kind()) {
            *counts.entry(line).or_default() += count;
        }
    }
    let lines: Vec<String> = counts.into_iter().map(|(line, count)| line_words(line, count)).collect();
    (!lines.is_empty()).then(|| Reminder { title: "Today".to_owned(), body: lines.join(", ") })
}

#[cfg(test)]
mod tests;
