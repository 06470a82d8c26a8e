use super::Exclusion;
use crate::{
    id::{ContactId, CustomerId, InvitationId, MeetingId, MemberId, PromiseId, RatingId, SealingKeyId},
    organisation::Rules,
    sync::Refusal,
    text,
    time::Timestamp,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What a customer rates: one component per step of the staircase.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Component {
    /// Active listening.
    Listening,
    /// Empathy.
    Understanding,
    /// Rapport.
    Trust,
    /// Influence.
    Value,
    /// Behavioural change.
    Progress,
}

impl Component {
    /// All components, from the first step to the last.
    pub const ALL: [Self; 5] = [Self::Listening, Self::Understanding, Self::Trust, Self::Value, Self::Progress];

    /// As people read it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Listening => "Listening",
            Self::Understanding => "Understanding",
            Self::Trust => "Trust",
            Self::Value => "Value",
            Self::Progress => "Progress",
        }
    }

    /// As forms and files write it.
    pub fn key(self) -> &'static str {
        match self {
            Self::Listening => "listening",
            Self::Understanding => "understanding",
            Self::Trust => "trust",
            Self::Value => "value",
            Self::Progress => "progress",
        }
    }
}

/// How an answer comes in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Way {
    /// By link or QR code on the customer's own device.
    Link,
    /// On the rep's device, handed over.
    Handover,
}

/// What became of a request, as far as the rep may know: asked, never whether it was answered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InvitationState {
    /// Asked.
    #[default]
    Asked,
    /// The customer said 'not now'.
    NotNow,
    /// The device was taken back before the answers were sent.
    Abandoned,
}

/// One contact asked to rate one meeting.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Invitation {
    /// Its id.
    pub id: InvitationId,
    /// To rate which meeting.
    pub meeting: MeetingId,
    /// Of which customer.
    pub customer: CustomerId,
    /// Who is asked; absent where the meeting was logged without a contact.
    pub contact: Option<ContactId>,
    /// Who is rated.
    pub rep: MemberId,
    /// How.
    pub way: Way,
    /// When.
    pub asked_at: Timestamp,
    /// What became of it.
    #[serde(default)]
    pub state: InvitationState,
}

/// How the customer says that a promise went.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PromiseAnswer {
    /// Kept.
    Kept,
    /// Kept, but late.
    Late,
    /// Changed in agreement.
    Changed,
    /// Not kept.
    NotKept,
}

impl PromiseAnswer {
    /// All answers, from the best.
    pub const ALL: [Self; 4] = [Self::Kept, Self::Late, Self::Changed, Self::NotKept];

    /// As forms write it.
    pub fn key(self) -> &'static str {
        match self {
            Self::Kept => "kept",
            Self::Late => "late",
            Self::Changed => "changed",
            Self::NotKept => "not_kept",
        }
    }
}

/// Who may contact the customer about the answers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FollowUp {
    /// Nobody.
    #[default]
    No,
    /// The rep.
    Rep,
    /// Somebody else, which means the rep's manager.
    SomeoneElse,
}

impl FollowUp {
    /// All choices.
    pub const ALL: [Self; 3] = [Self::No, Self::Rep, Self::SomeoneElse];

    /// As forms write it.
    pub fn key(self) -> &'static str {
        match self {
            Self::No => "no",
            Self::Rep => "rep",
            Self::SomeoneElse => "someone_else",
        }
    }
}

/// The top of the component scale; it starts at 1.
pub const POINT_MAX: u8 = 5;
/// The top of the scale for recommending; it starts at 0.
pub const RECOMMEND_MAX: u8 = 10;
/// The most promises that one survey asks about.
pub const PROMISES_ASKED_MAX: usize = 2;

/// What a customer answers. Everything may be left out; what is left out or 'can't say' is absent.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Answers {
    /// Per component, 1 'not at all' to 5 'completely'.
    pub components: BTreeMap<Component, u8>,
    /// Likelihood to recommend the organisation, 0 to 10.
    pub recommend: Option<u8>,
    /// Per promise that fell due.
    pub promises: BTreeMap<PromiseId, PromiseAnswer>,
    /// In the customer's own words.
    pub comment: String,
    /// Who may contact the customer.
    pub follow_up: FollowUp,
    /// Whether the rep must not learn who answered.
    pub hide_name: bool,
}

impl Answers {
    /// Whether they can be kept: on the scales, and not all of it empty. Hiding one's name says nothing by itself; asking to be contacted does.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] naming the field.
    pub fn check(&self) -> Result<(), Refusal> {
        if self.components.values().any(|point| !(1..=POINT_MAX).contains(point)) {
            return Err(Refusal::invalid("components", "choose one of the five points"));
        }
        if self.recommend.is_some_and(|points| points > RECOMMEND_MAX) {
            return Err(Refusal::invalid("recommend", "choose a number from 0 to 10"));
        }
        if self.promises.len() > PROMISES_ASKED_MAX {
            return Err(Refusal::invalid("promises", "answer the promises that were asked about"));
        }
        text::check("comment", &self.comment, text::NOTE_MAX)?;
        let judged = !self.components.is_empty() || self.recommend.is_some() || !self.promises.is_empty();
        if !judged && self.comment.trim().is_empty() && self.follow_up == FollowUp::No {
            return Err(Refusal::invalid("components", "answer at least one question"));
        }
        Ok(())
    }

    /// The same where the wish to stay unknown to the rep goes before the wish to be contacted by the rep.
    pub fn consistent(self) -> Self {
        let follow_up = if self.hide_name && self.follow_up == FollowUp::Rep { FollowUp::SomeoneElse } else { self.follow_up };
        Self { follow_up, ..self }
    }

    /// Whether somebody should hear of it: a component or the recommendation at or below the organisation's bars.
    pub fn is_unhappy(&self, rules: &Rules) -> bool {
        self.components.values().any(|point| *point <= rules.unhappy_component)
            || self.recommend.is_some_and(|points| points <= rules.unhappy_recommend)
    }
}

/// Answers that arrived, as those who may see them see them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Rating {
    /// Its id.
    pub id: RatingId,
    /// Of which meeting.
    pub meeting: MeetingId,
    /// By which customer.
    pub customer: CustomerId,
    /// By whom there; absent where the meeting was logged without a contact.
    pub contact: Option<ContactId>,
    /// Who is rated.
    pub rep: MemberId,
    /// How it came in.
    pub way: Way,
    /// When it was submitted.
    pub given_at: Timestamp,
    /// The answers that count.
    pub answers: Answers,
    /// The answers before a correction that came after release.
    #[serde(default)]
    pub first_answers: Option<Answers>,
    /// What the rep adds for those who read it.
    #[serde(default)]
    pub context: String,
    /// Every time it was left out of the score, the last one at the end.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub exclusions: Vec<Exclusion>,
}

impl Rating {
    /// The answers that scores rest on. Those of somebody who hides the name are the ones that first reached anybody: what a later correction
    /// did to a score would tell the rep what that one person said.
    pub fn counted_answers(&self) -> &Answers {
        self.first_answers.as_ref().filter(|_| self.answers.hide_name).unwrap_or(&self.answers)
    }

    /// Whether the name was hidden only after the rep could read it.
    pub fn is_hidden_late(&self) -> bool {
        self.answers.hide_name && self.first_answers.as_ref().is_some_and(|first| !first.hide_name)
    }
}

/// The key that answers are sealed to on a handed-over device; its private half never leaves the server.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SealingKey {
    /// Its id.
    pub id: SealingKeyId,
    /// The X25519 public key, 64 lower-case hexadecimal digits.
    pub public: String,
}

/// [`Answers`] as JSON in an anonymous sealed box (X25519, XSalsa20-Poly1305), readable by the server only.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sealed {
    /// Sealed to which key.
    pub key: SealingKeyId,
    /// Lower-case hexadecimal.
    pub ciphertext: String,
}

/// The longest sealed box taken, bytes: twice what full answers need.
pub const SEALED_BYTES_MAX: usize = 48 * 1024;

/// A single-use right to rate, held in stock by a phone so that a QR code works without network.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StockToken {
    /// What the link carries: the organisation's code, a hyphen, 128 random bits in Crockford base 32.
    pub token: String,
    /// What names it in a mutation and at rest: SHA-256 of `token`, lower-case hexadecimal.
    pub hash: TokenHash,
}

/// SHA-256 of a link's token, 64 lower-case hexadecimal digits.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TokenHash(pub String);

impl TokenHash {
    /// Whether it can be a SHA-256.
    ///
    /// # Errors
    /// [`Refusal::Invalid`].
    pub fn check(&self) -> Result<(), Refusal> {
        let hexadecimal = self.0.len() == 64 && self.0.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
        if hexadecimal { Ok(()) } else { Err(Refusal::invalid("token", "not a token of ours")) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sync::sample::a_rating;
    use uuid::Uuid;

    #[test]
    fn whatever_says_something_to_somebody_can_be_kept() {
        let nothing = Answers::default;
        for (answers, kept) in [
            (nothing(), false),
            (Answers { hide_name: true, ..nothing() }, false),
            (Answers { comment: " \n".into(), ..nothing() }, false),
            (Answers { comment: "Thank you".into(), ..nothing() }, true),
            (Answers { follow_up: FollowUp::Rep, ..nothing() }, true),
            (Answers { follow_up: FollowUp::SomeoneElse, hide_name: true, ..nothing() }, true),
            (Answers { recommend: Some(0), ..nothing() }, true),
            (Answers { recommend: Some(RECOMMEND_MAX + 1), ..nothing() }, false),
            (Answers { follow_up: FollowUp::Rep, components: [(Component::Trust, POINT_MAX + 1)].into(), ..nothing() }, false),
        ] {
            assert_eq!(answers.check().is_ok(), kept, "{answers:?}");
        }
    }

    #[test]
    fn what_is_corrected_counts_unless_the_name_is_hidden() {
        let answers = |point, hide_name| Answers { components: [(Component::Trust, point)].into(), hide_name, ..Answers::default() };
        for (first, now, counted, why) in [
            (None, answers(4, true), 4, "hidden from the start"),
            (Some(answers(2, false)), answers(4, false), 4, "corrected"),
            (Some(answers(2, true)), answers(4, true), 2, "corrected behind a hidden name"),
            (Some(answers(2, false)), answers(4, true), 2, "hidden late"),
            (Some(answers(2, true)), answers(4, false), 4, "shown in time"),
        ] {
            let rating = Rating { first_answers: first, answers: now, ..a_rating(1, MemberId(Uuid::nil()), Timestamp(0)) };
            assert_eq!(rating.counted_answers().components[&Component::Trust], counted, "{why}");
        }
    }
}
