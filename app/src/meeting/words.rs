//! Meetings and touches in words.

use super::{Channel, MeetingStatus, TouchKind};
use crate::{
    survey::{Ask, WhyNot},
    time::words,
};
use chrono::NaiveDate;

/// Where a meeting stands.
pub fn status_words(status: MeetingStatus) -> &'static str {
    match status {
        MeetingStatus::Planned => "Planned",
        MeetingStatus::Held => "Held",
        MeetingStatus::Cancelled => "Called off",
        MeetingStatus::NoShow => "Nobody came",
    }
}

/// How people met.
pub fn channel_words(channel: Channel) -> &'static str {
    match channel {
        Channel::InPerson => "In person",
        Channel::Video => "Video",
        Channel::Phone => "Phone",
    }
}

/// What a touch was.
pub fn touch_words(kind: TouchKind) -> &'static str {
    match kind {
        TouchKind::Call => "Call",
        TouchKind::Message => "Message",
        TouchKind::DropIn => "Drop-in",
    }
}

/// How long: '1 h 30 min'.
pub fn length_words(minutes: u16) -> String {
    match (minutes / 60, minutes % 60) {
        (0, minutes) => format!("{minutes} min"),
        (hours, 0) => format!("{hours} h"),
        (hours, minutes) => format!("{hours} h {minutes} min"),
    }
}

/// Whether somebody may be asked: 'Ask today', 'Not today, asked 3 May'.
pub fn ask_words(ask: Ask, offset_minutes: i16, today: NaiveDate) -> String {
    match ask {
        Ask::Today => "Ask today".to_owned(),
        Ask::NotToday(WhyNot::AskedAt(at)) => format!("Not today, asked {}", words::day(at.date_at(offset_minutes), today)),
        Ask::NotToday(WhyNot::OftenThisYear) => "Not today, asked often enough this year".to_owned(),
        Ask::NotToday(WhyNot::RepAskedEnough) => "Not today, you have asked enough people today".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::Timestamp;

    #[test]
    fn a_length_is_said_in_hours_and_minutes() {
        assert_eq!([15, 60, 90].map(length_words), ["15 min", "1 h", "1 h 30 min"]);
    }

    #[test]
    fn why_somebody_is_not_asked_is_said_with_the_day() {
        let today = "2026-05-20".parse().expect("a date");
        let asked = Timestamp(1_777_800_000_000); // 2026-05-03
        assert_eq!(ask_words(Ask::NotToday(WhyNot::AskedAt(asked)), 0, today), "Not today, asked Sun 3 May");
        assert_eq!(ask_words(Ask::Today, 0, today), "Ask today");
    }
}
