//! Dates and times in words, as people say them: 'today', 'in 3 days', 'Tue 5 May'.

use super::Timestamp;
use chrono::{Datelike, NaiveDate, Timelike};

/// A date with its weekday: 'Tue 5 May', with the year where it is not this one.
pub fn date(date: NaiveDate, today: NaiveDate) -> String {
    format!("{} {}", date.weekday(), short_date(date, today))
}

/// A date where the weekday says nothing: '5 May', with the year where it is not this one.
pub fn short_date(date: NaiveDate, today: NaiveDate) -> String {
    const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let day_and_month = format!("{} {}", date.day(), MONTHS[date.month0() as usize]);
    if date.year() == today.year() { day_and_month } else { format!("{day_and_month} {}", date.year()) }
}

/// A date as near as it is: 'today', 'tomorrow', 'yesterday', else [`date`].
pub fn day(date: NaiveDate, today: NaiveDate) -> String {
    match (date - today).num_days() {
        0 => "today".to_owned(),
        1 => "tomorrow".to_owned(),
        -1 => "yesterday".to_owned(),
        _ => self::date(date, today),
    }
}

/// How far off a date is: 'today', 'in 3 days', '2 weeks ago'.
pub fn distance(date: NaiveDate, today: NaiveDate) -> String {
    let days = (date - today).num_days();
    let count = match days.unsigned_abs() {
        0 => return "today".to_owned(),
        1 if days > 0 => return "tomorrow".to_owned(),
        1 => return "yesterday".to_owned(),
        days @ 2..=20 => format!("{days} days"),
        days @ 21..=69 => format!("{} weeks", days / 7),
        days @ 70..=729 => format!("{} months", (days as f64 / 30.44).round()),
        days => format!("{} years", days / 365),
    };
    if days > 0 { format!("in {count}") } else { format!("{count} ago") }
}

/// The time of day at a place: '14:05'.
pub fn clock(at: Timestamp, offset_minutes: i16) -> String {
    let there = at.at_offset(offset_minutes);
    format!("{:02}:{:02}", there.hour(), there.minute())
}

/// Day and time at a place: 'today 14:05', 'Tue 5 May 14:05'.
pub fn moment(at: Timestamp, offset_minutes: i16, today: NaiveDate) -> String {
    format!("{} {}", day(at.date_at(offset_minutes), today), clock(at, offset_minutes))
}

/// How long ago an instant was: 'just now', '5 minutes ago', '3 hours ago', then [`distance`] in days of 24 hours.
pub fn ago(at: Timestamp, now: Timestamp) -> String {
    match (now.0 - at.0) / 60_000 {
        ..1 => "just now".to_owned(),
        1 => "a minute ago".to_owned(),
        minutes @ 2..60 => format!("{minutes} minutes ago"),
        minutes @ 60..120 => format!("{} hour ago", minutes / 60),
        minutes @ 120..1440 => format!("{} hours ago", minutes / 60),
        _ => distance(at.date_at(0), now.date_at(0)),
    }
}

/// The first letter made large: for words that open a line.
pub fn capitalised(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    #[test]
    fn days_are_said_as_people_say_them() {
        let today = on("2026-05-05");
        for (then, near, far) in [
            ("2026-05-05", "today", "today"),
            ("2026-05-06", "tomorrow", "tomorrow"),
            ("2026-05-04", "yesterday", "yesterday"),
            ("2026-05-08", "Fri 8 May", "in 3 days"),
            ("2026-04-03", "Fri 3 Apr", "4 weeks ago"),
            ("2026-02-01", "Sun 1 Feb", "3 months ago"),
            ("2025-12-31", "Wed 31 Dec 2025", "4 months ago"),
            ("2023-05-05", "Fri 5 May 2023", "3 years ago"),
        ] {
            assert_eq!((day(on(then), today).as_str(), distance(on(then), today).as_str()), (near, far));
        }
    }

    #[test]
    fn an_instant_is_read_on_the_clock_of_its_place() {
        let at = Timestamp(1_780_000_000_000); // 2026-05-28T20:26:40Z
        assert_eq!(clock(at, 120), "22:26");
        assert_eq!(moment(at, 240, on("2026-05-28")), "tomorrow 00:26");
    }

    #[test]
    fn what_just_happened_is_told_in_minutes_and_hours() {
        let now = Timestamp(1_780_000_000_000);
        let words = [0, 1, 5, 60, 179, 2 * 1440].map(|minutes| ago(now.plus_millis(-minutes * 60_000), now));
        assert_eq!(words, ["just now", "a minute ago", "5 minutes ago", "1 hour ago", "2 hours ago", "2 days ago"]);
    }

    #[test]
    fn the_first_word_of_a_line_is_capitalised() {
        assert_eq!(capitalised("in 3 days"), "In 3 days");
        assert_eq!(capitalised(""), "");
    }
}
