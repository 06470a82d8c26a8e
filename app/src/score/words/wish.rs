//! Wishes to be contacted, in words.

use crate::survey::FollowUp;

/// What whoever reads a rating that hides its name from `rep` is to do.
pub fn keep_hidden(rep: &str) -> String {
    format!("The name is hidden from {rep}: please keep it so.")
}

/// Why whoever gets back to somebody who hides the name from `rep` should note no contact.
pub fn note_nothing(rep: &str) -> String {
    format!("A contact that you note shows on {rep}’s phone, too: once you were in touch, put this off instead.")
}

/// What a reader whom a customer waits for is told: the customer `asked` for `rep`, or for somebody else; `own` where the reader is the one
/// rated.
pub fn wish(asked: FollowUp, rep: &str, own: bool) -> Option<String> {
    match (asked, own) {
        (FollowUp::No, _) => None,
        (FollowUp::Rep, true) => Some("Their rating asks that you get in touch.".to_owned()),
        (FollowUp::Rep, false) => Some(format!("Their rating asks that {rep} gets in touch. Now that falls to you.")),
        (FollowUp::SomeoneElse, _) => Some(format!("Their rating asks that somebody other than {rep} gets in touch: you.")),
    }
}
