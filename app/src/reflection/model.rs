use crate::{
    id::{ActionId, ContactId, CustomerId, MeetingId, MemberId, ReflectionId},
    meeting::MeetingFormat,
    score::Estimate,
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
    /// What its component was estimated at when it was taken; absent where nobody had rated it. Since wire 5.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start: Option<Start>,
    /// Where it stands.
    #[serde(default)]
    pub state: ActionState,
}

/// From where a component is to move: the author's estimate when the action was taken, not the rating that gave rise to it. A low rating
/// is followed by better ones even if nothing changes, the estimate is not.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Start {
    /// When the action was taken; what is rated from then on counts.
    pub at: Timestamp,
    /// The estimate, 0 to 100.
    pub value: f64,
    /// Lower end of its 95 % interval.
    pub low: f64,
    /// Upper end of its 95 % interval.
    pub high: f64,
}

impl Start {
    /// What `estimate` says at `at`.
    pub fn of(at: Timestamp, estimate: &Estimate) -> Self {
        Self { at, value: estimate.value, low: estimate.low, high: estimate.high }
    }

    /// Whether it lies on the scale, inside its interval.
    fn check(&self) -> Result<(), Refusal> {
        self.at.check("start")?;
        let ends = [0.0, self.low, self.value, self.high, 100.0];
        if ends.is_sorted() { Ok(()) } else { Err(Refusal::invalid("start", "an estimate lies between 0 and 100")) }
    }
}

impl Action {
    /// Whether it says what to do, and from where.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] naming the field.
    pub fn check(&self) -> Result<(), Refusal> {
        text::check_required("what", &self.what, text::LINE_MAX)?;
        self.start.as_ref().map_or(Ok(()), Start::check)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn an_action_starts_from_an_estimate_on_the_scale() {
        let action = |start| Action {
            id: ActionId(Uuid::nil()),
            author: MemberId(Uuid::nil()),
            reflection: None,
            customer: None,
            contact: None,
            format: None,
            what: "Ask before I tell".into(),
            due: NaiveDate::MAX,
            component: Some(Component::Listening),
            start,
            state: ActionState::Open,
        };
        let start = |low, value, high| Some(Start { at: Timestamp(0), value, low, high });
        for (start, may) in [
            (None, true),
            (start(60.0, 70.0, 80.0), true),
            (start(-1.0, 70.0, 80.0), false),
            (start(60.0, 70.0, 101.0), false),
            (start(75.0, 70.0, 80.0), false),
            (start(f64::NAN, 70.0, 80.0), false),
            (Some(Start { at: Timestamp(-1), value: 70.0, low: 60.0, high: 80.0 }), false),
        ] {
            assert_eq!(action(start).check().is_ok(), may, "{start:?}");
        }
    }
}
