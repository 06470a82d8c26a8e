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

    /// Itself once its author wrote `new` where it looked as the author `saw` it. Only what differs from that is taken over: what another
    /// of the author's devices changed meanwhile stays so, above all whether managers may read it. A text that both changed holds both,
    /// the later first, for its author to make one of.
    ///
    /// Older phones do not tell what they saw. What they send replaces the rest, but shows to nobody who may not read it already.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] naming a text that is too long to hold both.
    pub fn rewritten(&self, new: &Self, saw: Option<&Self>) -> Result<Self, Refusal> {
        let Some(saw) = saw else { return Ok(Self { shared: self.shared && new.shared, ..new.clone() }) };
        let after = Self {
            id: self.id,
            author: self.author,
            meeting: taken_over(self.meeting, new.meeting, saw.meeting),
            written_at: taken_over(self.written_at, new.written_at, saw.written_at),
            what_happened: with_both(&self.what_happened, &new.what_happened, &saw.what_happened),
            so_what: with_both(&self.so_what, &new.so_what, &saw.so_what),
            now_what: with_both(&self.now_what, &new.now_what, &saw.now_what),
            energy: taken_over(self.energy, new.energy, saw.energy),
            confidence: taken_over(self.confidence, new.confidence, saw.confidence),
            mood: taken_over(self.mood, new.mood, saw.mood),
            shared: taken_over(self.shared, new.shared, saw.shared),
        };
        after.check()?;
        Ok(after)
    }
}

/// What a field becomes that holds `held` when its author, who saw `saw`, says `new`.
fn taken_over<T: PartialEq>(held: T, new: T, saw: T) -> T {
    if new == saw { held } else { new }
}

/// The same of a text, of which nothing that its author has not seen gives way. Texts that met stand one below the other; said once
/// more, each stands there once.
fn with_both(held: &str, new: &str, saw: &str) -> String {
    const BETWEEN: &str = "\n\n";
    let framed = |text: &str| [BETWEEN, text, BETWEEN].concat();
    let holds = |part: &str| framed(held).contains(&framed(part));
    if new == saw {
        return held.to_owned();
    }
    if held == saw || held.is_empty() {
        return new.to_owned();
    }
    if new.is_empty() || holds(new) {
        return held.to_owned();
    }
    if saw.is_empty() || !holds(saw) {
        return [new, BETWEEN, held].concat();
    }
    // What was seen met something else already, and stands beside that.
    let whole = framed(held).replacen(&framed(saw), &framed(new), 1);
    let inner = whole.strip_prefix(BETWEEN).unwrap_or(&whole);
    inner.strip_suffix(BETWEEN).unwrap_or(inner).to_owned()
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
    use crate::sync::sample::a_reflection;
    use proptest::prelude::*;
    use uuid::Uuid;

    #[test]
    fn a_change_takes_over_what_its_author_changed_and_nothing_else() {
        let seen = Reflection { shared: true, mood: Some(3), so_what: "Hurry".into(), ..a_reflection(1, "We tlaked", Timestamp(1)) };
        let mended = Reflection { what_happened: "We talked".into(), energy: Some(4), ..seen.clone() };
        // On another of its author's devices.
        let meanwhile = Reflection { shared: false, mood: None, so_what: String::new(), now_what: "Call".into(), ..seen.clone() };
        let after = meanwhile.rewritten(&mended, Some(&seen)).expect("it can be kept");
        assert_eq!(after, Reflection { what_happened: "We talked".into(), energy: Some(4), ..meanwhile });
        let shown = Reflection { shared: true, ..after.clone() };
        assert_eq!(after.rewritten(&shown, Some(&after)), Ok(shown), "whoever saw it private may share it");
    }

    #[test]
    fn what_an_older_phone_sends_replaces_the_words_and_shows_them_to_nobody_else() {
        for (there, sent, shared) in [(true, true, true), (true, false, false), (false, true, false), (false, false, false)] {
            let before = Reflection { shared: there, ..a_reflection(1, "We tlaked", Timestamp(1)) };
            let new = Reflection { what_happened: "We talked".into(), shared: sent, ..before.clone() };
            assert_eq!(before.rewritten(&new, None), Ok(Reflection { shared, ..new }), "{there} {sent}");
        }
    }

    #[test]
    fn a_text_that_was_changed_on_two_devices_holds_both() {
        for (held, new, saw, after) in [
            ("Seen", "New", "Seen", "New"),
            ("Held", "Seen", "Seen", "Held"),
            ("", "Seen", "Seen", ""),
            ("", "New", "Seen", "New"),
            ("Held", "", "Seen", "Held"),
            ("Held", "New", "Seen", "New\n\nHeld"),
            ("Held", "New", "", "New\n\nHeld"),
            ("Seen\n\nHeld", "New", "Seen", "New\n\nHeld"),
            ("Held\n\nSeen", "New", "Seen", "Held\n\nNew"),
            ("New\n\nHeld", "New", "Seen", "New\n\nHeld"),
            ("Seen\n\nMore", "Seen", "Seen\n\nMore", "Seen"),
            ("Seen more", "New", "Seen", "New\n\nSeen more"),
        ] {
            assert_eq!(with_both(held, new, saw), after, "{new:?} over {held:?}, having seen {saw:?}");
        }
    }

    #[test]
    fn two_texts_that_have_no_room_together_are_not_made_one() {
        let seen = a_reflection(1, "", Timestamp(1));
        let long = |letter: &str| Reflection { what_happened: letter.repeat(text::NOTE_MAX), ..seen.clone() };
        assert!(matches!(long("a").rewritten(&long("b"), Some(&seen)), Err(Refusal::Invalid { .. })));
    }

    proptest! {
        #[test]
        fn nothing_that_was_written_on_the_same_text_is_lost_and_said_once_more_it_changes_nothing(
            saw in "[xyz]{0,2}", texts in prop::collection::vec("[a-f]{1,3}(\n\n[a-f]{1,3})?", 1..6)
        ) {
            let mut held = saw.clone();
            for new in &texts {
                held = with_both(&held, new, &saw);
                prop_assert_eq!(&with_both(&held, new, &saw), &held);
            }
            for wrote in &texts {
                prop_assert!(format!("\n\n{held}\n\n").contains(&format!("\n\n{wrote}\n\n")), "{wrote:?} is in {held:?}");
            }
        }
    }

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
