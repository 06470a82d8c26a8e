use crate::{
    id::{ActionId, ContactId, CustomerId, MeetingId, MemberId, ReflectionId},
    meeting::MeetingFormat,
    survey::Component,
    sync::Refusal,
    text,
    time::Timestamp,
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// What a rep makes of a day or a meeting. Unshared, it reaches nobody but its author.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Reflection {
    /// Its id.
    pub id: ReflectionId,
    /// Whose it is.
    pub author: MemberId,
    /// The meeting that it is about.
    pub meeting: Option<MeetingId>,
    /// When it was written.
    pub written_at: Timestamp,
    /// What happened.
    #[serde(default)]
    pub what_happened: String,
    /// So what.
    #[serde(default)]
    pub so_what: String,
    /// Now what.
    #[serde(default)]
    pub now_what: String,
    /// Energy, 1 (low) to 5 (high), if the author tells.
    #[serde(default)]
    pub energy: Option<u8>,
    /// Confidence, 1 to 5.
    #[serde(default)]
    pub confidence: Option<u8>,
    /// Mood, 1 to 5.
    #[serde(default)]
    pub mood: Option<u8>,
    /// Whether the author's managers may read it.
    #[serde(default)]
    pub shared: bool,
}

impl Reflection {
    /// Whether it says nothing at all.
    pub fn is_blank(&self) -> bool {
        let silent = [&self.what_happened, &self.so_what, &self.now_what].into_iter().all(String::is_empty);
        silent && [self.energy, self.confidence, self.mood].into_iter().all(|tap| tap.is_none())
    }

    /// Whether it can be kept: one line suffices.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] naming the field.
    pub fn check(&self) -> Result<(), Refusal> {
        self.written_at.check("written_at")?;
        for (field, value) in [("what_happened", &self.what_happened), ("so_what", &self.so_what), ("now_what", &self.now_what)] {
            text::check(field, value, text::NOTE_MAX)?;
        }
        if [self.energy, self.confidence, self.mood].into_iter().flatten().any(|tap| !(1..=5).contains(&tap)) {
            return Err(Refusal::invalid("energy", "tap one of five"));
        }
        Ok(())
    }
}

/// Where an action stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ActionState {
    /// To do.
    #[default]
    Open,
    /// Done.
    Done,
    /// Let go.
    Dropped,
}

/// Feed-forward: 'Next time I will ...', with a date and, where it answers a rating, the component that it is meant to move.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Action {
    /// Its id.
    pub id: ActionId,
    /// Who will do it.
    pub author: MemberId,
    /// The reflection it came from.
    pub reflection: Option<ReflectionId>,
    /// With which customer.
    pub customer: Option<CustomerId>,
    /// With whom there.
    pub contact: Option<ContactId>,
    /// In which format it comes back on the preparation card.
    pub format: Option<MeetingFormat>,
    /// What.
    pub what: String,
    /// By when, in the author's time zone.
    pub due: NaiveDate,
    /// What it is meant to move.
    #[serde(default)]
    pub component: Option<Component>,
    /// Where it stands.
    #[serde(default)]
    pub state: ActionState,
}

impl Action {
    /// Whether it says what to do.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] naming the field.
    pub fn check(&self) -> Result<(), Refusal> {
        text::check_required("what", &self.what, text::LINE_MAX)
    }
}
