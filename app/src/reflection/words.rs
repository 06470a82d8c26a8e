//! How it was, in words.

use super::{ActionState, Moved, RATINGS_TO_TELL, Tap, Tapped};
use crate::{meeting::MeetingFormat, score::words::signed, survey::Component, time::words::short_date};
use chrono::NaiveDate;

/// Energy from 1 to 5.
pub const ENERGY: [&str; 5] = ["Drained", "Low", "Even", "Good", "Full"];
/// Confidence from 1 to 5.
pub const CONFIDENCE: [&str; 5] = ["Lost", "Unsure", "Even", "Sure", "Very sure"];
/// Mood from 1 to 5.
pub const MOOD: [&str; 5] = ["Bad", "Low", "Even", "Good", "Great"];

/// The word for a tap on one of the scales above.
pub fn tap_words(scale: [&'static str; 5], tap: u8) -> &'static str {
    usize::from(tap).checked_sub(1).and_then(|position| scale.get(position)).copied().unwrap_or("Not told")
}

/// Where an action stands.
pub fn action_state_words(state: ActionState) -> &'static str {
    match state {
        ActionState::Open => "To do",
        ActionState::Done => "Done",
        ActionState::Dropped => "Let go",
    }
}

/// Where an action comes back and what it is meant to move: 'For Discovery meetings, to move Listening'.
pub fn action_aim(format: Option<MeetingFormat>, component: Option<Component>) -> Option<String> {
    let format = format.map(|format| format!("for {} meetings", format.label()));
    let component = component.map(|component| format!("to move {}", component.label()));
    let aim: Vec<String> = format.into_iter().chain(component).collect();
    (!aim.is_empty()).then(|| crate::time::words::capitalised(&aim.join(", ")))
}

/// What a tap is about.
pub fn tapped_words(tapped: Tapped) -> &'static str {
    match tapped {
        Tapped::Energy => "Energy",
        Tapped::Confidence => "Confidence",
        Tapped::Mood => "Mood",
    }
}

/// The five words of its scale, from the lowest.
pub fn tap_scale(tapped: Tapped) -> [&'static str; 5] {
    match tapped {
        Tapped::Energy => ENERGY,
        Tapped::Confidence => CONFIDENCE,
        Tapped::Mood => MOOD,
    }
}

/// A course for those who do not see it; `taps` are what is drawn, oldest first.
pub fn course_words(tapped: Tapped, taps: &[Tap], today: NaiveDate, offset_minutes: i16) -> String {
    let (Some(first), Some(last)) = (taps.first(), taps.last()) else { return String::new() };
    let on = |tap: &Tap| short_date(tap.at.date_at(offset_minutes), today);
    let word = |value: u8| tap_words(tap_scale(tapped), value);
    let values = || taps.iter().map(|tap| tap.value);
    let (lowest, highest) = (values().min().unwrap_or_default(), values().max().unwrap_or_default());
    format!(
        "{}, {} times from {} to {}: at first {}, at last {}. Lowest {}, highest {}.",
        tapped_words(tapped),
        taps.len(),
        on(first),
        on(last),
        word(first.value),
        word(last.value),
        word(lowest),
        word(highest)
    )
}

/// Whether `component` moved since the action was taken; 'no clear change' is the usual answer, and said so.
pub fn moved_words(component: Component, moved: &Moved) -> String {
    let name = component.label();
    let (change, ratings) = match moved {
        Moved::TooEarly(0) => return format!("Did {name} move? Told after {RATINGS_TO_TELL} later ratings; none yet."),
        Moved::TooEarly(ratings) => return format!("Did {name} move? Told after {RATINGS_TO_TELL} later ratings; {ratings} so far."),
        Moved::Told(change, ratings) => (change, ratings),
    };
    let (low, high) = (change.low.floor() as i32, change.high.ceil() as i32);
    let interval = format!("likely {} to {} points, from {ratings} later ratings", signed(low), signed(high));
    match change.is_clear() {
        false => format!("No clear change in {name}: {interval}. That is the usual answer."),
        true if change.by > 0.0 => format!("{name} moved up: {interval}."),
        true => format!("{name} moved down: {interval}."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        score::ScoreChange,
        sync::sample::{noon, on},
    };

    #[test]
    fn a_course_is_told_by_its_ends_and_extremes() {
        let taps = [("2026-05-01", 3), ("2026-05-06", 1), ("2026-05-11", 5)].map(|(date, value)| Tap { at: noon(date), value });
        assert_eq!(
            course_words(Tapped::Energy, &taps, on("2026-05-12"), 0),
            "Energy, 3 times from 1 May to 11 May: at first Even, at last Full. Lowest Drained, highest Full."
        );
        assert_eq!(course_words(Tapped::Mood, &[], on("2026-05-12"), 0), "");
    }

    #[test]
    fn no_clear_change_is_said_plainly() {
        let told = |by, low, high| Moved::Told(ScoreChange { by, low, high }, 4);
        for (moved, words) in [
            (Moved::TooEarly(0), "Did Trust move? Told after 3 later ratings; none yet."),
            (Moved::TooEarly(2), "Did Trust move? Told after 3 later ratings; 2 so far."),
            (told(3.0, -8.2, 14.1), "No clear change in Trust: likely −9 to +15 points, from 4 later ratings. That is the usual answer."),
            (told(12.0, 2.4, 21.6), "Trust moved up: likely +2 to +22 points, from 4 later ratings."),
            (told(-12.0, -21.6, -2.4), "Trust moved down: likely −22 to −2 points, from 4 later ratings."),
        ] {
            assert_eq!(moved_words(Component::Trust, &moved), words);
        }
    }

    #[test]
    fn a_tap_is_said_in_a_word() {
        assert_eq!([0, 1, 5, 6].map(|tap| tap_words(MOOD, tap)), ["Not told", "Bad", "Great", "Not told"]);
    }

    #[test]
    fn an_action_says_where_it_comes_back_and_why() {
        let (format, component) = (Some(MeetingFormat::Discovery), Some(Component::Listening));
        assert_eq!(action_aim(format, component).as_deref(), Some("For Discovery meetings, to move Listening"));
        assert_eq!(action_aim(None, component).as_deref(), Some("To move Listening"));
        assert_eq!(action_aim(None, None), None);
    }
}
