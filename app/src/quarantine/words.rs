//! Decisions and what helps, in plain words.

use super::Ending;
use crate::{form::sentence, outbox::in_words, sync::Refusal};

/// What `by` decided.
pub fn settlement_words(by: &str, ending: &Ending) -> String {
    match ending {
        Ending::Applied { corrected: None } => format!("{by} had it saved as it was."),
        Ending::Applied { corrected: Some(correction) } => {
            format!("{by} had it saved with one correction. {} is now: {}", in_words(&correction.field), correction.value)
        }
        Ending::Discarded { reason } => format!("{by} decided not to save it. {}", sentence(reason.trim_end_matches('.'))),
    }
}

/// What an administrator can do first, so that trying again helps.
pub fn what_helps(refusal: &Refusal) -> &'static str {
    match refusal {
        Refusal::Invalid { .. } => "Correct it, then save it.",
        Refusal::NotFound { .. } => "It was removed, or handed over to somebody else. Hand it back to whoever saved this, then try again.",
        Refusal::NotYours => "It belongs to somebody else. Hand it over to whoever saved this, then try again, or discard it.",
        Refusal::AlreadyAsked => "The customer was asked about it as it was. Their manager can change the meeting; then discard this.",
        Refusal::NotDue => {
            "They may not be asked about this meeting as it stands. Where that is wrong, have it corrected, then try again; or discard this."
        }
        Refusal::LeftOut | Refusal::Counts => "It no longer changes anything. Discard it, and say so.",
        Refusal::IdTaken | Refusal::Altered => "Something else is saved in its place. Compare the two, then discard this one.",
        Refusal::Unreadable { .. } => "Update the server, then try again.",
        Refusal::Revoked => "If you trust that its author wrote it, save it. If the device may have been in other hands, ask them first.",
        Refusal::NoRoom => "Make room: raise QDOS_PHOTO_SPACE on the server or have photos removed. Then try again.",
        Refusal::CannotOpen => "The key that it was sealed with is not this organisation’s. Restore the key from a backup, then try again.",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quarantine::Correction;

    #[test]
    fn a_decision_is_told_with_who_made_it_and_what_it_was() {
        let corrected = Some(Correction { field: "length_minutes".into(), value: "60".into() });
        for (ending, words) in [
            (Ending::Applied { corrected: None }, "Ada had it saved as it was."),
            (Ending::Applied { corrected }, "Ada had it saved with one correction. Length minutes is now: 60"),
            (Ending::Discarded { reason: "entered twice".into() }, "Ada decided not to save it. Entered twice."),
            (Ending::Discarded { reason: "Entered twice.".into() }, "Ada decided not to save it. Entered twice."),
        ] {
            assert_eq!(settlement_words("Ada", &ending), words);
        }
    }
}
