//! When a customer is neglected: one rule for the rep, the manager and the server.
//!
//! A window starts at the last accepted contact (a meeting that was held, a call, a message, a drop-in) or, if that is later, when its owner
//! took the customer over. Past the ideal number of days it is due, past the most it is overdue. Days on which the owner is away do not count.

use super::{Customer, Tier};
use crate::{account::Absence, organisation::Rules};
use chrono::{NaiveDate, TimeDelta};

/// How a customer stands against its window without contact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Attention {
    /// Within the ideal number of days.
    OnTrack,
    /// Past the ideal, within the most.
    Due,
    /// The window has passed.
    Overdue,
}

/// Whose rule a window is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum WindowRule {
    /// The organisation's, for customers of this tier.
    OfTier(Tier),
    /// The customer's own.
    Own,
}

/// How long a customer may be without contact, days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Window {
    /// After so many it is due; never more than `most_days`.
    pub ideal_days: u16,
    /// After so many it is overdue.
    pub most_days: u16,
    /// Whose rule that is.
    pub rule: WindowRule,
}

impl Window {
    /// The window of `customer`. Where the customer has only the most of its own, its ideal is the same share of it as in its tier.
    pub fn of(customer: &Customer, rules: &Rules) -> Self {
        let (ideal, most) = rules.window(customer.tier);
        match (customer.ideal_days, customer.window_days) {
            (None, None) => Self { ideal_days: ideal, most_days: most, rule: WindowRule::OfTier(customer.tier) },
            (own_ideal, own_most) => {
                let most_days = own_most.unwrap_or(most);
                let share = u32::from(most_days) * u32::from(ideal) / u32::from(most.max(1));
                let ideal_days = own_ideal.unwrap_or_else(|| u16::try_from(share).unwrap_or(most_days)).clamp(1, most_days.max(1));
                Self { ideal_days, most_days, rule: WindowRule::Own }
            }
        }
    }
}

/// What a window starts at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum WindowStart {
    /// The last contact.
    Contact,
    /// The day on which its owner took the customer over: there was no contact since.
    Ownership,
}

/// Where a customer stands: since when without contact, and what that means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Standing {
    /// What it means.
    pub attention: Attention,
    /// The last accepted contact, if there ever was one.
    pub last_contact: Option<NaiveDate>,
    /// How long the window is.
    pub window: Window,
    /// What it starts at.
    pub start: WindowStart,
    /// The last day within the ideal.
    pub ideal_ends: NaiveDate,
    /// The last day within the window.
    pub window_ends: NaiveDate,
    /// Days past the window; 0 where it has not passed.
    pub days_over: u16,
    /// Days since the window began that do not count, because the owner was away.
    pub days_paused: u16,
    /// The last day of the owner's absence, where the owner is away today.
    pub paused_until: Option<NaiveDate>,
}

/// Where `customer` stands on `today`, given the `absences` of its owner.
pub fn standing(customer: &Customer, last_contact: Option<NaiveDate>, rules: &Rules, absences: &[Absence], today: NaiveDate) -> Standing {
    let window = Window::of(customer, rules);
    let (begun, start) = match last_contact {
        Some(last) if last >= customer.owned_since => (last, WindowStart::Contact),
        _ => (customer.owned_since, WindowStart::Ownership),
    };
    let pauses = Pauses::after(begun, absences);
    let (ideal_ends, window_ends) = (pauses.end(window.ideal_days), pauses.end(window.most_days));
    let days_over = pauses.counted(window_ends, today);
    let attention = match (pauses.counted(ideal_ends, today), days_over) {
        (0, _) => Attention::OnTrack,
        (_, 0) => Attention::Due,
        _ => Attention::Overdue,
    };
    let short = |days: i64| u16::try_from(days).unwrap_or(u16::MAX);
    Standing {
        attention,
        last_contact,
        window,
        start,
        ideal_ends,
        window_ends,
        days_over: short(days_over),
        days_paused: short(pauses.within(begun, today)),
        paused_until: pauses.spans.iter().find(|(from, until)| *from <= today && today <= *until).map(|(_, until)| *until),
    }
}

/// The days that do not count, as spans in order that do not touch each other.
struct Pauses {
    begun: NaiveDate,
    spans: Vec<(NaiveDate, NaiveDate)>,
}

impl Pauses {
    /// Those after the day on which a window began.
    fn after(begun: NaiveDate, absences: &[Absence]) -> Self {
        let first = begun.succ_opt().unwrap_or(begun);
        let mut all: Vec<_> = absences.iter().filter(|it| it.until >= first).map(|it| (it.from.max(first), it.until)).collect();
        all.sort_unstable();
        let mut spans: Vec<(NaiveDate, NaiveDate)> = Vec::with_capacity(all.len());
        for (from, until) in all {
            match spans.last_mut() {
                Some((_, end)) if from <= *end => *end = until.max(*end),
                _ => spans.push((from, until)),
            }
        }
        Self { begun, spans }
    }

    /// The last of `days` days that count.
    fn end(&self, days: u16) -> NaiveDate {
        let plus = |date: NaiveDate, days: i64| date.checked_add_signed(TimeDelta::days(days)).unwrap_or(NaiveDate::MAX);
        let mut end = plus(self.begun, days.into());
        for (from, until) in &self.spans {
            if *from > end {
                break;
            }
            end = plus(end, (*until - *from).num_days() + 1);
        }
        end
    }

    /// How many days after `from`, up to and with `until`, do not count.
    fn within(&self, from: NaiveDate, until: NaiveDate) -> i64 {
        let overlap = |(start, end): &(NaiveDate, NaiveDate)| {
            let start = (*start).max(from.succ_opt().unwrap_or(from));
            ((*end).min(until) - start).num_days() + 1
        };
        self.spans.iter().map(overlap).filter(|days| *days > 0).sum()
    }

    /// How many days after `from`, up to and with `until`, count.
    fn counted(&self, from: NaiveDate, until: NaiveDate) -> i64 {
        ((until - from).num_days().max(0) - self.within(from, until)).max(0)
    }
}

#[cfg(test)]
mod tests;
