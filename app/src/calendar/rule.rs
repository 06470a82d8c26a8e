//! How something repeats: every so many days, or on some days of every so many weeks. Whatever else RFC 5545 allows is not read, rather than
//! guessed.

use super::zone::{Wall, read_weekday};
use chrono::{Datelike, Days, NaiveDate, NaiveDateTime, Weekday};

/// The longest step, in days or weeks.
const EVERY_MAX: u64 = 1_000;

/// A rule that is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Rule {
    every: u64,
    /// On which days of the week, as days since its first; nothing where it repeats by days.
    weekly: Option<Vec<u64>>,
    week_begins: Weekday,
    count: Option<u64>,
    /// The last time that it repeats.
    pub(super) until: Option<Wall>,
}

impl Rule {
    /// Reads a rule of something that first begins at `start`.
    pub(super) fn read(text: &str, start: NaiveDateTime) -> Option<Self> {
        let (mut frequency, mut days) = ("", None);
        let mut rule = Self { every: 1, weekly: None, week_begins: Weekday::Mon, count: None, until: None };
        for part in text.trim().trim_end_matches(';').split(';') {
            match part.split_once('=')? {
                ("FREQ", it) => frequency = it,
                ("INTERVAL", it) => rule.every = it.parse().ok().filter(|every| (1..=EVERY_MAX).contains(every))?,
                ("COUNT", it) => rule.count = Some(it.parse().ok()?),
                ("UNTIL", it) => rule.until = Some(Wall::read(it)?),
                ("BYDAY", it) => days = Some(it.split(',').map(read_weekday).collect::<Option<Vec<_>>>()?),
                ("WKST", it) => rule.week_begins = read_weekday(it)?,
                _ => return None,
            }
        }
        rule.weekly = match (frequency, days) {
            ("DAILY", None) => None,
            // Every working day, say.
            ("DAILY", Some(days)) if rule.every == 1 => Some(days),
            ("WEEKLY", days) => Some(days.unwrap_or_else(|| vec![start.weekday()])),
            _ => return None,
        }
        .map(|days| {
            let mut days: Vec<u64> = days.into_iter().map(|day| day.days_since(rule.week_begins).into()).collect();
            days.sort_unstable();
            days.dedup();
            days
        });
        // Where it begins on none of its own days, calendars differ.
        let begins = u64::from(start.weekday().days_since(rule.week_begins));
        rule.weekly.as_ref().is_none_or(|days| days.contains(&begins)).then_some(rule)
    }

    /// The times from `from` to `to` at which something repeats that first begins at `start`; [`Rule::until`] is for the caller to heed.
    pub(super) fn times(&self, start: NaiveDateTime, from: NaiveDate, to: NaiveDate) -> Vec<NaiveDateTime> {
        let first = start.date();
        let by_day = [0];
        let (begin, step, days) = match &self.weekly {
            None => (first, self.every, by_day.as_slice()),
            Some(days) => {
                let since = u64::from(first.weekday().days_since(self.week_begins));
                (first.checked_sub_days(Days::new(since)).unwrap_or(first), self.every * 7, days.as_slice())
            }
        };
        // Straight to where the window begins: nobody counts through the years since a series began.
        let skipped = (from - begin).num_days().max(0) as u64 / step;
        let missing = days.iter().filter(|day| begin.checked_add_days(Days::new(**day)).is_some_and(|day| day < first)).count() as u64;
        let rounds = (skipped..).map_while(|round| Some((round, begin.checked_add_days(Days::new(round * step))?)));
        let times = rounds.take_while(|(_, round)| *round <= to).flat_map(|(round, begin)| {
            days.iter().zip(0..).filter_map(move |(day, position)| {
                let day = begin.checked_add_days(Days::new(*day)).filter(|day| *day >= first)?;
                let number = round * days.len() as u64 + position - missing;
                self.count.is_none_or(|count| number < count).then_some(day)
            })
        });
        times.filter(|day| (from..=to).contains(day)).map(|day| day.and_time(start.time())).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sync::sample::on;
    use proptest::prelude::*;

    /// Begins on a Monday.
    const START: &str = "2026-06-01T09:30:00";

    fn days(rule: &str, from: &str, to: &str) -> Option<Vec<String>> {
        let start = START.parse().expect("a time");
        let times = Rule::read(rule, start)?.times(start, on(from), on(to));
        Some(times.iter().map(|time| time.format("%m-%d").to_string()).collect())
    }

    #[test]
    fn what_repeats_by_days_or_weeks_is_told() {
        for (rule, expected) in [
            ("FREQ=DAILY", "06-08 06-09 06-10 06-11 06-12 06-13 06-14 06-15 06-16"),
            ("FREQ=DAILY;INTERVAL=3", "06-10 06-13 06-16"),
            ("FREQ=DAILY;COUNT=9", "06-08 06-09"),
            ("FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR", "06-08 06-09 06-10 06-11 06-12 06-15 06-16"),
            ("FREQ=WEEKLY", "06-08 06-15"),
            ("FREQ=WEEKLY;INTERVAL=2", "06-15"),
            ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SU", "06-15"),
            ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SU;WKST=SU", "06-14 06-15"),
            ("FREQ=WEEKLY;BYDAY=TU,MO,MO;COUNT=4", "06-08 06-09"),
            ("FREQ=WEEKLY;COUNT=1", ""),
        ] {
            assert_eq!(days(rule, "2026-06-08", "2026-06-16").expect("read").join(" "), expected, "{rule}");
        }
    }

    #[test]
    fn what_is_not_understood_is_not_guessed() {
        for rule in [
            "",
            "FREQ=MONTHLY",
            "FREQ=WEEKLY;BYDAY=1MO",
            "FREQ=WEEKLY;BYDAY=TU",
            "FREQ=DAILY;INTERVAL=2;BYDAY=MO",
            "FREQ=WEEKLY;BYSETPOS=1",
            "FREQ=DAILY;INTERVAL=0",
            "FREQ=DAILY;INTERVAL=99999999999999999999",
            "FREQ=DAILY;COUNT=-1",
            "FREQ=DAILY;UNTIL=soon",
        ] {
            assert_eq!(days(rule, "2026-06-08", "2026-06-16"), None, "{rule}");
        }
    }

    proptest! {
        #[test]
        fn a_part_is_what_the_whole_has_there(every in 1..5_u64, count in prop::option::of(0..60_u64), tuesday: bool, sunday: bool, weekly: bool, skip in 0..100_i64) {
            let days = [Some("MO"), tuesday.then_some("TU"), sunday.then_some("SU")].into_iter().flatten().collect::<Vec<_>>().join(",");
            let frequency = if weekly { format!("FREQ=WEEKLY;BYDAY={days}") } else { "FREQ=DAILY".to_owned() };
            let count = count.map(|count| format!(";COUNT={count}")).unwrap_or_default();
            let start: NaiveDateTime = START.parse().expect("a time");
            let rule = Rule::read(&format!("{frequency};INTERVAL={every}{count}"), start).expect("it is read");
            let (from, to) = (start.date() + chrono::TimeDelta::days(skip), start.date() + chrono::TimeDelta::days(200));
            let whole = rule.times(start, start.date(), to);
            let part: Vec<_> = whole.iter().copied().filter(|time| time.date() >= from).collect();
            prop_assert_eq!(rule.times(start, from, to), part);
            prop_assert!(whole.is_sorted());
        }
    }
}
