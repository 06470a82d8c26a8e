//! 'Ask inside': a customer's wish, put to a colleague. Nothing is promised to the customer by it.

use crate::{
    id::{CustomerId, InsideAskId, MemberId},
    sync::Refusal,
    text,
    time::Timestamp,
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// What became of a question to a colleague.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InsideAskState {
    /// Not answered yet.
    #[default]
    Open,
    /// Answered.
    Answered,
    /// The colleague cannot help, and says why.
    Declined,
}

/// A customer's wish, put to a colleague. Since wire 5.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct InsideAsk {
    /// Its id.
    pub id: InsideAskId,
    /// Which customer wishes it.
    pub customer: CustomerId,
    /// Who asks.
    pub from: MemberId,
    /// Who is asked.
    pub to: MemberId,
    /// What the customer wishes.
    pub what: String,
    /// By when an answer is needed, in the asker's time zone.
    pub by: NaiveDate,
    /// When it was asked.
    pub asked_at: Timestamp,
    /// The customer's name when it was asked, for a colleague whose phone does not hold the customer. The server writes it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub customer_name: String,
    /// What became of it.
    #[serde(default)]
    pub state: InsideAskState,
    /// The colleague's words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub answer: String,
}

impl InsideAsk {
    /// Whether it can be asked by `member`.
    ///
    /// # Errors
    /// [`Refusal::NotYours`] where somebody else asks or it is answered already; [`Refusal::Invalid`] naming the field.
    pub fn check(&self, member: MemberId) -> Result<(), Refusal> {
        if self.from != member || self.state != InsideAskState::Open || !self.answer.is_empty() {
            return Err(Refusal::NotYours);
        }
        if self.to == self.from {
            return Err(Refusal::invalid("to", "choose a colleague"));
        }
        self.asked_at.check("asked_at")?;
        text::check_required("what", &self.what, text::NOTE_MAX)
    }

    /// Itself once `by`, who is asked, answered. The last word stands; open again takes it back.
    ///
    /// # Errors
    /// [`Refusal::NotYours`] for anybody else; [`Refusal::Invalid`] where an answer says nothing.
    pub fn answered(&self, by: MemberId, state: InsideAskState, answer: &str) -> Result<Self, Refusal> {
        if by != self.to {
            return Err(Refusal::NotYours);
        }
        match state {
            InsideAskState::Open if answer.is_empty() => {}
            InsideAskState::Open => return Err(Refusal::invalid("text", "an open question has no answer")),
            InsideAskState::Answered | InsideAskState::Declined => text::check_required("text", answer, text::NOTE_MAX)?,
        }
        Ok(Self { state, answer: answer.to_owned(), ..self.clone() })
    }

    /// Whether `member` may take it back: whoever asked, until it is answered.
    pub fn may_take_back(&self, member: MemberId) -> bool {
        member == self.from && self.state == InsideAskState::Open
    }

    /// Whether it is open and its date has passed.
    pub fn is_overdue(&self, today: NaiveDate) -> bool {
        self.state == InsideAskState::Open && self.by < today
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use uuid::Uuid;

    const FROM: MemberId = MemberId(Uuid::from_u128(1));
    const TO: MemberId = MemberId(Uuid::from_u128(2));

    fn ask() -> InsideAsk {
        InsideAsk {
            id: InsideAskId(Uuid::from_u128(9)),
            customer: CustomerId(Uuid::from_u128(8)),
            from: FROM,
            to: TO,
            what: "A pump that runs at night".into(),
            by: "2026-06-10".parse().expect("a date"),
            asked_at: Timestamp(0),
            customer_name: String::new(),
            state: InsideAskState::Open,
            answer: String::new(),
        }
    }

    #[test]
    fn the_colleague_answers_and_nobody_else() {
        use InsideAskState::{Answered, Declined, Open};
        for (by, state, answer, may, why) in [
            (TO, Answered, "From June on", true, "an answer"),
            (TO, Declined, "We stopped making it", true, "a refusal with its reason"),
            (TO, Declined, " ", false, "a refusal without one"),
            (TO, Answered, "", false, "an answer that says nothing"),
            (TO, Open, "", true, "taken back"),
            (TO, Open, "Yes", false, "words without an answer"),
            (FROM, Answered, "From June on", false, "answered by whoever asked"),
        ] {
            assert_eq!(ask().answered(by, state, answer).is_ok(), may, "{why}");
        }
    }

    #[test]
    fn a_question_is_asked_of_somebody_else_and_says_something() {
        assert_eq!(ask().check(FROM), Ok(()));
        for (broken, why) in [
            (InsideAsk { to: FROM, ..ask() }, "of oneself"),
            (InsideAsk { from: TO, ..ask() }, "in another's name"),
            (InsideAsk { what: " ".into(), ..ask() }, "nothing"),
            (InsideAsk { state: InsideAskState::Answered, ..ask() }, "answered from the start"),
            (InsideAsk { answer: "Yes".into(), ..ask() }, "with the answer"),
        ] {
            assert!(broken.check(FROM).is_err(), "{why}");
        }
    }

    #[test]
    fn what_is_answered_is_not_taken_back_by_whoever_asked() {
        let answered = ask().answered(TO, InsideAskState::Answered, "From June on").expect("the colleague may");
        assert_eq!([&ask(), &answered].map(|it| it.may_take_back(FROM)), [true, false]);
        assert!(!ask().may_take_back(TO));
    }

    proptest! {
        #[test]
        fn whatever_is_said_an_open_question_has_no_answer_and_every_other_has_one(
            said in prop::collection::vec((0_u128..4, 0_usize..3, "[a ]{0,2}"), 0..20),
        ) {
            let states = [InsideAskState::Open, InsideAskState::Answered, InsideAskState::Declined];
            let mut it = ask();
            for (by, state, answer) in said {
                let by = MemberId(Uuid::from_u128(by));
                if let Ok(after) = it.answered(by, states[state], &answer) {
                    prop_assert_eq!(by, TO);
                    prop_assert_eq!(&after.answered(by, states[state], &answer), &Ok(after.clone()), "saying it twice changes nothing more");
                    it = after;
                }
                prop_assert_eq!(it.state == InsideAskState::Open, it.answer.trim().is_empty());
                prop_assert_eq!(InsideAsk { state: InsideAskState::Open, answer: String::new(), ..it.clone() }, ask());
            }
        }
    }
}
