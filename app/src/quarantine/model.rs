//! What is kept of a refused mutation, what an administrator may do about it, and what was decided.

mod correction;

pub use correction::{Correction, correctable};

use crate::{
    id::{MemberId, MutationId},
    photo::PhotoData,
    sync::{Refusal, protocol::Mutation},
    text::{LINE_MAX, check_required},
    time::Timestamp,
};
use serde::{Deserialize, Serialize};

/// What an administrator decided about a refused mutation; final. The phones of its author hold it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settlement {
    /// About which mutation.
    pub id: MutationId,
    /// Who had made it.
    pub member: MemberId,
    /// Who decided.
    pub by: MemberId,
    /// When, by the server's clock.
    pub at: Timestamp,
    /// What.
    pub ending: Ending,
}

/// How a refused mutation ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ending {
    /// It was applied after all.
    Applied {
        /// What was corrected in it before.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        corrected: Option<Correction>,
    },
    /// It never will be applied.
    Discarded {
        /// Why, for its author to read.
        reason: String,
    },
}

/// A refused mutation in the administrator's list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuarantineLine {
    /// Which.
    pub id: MutationId,
    /// Who made it.
    pub member: MemberId,
    /// What it is, in words: 'Meeting with Kestrel Foods'.
    pub title: String,
    /// Why it was refused.
    pub refusal: Refusal,
    /// When it came.
    pub received_at: Timestamp,
    /// What was decided, once it was.
    pub settlement: Option<Settlement>,
}

/// A refused mutation, opened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quarantined {
    /// What the list says of it.
    pub line: QuarantineLine,
    /// Its whole text, each field by name.
    pub text: QuarantinedText,
    /// What the photo shows, where it attaches one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub photo: Option<PhotoData>,
    /// The one field that the refusal is about, as it is, where a person can mend it by typing.
    pub correctable: Option<Correction>,
    /// Whether whoever asks may discard it.
    pub may_discard: bool,
}

/// What an administrator may read of a refused mutation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum QuarantinedText {
    /// Every field with something in it: its name in words, and what it holds.
    Whole(Vec<(String, String)>),
    /// A customer's answers: nobody reads them before they count.
    Sealed,
    /// It reaches nobody but its author.
    Private,
    /// This server cannot read it, so that nobody knows whom it is for.
    Unreadable,
}

/// Who may read a refused mutation as it stands; absent where this server cannot read it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Readership {
    /// Administrators.
    Administrators,
    /// Its author alone.
    Author,
    /// Nobody: a customer's answers.
    Nobody,
}

/// Who may read `mutation` in quarantine. Reflections, actions and what is put off reach no administrator when they are saved, so they do not when
/// they are not.
pub fn readership(mutation: &Mutation) -> Readership {
    match mutation {
        Mutation::SubmitSealed { .. } => Readership::Nobody,
        Mutation::WriteReflection { .. } | Mutation::TakeAction { .. } | Mutation::Snooze { .. } | Mutation::Wake { .. } => {
            Readership::Author
        }
        _ => Readership::Administrators,
    }
}

/// Whether `by` may discard what `author` made, for `reason`.
///
/// # Errors
/// [`Refusal`]: customers' answers are not discarded by the one that they may be about, and whoever reads the decision is owed a reason.
pub fn check_discard(mutation: Option<&Mutation>, author: MemberId, by: MemberId, reason: &str) -> Result<(), Refusal> {
    if !may_discard(mutation, author, by) {
        return Err(Refusal::NotYours);
    }
    check_required("reason", reason, LINE_MAX)
}

/// Whether `by` may discard what `author` made.
pub fn may_discard(mutation: Option<&Mutation>, author: MemberId, by: MemberId) -> bool {
    // What cannot be read may be answers.
    author != by || mutation.is_some_and(|mutation| readership(mutation) != Readership::Nobody)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        id::{InvitationId, RatingId, SealingKeyId},
        survey::Sealed,
        sync::sample::customer,
    };
    use uuid::Uuid;

    const REP: MemberId = MemberId(Uuid::from_u128(1));
    const ADA: MemberId = MemberId(Uuid::from_u128(2));

    fn answers() -> Mutation {
        Mutation::SubmitSealed {
            id: RatingId(Uuid::nil()),
            invitation: InvitationId(Uuid::nil()),
            given_at: Timestamp(0),
            sealed: Sealed { key: SealingKeyId(Uuid::nil()), ciphertext: "secret".to_owned() },
        }
    }

    #[test]
    fn answers_are_discarded_by_nobody_whom_they_may_be_about() {
        let words = customer(1);
        for (mutation, by, may) in [
            (Some(&words), REP, true),
            (Some(&words), ADA, true),
            (Some(&answers()), ADA, true),
            (Some(&answers()), REP, false),
            (None, ADA, true),
            (None, REP, false),
        ] {
            assert_eq!(check_discard(mutation, REP, by, "entered twice").is_ok(), may, "{mutation:?} by {by}");
        }
    }

    #[test]
    fn a_decision_against_somebody_says_why() {
        let refused = check_discard(Some(&customer(1)), REP, ADA, " ");
        assert_eq!(refused, Err(Refusal::invalid("reason", "fill this in")));
    }

    /// As wire 4 sends them; never changed.
    const APPLIED: &str = r#"{"id":"01a205ab-6c2e-7434-b518-ba6501245526","member":"01a205ab-6c2e-7434-b518-ba6501245527","by":"01a205ab-6c2e-7434-b518-ba6501245528","at":1780000000000,"ending":{"applied":{"corrected":{"field":"name","value":"Kestrel"}}}}"#;
    const DISCARDED: &str = r#"{"id":"01a205ab-6c2e-7434-b518-ba6501245526","member":"01a205ab-6c2e-7434-b518-ba6501245527","by":"01a205ab-6c2e-7434-b518-ba6501245528","at":1780000000000,"ending":{"discarded":{"reason":"Entered twice"}}}"#;

    #[test]
    fn decisions_of_the_first_release_that_has_them_are_still_read() {
        for sent in [APPLIED, DISCARDED] {
            let read: Settlement = serde_json::from_str(sent).expect("a decision that was released is read");
            assert_eq!(serde_json::to_string(&read).expect("JSON"), sent);
        }
    }
}
