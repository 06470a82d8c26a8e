use crate::{
    id::{CustomerId, MemberId, PromiseId, RatingId, RecoveryCaseId},
    sync::Refusal,
    text,
    time::Timestamp,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What a case was opened about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cause {
    /// A rating of somebody who was not happy.
    Rating(RatingId),
    /// A promise that was not kept, as our side sees it.
    NotKept(PromiseId),
    /// A promise that was not kept, as the customer says.
    SaidNotKept(PromiseId),
    /// What the rep noticed, in the case's own words.
    ByHand,
}

/// What is done to make something right, in the order in which it helps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// Saying sorry, for what exactly.
    Apology,
    /// Putting it in order.
    MakingGood,
    /// Something that fits this person and goes beyond what was owed.
    Gesture,
    /// What will be done otherwise from now on.
    Learned,
}

impl Step {
    /// Every step, in order.
    pub const ALL: [Self; 4] = [Self::Apology, Self::MakingGood, Self::Gesture, Self::Learned];

    /// As forms write it.
    pub fn key(self) -> &'static str {
        match self {
            Self::Apology => "apology",
            Self::MakingGood => "making-good",
            Self::Gesture => "gesture",
            Self::Learned => "learned",
        }
    }
}

/// A step as it was done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepTaken {
    /// What was done, in the rep's words.
    pub text: String,
    /// When it was noted.
    pub at: Timestamp,
}

/// Something that is to be made right with a customer. Since wire 5.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RecoveryCase {
    /// Its id: that of its cause where a rule opened it, so that each cause opens one case, however often the rule is asked.
    pub id: RecoveryCaseId,
    /// With which customer.
    pub customer: CustomerId,
    /// Who makes it right.
    pub rep: MemberId,
    /// What it is about.
    pub cause: Cause,
    /// What went wrong, in the rep's words; empty where the cause says it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub what: String,
    /// Since when, by the clock of whoever opened it.
    pub opened_at: Timestamp,
    /// What was done.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub steps: BTreeMap<Step, StepTaken>,
    /// When the rep closed it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closed_at: Option<Timestamp>,
}

impl RecoveryCase {
    /// Whether `member` can open it by hand.
    ///
    /// # Errors
    /// [`Refusal::NotYours`] where it is another's, or not as it is when it opens; [`Refusal::Invalid`] naming the field.
    pub fn check(&self, member: MemberId) -> Result<(), Refusal> {
        if self.rep != member || self.cause != Cause::ByHand || !self.is_untouched() {
            return Err(Refusal::NotYours);
        }
        self.opened_at.check("opened_at")?;
        text::check_required("what", &self.what, text::LINE_MAX)
    }

    /// Whether it is still to be made right.
    pub fn is_open(&self) -> bool {
        self.closed_at.is_none()
    }

    /// Whether nothing was done about it yet.
    pub fn is_untouched(&self) -> bool {
        self.is_open() && self.steps.is_empty()
    }

    /// Whether `member` may take it back: whoever opened it by hand, while nothing was done.
    pub fn may_take_back(&self, member: MemberId) -> bool {
        self.rep == member && self.cause == Cause::ByHand && self.is_untouched()
    }

    /// Itself once `by` noted what was done as `step` at `at`; with no words, it was not done. The last words stand.
    ///
    /// # Errors
    /// [`Refusal::NotYours`] for anybody but its rep; [`Refusal::Invalid`] where it is closed or the words are too long.
    pub fn recorded(&self, by: MemberId, step: Step, words: &str, at: Timestamp) -> Result<Self, Refusal> {
        self.check_rep(by)?;
        if !self.is_open() {
            return Err(Refusal::invalid("text", "it is closed; open it again first"));
        }
        text::check("text", words, text::NOTE_MAX)?;
        at.check("at")?;
        let mut after = self.clone();
        match words.trim() {
            "" => after.steps.remove(&step),
            words => after.steps.insert(step, StepTaken { text: words.to_owned(), at }),
        };
        Ok(after)
    }

    /// Itself once `by` closed it at `at`: when it was first closed stands.
    ///
    /// # Errors
    /// [`Refusal::NotYours`] for anybody but its rep; [`Refusal::Invalid`] where nothing was done.
    pub fn closed(&self, by: MemberId, at: Timestamp) -> Result<Self, Refusal> {
        self.check_rep(by)?;
        at.check("at")?;
        if self.steps.is_empty() {
            return Err(Refusal::invalid("at", "write down first what you did"));
        }
        Ok(Self { closed_at: self.closed_at.or(Some(at)), ..self.clone() })
    }

    /// Itself once `by` opened it again.
    ///
    /// # Errors
    /// [`Refusal::NotYours`] for anybody but its rep.
    pub fn reopened(&self, by: MemberId) -> Result<Self, Refusal> {
        self.check_rep(by)?;
        Ok(Self { closed_at: None, ..self.clone() })
    }

    fn check_rep(&self, by: MemberId) -> Result<(), Refusal> {
        if by == self.rep { Ok(()) } else { Err(Refusal::NotYours) }
    }
}

/// When somebody of ours was first in touch with the customer after a case opened at `opened_at`, of all the instants at which somebody was.
pub fn first_contact(opened_at: Timestamp, contacts: impl IntoIterator<Item = Timestamp>) -> Option<Timestamp> {
    contacts.into_iter().filter(|at| *at >= opened_at).min()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use uuid::Uuid;

    const REP: MemberId = MemberId(Uuid::from_u128(1));
    const OTHER: MemberId = MemberId(Uuid::from_u128(2));
    const NOW: Timestamp = Timestamp(1_780_000_000_000);

    fn case() -> RecoveryCase {
        RecoveryCase {
            id: RecoveryCaseId(Uuid::from_u128(5)),
            customer: CustomerId(Uuid::from_u128(6)),
            rep: REP,
            cause: Cause::ByHand,
            what: "The pump stood still all weekend".into(),
            opened_at: NOW,
            steps: BTreeMap::new(),
            closed_at: None,
        }
    }

    #[test]
    fn a_case_is_opened_by_hand_with_words_by_whoever_makes_it_right() {
        assert_eq!(case().check(REP), Ok(()));
        let taken = BTreeMap::from([(Step::Apology, StepTaken { text: "Sorry".into(), at: NOW })]);
        for (broken, why) in [
            (RecoveryCase { rep: OTHER, ..case() }, "for somebody else"),
            (RecoveryCase { what: " ".into(), ..case() }, "without words"),
            (RecoveryCase { cause: Cause::Rating(RatingId(Uuid::from_u128(7))), ..case() }, "in the place of the rule"),
            (RecoveryCase { steps: taken, ..case() }, "with something done already"),
            (RecoveryCase { closed_at: Some(NOW), ..case() }, "closed from the start"),
        ] {
            assert!(broken.check(REP).is_err(), "{why}");
        }
    }

    #[test]
    fn steps_are_the_reps_and_the_case_is_closed_once_something_was_done() {
        assert_eq!(case().recorded(OTHER, Step::Apology, "Sorry", NOW), Err(Refusal::NotYours));
        assert!(case().closed(REP, NOW).is_err(), "nothing was done");
        let sorry = case().recorded(REP, Step::Apology, " Sorry ", NOW).expect("the rep may");
        assert_eq!(sorry.steps[&Step::Apology].text, "Sorry");
        assert_eq!(sorry.recorded(REP, Step::Apology, "", NOW), Ok(case()), "without words it was not done");
        let closed = sorry.closed(REP, NOW).expect("something was done");
        assert!(closed.recorded(REP, Step::Learned, "Call first", NOW).is_err(), "it is closed");
        assert_eq!(closed.closed(REP, NOW.plus_days(1)), Ok(closed.clone()), "the first closing stands");
        assert_eq!(closed.reopened(REP), Ok(sorry.clone()));
        assert_eq!([case(), sorry].map(|it| it.may_take_back(REP)), [true, false]);
    }

    #[test]
    fn the_clock_stops_at_the_first_contact_after_the_opening() {
        let hours = |n: i64| NOW.plus_millis(n * 3_600_000);
        for (contacts, first, why) in [
            (vec![], None, "nobody was in touch"),
            (vec![hours(-5)], None, "before it opened"),
            (vec![hours(0)], Some(hours(0)), "at once"),
            (vec![hours(30), hours(3), hours(-2)], Some(hours(3)), "in whatever order"),
        ] {
            assert_eq!(first_contact(NOW, contacts), first, "{why}");
        }
    }

    proptest! {
        #[test]
        fn another_contact_never_makes_the_first_one_later(contacts in prop::collection::vec(-100_i64..100, 0..20), more in -100_i64..100) {
            let of = |contacts: &[i64]| first_contact(NOW, contacts.iter().map(|at| NOW.plus_millis(*at)));
            let before = of(&contacts);
            let with: Vec<i64> = contacts.iter().copied().chain([more]).collect();
            prop_assert!(of(&with).is_none_or(|first| first >= NOW && before.is_none_or(|before| first <= before)));
            prop_assert!(before.is_none() || of(&with).is_some());
        }

        #[test]
        fn whatever_is_done_a_closed_case_says_what_was_done(deeds in prop::collection::vec((1_u128..3, 0_usize..6, "[s ]{0,2}", 0_i64..9), 0..30)) {
            let mut it = case();
            for (by, deed, words, at) in deeds {
                let (by, at) = (MemberId(Uuid::from_u128(by)), NOW.plus_millis(at));
                let does = |it: &RecoveryCase| match deed {
                    4 => it.closed(by, at),
                    5 => it.reopened(by),
                    step => it.recorded(by, Step::ALL[step], &words, at),
                };
                if let Ok(after) = does(&it) {
                    prop_assert_eq!(by, REP);
                    prop_assert_eq!(does(&after).unwrap_or_else(|_| after.clone()), after.clone(), "the same again changes nothing more");
                    it = after;
                }
                prop_assert!(it.is_open() || !it.steps.is_empty());
                prop_assert!(it.steps.values().all(|step| !step.text.trim().is_empty()));
                prop_assert_eq!((it.id, it.rep, it.cause, it.opened_at), (case().id, REP, Cause::ByHand, NOW));
            }
        }
    }
}
