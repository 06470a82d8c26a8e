//! How it was, in words.

use super::ActionState;
use crate::{meeting::MeetingFormat, survey::Component};

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

#[cfg(test)]
mod tests {
    use super::*;

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
