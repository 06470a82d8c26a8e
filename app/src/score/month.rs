//! Months that are over, as one member is shown them: sums over teams and the organisation that tell of five people at least.

use super::scale;
use crate::{
    id::{MemberId, TeamId},
    survey::Component,
};
use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// A part of the organisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// Everybody.
    Organisation,
    /// A team and all below it.
    Team(TeamId),
}

/// A published sum.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Aggregate {
    /// Sum of points.
    pub sum: u32,
    /// Ratings.
    pub count: u32,
    /// At least so many reps rated; exact for a single month.
    pub reps: u32,
    /// At least so many customers, in whole fives.
    pub customers: u32,
}

impl Aggregate {
    /// The mean of the points, on the scale 0 ('not at all') to 100 ('completely').
    pub fn mean(self) -> f64 {
        scale(f64::from(self.sum) / f64::from(self.count.max(1)))
    }

    /// Together with another month's. Who was there in both is not known, so of people there are at least as many as in the larger one.
    fn with(self, other: Self) -> Self {
        Self {
            sum: self.sum + other.sum,
            count: self.count + other.count,
            reps: self.reps.max(other.reps),
            customers: self.customers.max(other.customers),
        }
    }
}

/// What one member is shown of a month that is over. It never changes but by further parts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Month {
    /// To whom it is shown.
    pub member: MemberId,
    /// Its first day.
    pub first_day: NaiveDate,
    /// Of which parts of the organisation; the others are not told.
    pub parts: Vec<PartOfMonth>,
}

/// A month in one part of the organisation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PartOfMonth {
    /// Which part.
    pub part: Part,
    /// The sums, per component that is told.
    pub components: BTreeMap<Component, Aggregate>,
}

impl Month {
    /// Names it among rows: to whom it is shown, and its first day.
    pub fn key(member: MemberId, first_day: NaiveDate) -> String {
        format!("{member}-{first_day}")
    }
}

/// How much time one number covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Span {
    /// A month.
    Month,
    /// A quarter of the calendar year.
    Quarter,
    /// A calendar year.
    Year,
}

impl Span {
    /// All of them, from the shortest.
    pub const ALL: [Self; 3] = [Self::Month, Self::Quarter, Self::Year];

    /// Months in it.
    pub fn months(self) -> u32 {
        match self {
            Self::Month => 1,
            Self::Quarter => 3,
            Self::Year => 12,
        }
    }

    /// The first day of the one that `day` is in.
    pub fn begin(self, day: NaiveDate) -> NaiveDate {
        let month0 = day.month0() - day.month0() % self.months();
        NaiveDate::from_ymd_opt(day.year(), month0 + 1, 1).expect("every month has a first day")
    }
}

/// A stretch of time in one part of the organisation: one or several closed months, added up.
#[derive(Clone, Debug, PartialEq)]
pub struct Period {
    /// Its first day.
    pub first_day: NaiveDate,
    /// Of how many months something is told.
    pub months: u32,
    /// The sums, per component that is told.
    pub components: BTreeMap<Component, Aggregate>,
}

/// The parts of the organisation that `months` tell of, the whole of it last.
pub fn parts_of<'a>(months: impl IntoIterator<Item = &'a Month>) -> Vec<Part> {
    let parts: BTreeSet<Part> = months.into_iter().flat_map(|month| &month.parts).map(|it| it.part).collect();
    parts.into_iter().rev().collect()
}

/// What `months` tell of `part`, added up to spans, oldest first. Sums of what is published are safe to make: see the server's suppression.
pub fn periods<'a>(months: impl IntoIterator<Item = &'a Month>, part: Part, span: Span) -> Vec<Period> {
    let mut periods: BTreeMap<NaiveDate, Period> = BTreeMap::new();
    for month in months {
        for told in month.parts.iter().filter(|it| it.part == part) {
            let first_day = span.begin(month.first_day);
            let period = periods.entry(first_day).or_insert_with(|| Period { first_day, months: 0, components: BTreeMap::new() });
            period.months += 1;
            for (component, more) in &told.components {
                let sum = period.components.entry(*component).or_default();
                *sum = sum.with(*more);
            }
        }
    }
    periods.into_values().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    const TEAM: Part = Part::Team(TeamId(Uuid::from_u128(7)));

    fn on(day: &str) -> NaiveDate {
        day.parse().expect("a date")
    }

    fn month(first_day: &str, told: &[(Part, Component, u32, u32, u32)]) -> Month {
        let one = |(part, component, sum, count, customers): &(Part, Component, u32, u32, u32)| PartOfMonth {
            part: *part,
            components: [(*component, Aggregate { sum: *sum, count: *count, reps: *count, customers: *customers })].into(),
        };
        Month { member: MemberId(Uuid::from_u128(1)), first_day: on(first_day), parts: told.iter().map(one).collect() }
    }

    #[test]
    fn spans_begin_where_calendars_say() {
        for (day, quarter, year) in [
            ("2026-01-01", "2026-01-01", "2026-01-01"),
            ("2026-06-30", "2026-04-01", "2026-01-01"),
            ("2025-12-31", "2025-10-01", "2025-01-01"),
        ] {
            assert_eq!((Span::Quarter.begin(on(day)), Span::Year.begin(on(day))), (on(quarter), on(year)));
        }
    }

    #[test]
    fn months_add_up_and_people_are_told_as_at_least_so_many() {
        use Component::{Trust, Value};
        let months = [
            month("2026-01-01", &[(TEAM, Trust, 24, 6, 5), (Part::Organisation, Trust, 60, 20, 15)]),
            month("2026-02-01", &[(Part::Organisation, Trust, 40, 10, 10)]),
            month("2026-03-01", &[(Part::Organisation, Value, 50, 10, 5)]),
            month("2026-04-01", &[(Part::Organisation, Trust, 50, 10, 5)]),
        ];
        assert_eq!(parts_of(&months), [TEAM, Part::Organisation]);
        let quarters = periods(&months, Part::Organisation, Span::Quarter);
        assert_eq!(quarters.iter().map(|it| (it.first_day, it.months)).collect::<Vec<_>>(), [(on("2026-01-01"), 3), (on("2026-04-01"), 1)]);
        assert_eq!(quarters[0].components[&Trust], Aggregate { sum: 100, count: 30, reps: 20, customers: 15 });
        assert_eq!(periods(&months, TEAM, Span::Year).len(), 1);
        assert_eq!(periods(&months, Part::Organisation, Span::Month).len(), 4);
    }

    #[test]
    fn a_mean_is_told_from_not_at_all_to_completely() {
        for (sum, count, mean) in [(5, 5, 0.0), (25, 5, 100.0), (15, 5, 50.0)] {
            assert!((Aggregate { sum, count, ..Aggregate::default() }.mean() - mean).abs() < 1e-12);
        }
    }

    /// As the wire that brought it sends it; never changed.
    const SENT: &str = r#"{"member":"01a205ab-6c2e-7434-b518-ba6501245526","first_day":"2026-05-01","parts":[{"part":"organisation","components":{"trust":{"sum":60,"count":20,"reps":8,"customers":15}}},{"part":{"team":"01a205ab-6c2e-7434-b518-ba6501245527"},"components":{}}]}"#;

    #[test]
    fn a_month_is_read_as_it_was_first_sent() {
        let read: Month = serde_json::from_str(SENT).expect("what was released is read");
        assert_eq!(serde_json::to_string(&read).expect("JSON"), SENT);
    }
}
