use crate::id::{CustomerId, MemberId};
use chrono::{NaiveDate, TimeDelta};

/// How far back is looked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Span {
    /// The last 28 days.
    #[default]
    Weeks,
    /// The last 91 days.
    Quarter,
}

impl Span {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Weeks, Self::Quarter];

    /// How many days, today among them.
    pub fn days(self) -> i64 {
        match self {
            Self::Weeks => 28,
            Self::Quarter => 91,
        }
    }

    /// Whether `date` lies in it on `today`.
    pub fn holds(self, date: NaiveDate, today: NaiveDate) -> bool {
        date <= today && today - date < TimeDelta::days(self.days())
    }
}

/// The most people on both sides of a meeting in which everybody gets to speak.
pub const SMALL_MEETING: usize = 5;
/// In so many days a colleague is met at least [`TIMES_A_MONTH`] to belong to the internal network.
pub const MONTH_DAYS: i64 = 28;
/// See [`MONTH_DAYS`].
pub const TIMES_A_MONTH: i64 = 2;

/// How somebody's time with customers was spent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Engagement {
    /// In meetings.
    pub minutes: u32,
    /// Meetings held, also those that a colleague logged and named the person in.
    pub meetings: usize,
    /// Calls, messages and drop-ins.
    pub touches: usize,
    /// Customers looked after or met.
    pub customers: usize,
    /// Customers looked after that are not archived.
    pub own: usize,
    /// Of these, those in contact with the person.
    pub reached: usize,
    /// Customers met.
    pub met: usize,
    /// Of these, those where two people or more were met.
    pub deep: usize,
    /// People met.
    pub people: usize,
    /// The time that went to each customer met, most first.
    pub shares: Vec<Share>,
    /// Days from one contact with a customer to the next, in the middle of all such.
    pub every_days: Option<i64>,
    /// Colleagues in small meetings, most often first.
    pub colleagues: Vec<Colleague>,
}

/// The time that went to one customer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Share {
    /// Which.
    pub customer: CustomerId,
    /// By name.
    pub name: String,
    /// In meetings.
    pub minutes: u32,
}

/// A colleague met in small meetings with customers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Colleague {
    /// Who.
    pub member: MemberId,
    /// By name.
    pub name: String,
    /// In how many.
    pub meetings: usize,
}

/// The fewest of `shares`, most first, that together hold more than half of the time; none where there is no time.
pub fn most_of(shares: &[Share]) -> &[Share] {
    let total: u32 = shares.iter().map(|share| share.minutes).sum();
    let mut held = 0;
    let enough = shares.iter().position(|share| {
        held += share.minutes;
        2 * held > total
    });
    enough.map_or(&[], |last| &shares[..=last])
}

/// Whether so many `meetings` in `span` are at least two a month.
pub fn is_regular(meetings: usize, span: Span) -> bool {
    meetings as i64 * MONTH_DAYS >= TIMES_A_MONTH * span.days()
}

/// What lies in the middle of `numbers`, the lower of two; nothing of none.
pub fn middle(mut numbers: Vec<i64>) -> Option<i64> {
    numbers.sort_unstable();
    numbers.get(numbers.len().checked_sub(1)? / 2).copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sync::sample::on;
    use proptest::prelude::*;
    use uuid::Uuid;

    fn shares(minutes: &[u32]) -> Vec<Share> {
        let share = |(n, minutes): (u128, &u32)| Share { customer: CustomerId(Uuid::from_u128(n)), name: n.to_string(), minutes: *minutes };
        (0..).zip(minutes).map(share).collect()
    }

    #[test]
    fn a_span_holds_so_many_days_today_among_them() {
        let today = on("2026-05-29");
        for (date, weeks, quarter) in [
            ("2026-05-29", true, true),
            ("2026-05-30", false, false),
            ("2026-05-02", true, true),
            ("2026-05-01", false, true),
            ("2026-02-28", false, true),
            ("2026-02-27", false, false),
        ] {
            assert_eq!(Span::ALL.map(|span| span.holds(on(date), today)), [weeks, quarter], "{date}");
        }
    }

    #[test]
    fn most_of_the_time_is_more_than_half_of_it() {
        for (minutes, most) in [(&[][..], 0), (&[60], 1), (&[60, 60], 2), (&[60, 30, 20], 1), (&[40, 40, 30, 30], 2), (&[0, 0], 0)] {
            assert_eq!(most_of(&shares(minutes)).len(), most, "{minutes:?}");
        }
    }

    #[test]
    fn the_network_is_whoever_is_met_twice_a_month() {
        for (meetings, weeks, quarter) in [(0, false, false), (1, false, false), (2, true, false), (6, true, false), (7, true, true)] {
            assert_eq!(Span::ALL.map(|span| is_regular(meetings, span)), [weeks, quarter], "{meetings}");
        }
    }

    #[test]
    fn the_middle_is_the_lower_of_two() {
        for (numbers, found) in [(vec![], None), (vec![7], Some(7)), (vec![9, 1], Some(1)), (vec![9, 1, 4], Some(4))] {
            assert_eq!(middle(numbers), found);
        }
    }

    proptest! {
        #[test]
        fn what_holds_most_of_the_time_is_as_little_as_can_be(mut minutes in prop::collection::vec(0_u32..500, 0..20)) {
            minutes.sort_unstable_by_key(|it| std::cmp::Reverse(*it));
            let (all, total) = (shares(&minutes), minutes.iter().sum::<u32>());
            let most = most_of(&all);
            let sum = |shares: &[Share]| shares.iter().map(|share| share.minutes).sum::<u32>();
            prop_assert!(total == 0 || 2 * sum(most) > total);
            prop_assert!(most.is_empty() || 2 * sum(&most[..most.len() - 1]) <= total);
        }
    }
}
