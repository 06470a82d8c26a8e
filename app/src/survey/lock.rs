//! A device handed over to a customer: what is stored while it shows the survey only, and what may happen next.
//!
//! Pure: each step gives the next state, which the screen stores with strict durability before it shows it, so that a kill changes nothing.

use super::{Answers, Invitation, InvitationState, Questionnaire, Sealed, SealingKey};
use crate::{
    account::pin_wait_millis,
    id::{InvitationId, MeetingId, MemberId, RatingId},
    sync::protocol::Mutation,
    time::Timestamp,
};
use crypto_box::aead::rand_core::CryptoRngCore;
use serde::{Deserialize, Serialize};

/// Where a handover stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// The customer chooses: rate here, on the own phone, or not now.
    Choosing,
    /// The QR code and the short link are shown.
    OnPhone,
    /// The questions are shown.
    Answering,
    /// The answers were sent; thanks are shown.
    Thanked,
    /// 'Not now'; thanks are shown.
    Declined,
}

/// Answers as they were when the last of them was given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Given {
    /// The rating that they make if they are sent.
    pub rating: RatingId,
    /// When.
    pub at: Timestamp,
    /// The answers, for the server only.
    pub sealed: Sealed,
}

impl Given {
    /// `answers` of the sitting `rating`, given `at`, for the server only. Nothing where the server would refuse them: the rep would have
    /// to clear up what says nothing. Nothing, too, where its key is damaged: better no answer than an open one.
    pub fn seal(key: &SealingKey, rating: RatingId, at: Timestamp, answers: &Answers, rng: &mut impl CryptoRngCore) -> Option<Self> {
        answers.check().ok()?;
        let sealed = key.seal(answers, rng).ok()?;
        Some(Self { rating, at, sealed })
    }
}

/// The most sittings kept: a survey that was opened more often than that was not interrupted by accident.
const SITTINGS_MAX: usize = 5;

/// A device handed over to a customer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Handover {
    /// Whose device it is, and whose PIN unlocks it.
    pub member: MemberId,
    /// Who is asked about what.
    pub invitation: InvitationId,
    /// The meeting that it is about, where the rep goes on; absent in a handover that an earlier build began.
    #[serde(default)]
    pub meeting: Option<MeetingId>,
    /// What is asked and told.
    pub questionnaire: Questionnaire,
    /// What answers are sealed to.
    pub key: SealingKey,
    /// The address for the customer's own phone, where the stock had a token.
    pub link: Option<String>,
    /// Where it stands.
    pub step: Step,
    /// Answers so far, one per sitting: a survey that was killed and opened again adds to what was given, and takes nothing away.
    pub given: Vec<Given>,
    /// What is still to be put into the member's outbox; the lock stays until it is there.
    pub outgoing: Vec<Mutation>,
}

impl Handover {
    /// Hands the device over.
    pub fn begin(member: MemberId, asked: &Invitation, questionnaire: Questionnaire, key: SealingKey, link: Option<String>) -> Self {
        Self {
            member,
            invitation: asked.id,
            meeting: Some(asked.meeting),
            questionnaire,
            key,
            link,
            step: Step::Choosing,
            given: Vec::new(),
            outgoing: Vec::new(),
        }
    }

    /// Whether the customer still decides.
    pub fn is_open(&self) -> bool {
        matches!(self.step, Step::Choosing | Step::OnPhone | Step::Answering)
    }

    /// The customer chose to rate here, on the own phone, or to choose again. Nothing changes once it ended.
    pub fn show(mut self, step: Step) -> Self {
        if self.is_open() && matches!(step, Step::Choosing | Step::OnPhone | Step::Answering) {
            self.step = step;
        }
        self
    }

    /// The customer gave or changed an answer: all answers of this sitting, sealed again.
    pub fn give(mut self, given: Given) -> Self {
        if self.step != Step::Answering {
            return self;
        }
        let full = self.given.len() >= SITTINGS_MAX;
        match self.given.last_mut() {
            Some(last) if last.rating == given.rating || full => *last = given,
            _ => self.given.push(given),
        }
        self
    }

    /// The customer sends the answers of the sitting `rating`. Answers of earlier sittings follow; the server keeps them, but counts the first.
    pub fn submit(mut self, rating: RatingId) -> Self {
        if self.step != Step::Answering || self.given.last().is_none_or(|last| last.rating != rating) {
            return self;
        }
        self.outgoing = self.answers_latest_first();
        self.step = Step::Thanked;
        self
    }

    /// The customer said 'not now'.
    pub fn decline(mut self) -> Self {
        if self.is_open() && self.given.is_empty() {
            self.outgoing = vec![self.settle(InvitationState::NotNow)];
            self.step = Step::Declined;
        }
        self
    }

    /// The rep's PIN was right: what is still to be sent before the lock goes. Taking the device back before the customer has decided is
    /// recorded as that, and answers already given go to the server, which keeps but never counts them.
    pub fn take_back(&self) -> Vec<Mutation> {
        match self.step {
            Step::OnPhone if self.given.is_empty() => Vec::new(),
            Step::Choosing | Step::OnPhone | Step::Answering => {
                [self.settle(InvitationState::Abandoned)].into_iter().chain(self.answers_latest_first()).collect()
            }
            Step::Thanked | Step::Declined => self.outgoing.clone(),
        }
    }

    /// What was outgoing is in the outbox.
    pub fn delivered(mut self) -> Self {
        self.outgoing.clear();
        self
    }

    fn settle(&self, state: InvitationState) -> Mutation {
        Mutation::SettleInvitation { id: self.invitation, state }
    }

    fn answers_latest_first(&self) -> Vec<Mutation> {
        let submit = |given: &Given| Mutation::SubmitSealed {
            id: given.rating,
            invitation: self.invitation,
            given_at: given.at,
            sealed: given.sealed.clone(),
        };
        self.given.iter().rev().map(submit).collect()
    }
}

/// Wrong PINs in a row; stored with strict durability before each try, so that killing the app gives none for free.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PinTries {
    /// How many failed since the last right one.
    pub failures: u32,
    /// When the last was made.
    pub last_at: Timestamp,
}

impl PinTries {
    /// Milliseconds until another may be made. A clock put back starts the wait anew instead of stretching it.
    pub fn wait_millis(&self, now: Timestamp) -> i64 {
        let wait = pin_wait_millis(self.failures);
        (self.last_at.0.saturating_add(wait).saturating_sub(now.0)).clamp(0, wait)
    }

    /// One more is made at `now`; counts as failed until it proves right.
    pub fn counted(self, now: Timestamp) -> Self {
        Self { failures: self.failures.saturating_add(1), last_at: now }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        id::{CustomerId, SealingKeyId},
        survey::{FollowUp, Way},
    };
    use crypto_box::{SecretKey, aead::OsRng};
    use data_encoding::HEXLOWER;
    use proptest::prelude::*;
    use uuid::Uuid;

    fn id(n: u128) -> Uuid {
        Uuid::from_u128(n)
    }

    fn handover() -> Handover {
        let questionnaire = Questionnaire {
            organisation: "Noord".into(),
            privacy_notice: String::new(),
            rep: "Sanne".into(),
            managers: vec![],
            format: None,
            recommend: false,
            promises: vec![],
        };
        let key = SealingKey { id: SealingKeyId(id(1)), public: String::new() };
        let asked = Invitation {
            id: InvitationId(id(2)),
            meeting: MeetingId(id(3)),
            customer: CustomerId(id(4)),
            contact: None,
            rep: MemberId(id(1)),
            way: Way::Handover,
            asked_at: Timestamp(0),
            state: InvitationState::Asked,
        };
        Handover::begin(MemberId(id(1)), &asked, questionnaire, key, None)
    }

    fn given(sitting: u128, answers: &str) -> Given {
        let sealed = Sealed { key: SealingKeyId(id(1)), ciphertext: answers.into() };
        Given { rating: RatingId(id(sitting)), at: Timestamp(1), sealed }
    }

    fn key() -> SealingKey {
        let public = HEXLOWER.encode(SecretKey::generate(&mut OsRng).public_key().as_bytes());
        SealingKey { id: SealingKeyId(id(1)), public }
    }

    /// The handover once the customer chose `answers` in a sitting.
    fn chosen(handover: Handover, sitting: u128, answers: &Answers) -> Handover {
        let given = Given::seal(&key(), RatingId(id(sitting)), Timestamp(1), answers, &mut OsRng);
        given.into_iter().fold(handover, Handover::give)
    }

    fn submitted(mutations: &[Mutation]) -> Vec<RatingId> {
        let rating = |mutation: &Mutation| if let Mutation::SubmitSealed { id, .. } = mutation { Some(*id) } else { None };
        mutations.iter().filter_map(rating).collect()
    }

    fn sent(mutations: &[Mutation]) -> Vec<&str> {
        let name = |mutation: &'_ Mutation| match mutation {
            Mutation::SubmitSealed { sealed, .. } => match sealed.ciphertext.as_str() {
                "a" => "a",
                "b" => "b",
                _ => "other",
            },
            Mutation::SettleInvitation { state: InvitationState::NotNow, .. } => "not now",
            Mutation::SettleInvitation { state: InvitationState::Abandoned, .. } => "abandoned",
            _ => "unexpected",
        };
        mutations.iter().map(name).collect()
    }

    #[test]
    fn a_device_that_an_earlier_build_locked_is_still_locked() {
        let mut stored = serde_json::to_value(handover()).expect("plain data");
        stored.as_object_mut().expect("a handover").remove("meeting");
        let read: Handover = serde_json::from_value(stored).expect("what is absent has a default");
        assert_eq!((read.meeting, read.invitation), (None, handover().invitation));
    }

    #[test]
    fn answers_are_sent_as_last_given() {
        let handover = handover().show(Step::Answering).give(given(1, "b")).give(given(1, "a")).submit(RatingId(id(1)));
        assert_eq!((handover.step, sent(&handover.outgoing)), (Step::Thanked, vec!["a"]));
        assert_eq!(sent(&handover.take_back()), ["a"], "still to be put into the outbox");
        assert!(handover.delivered().take_back().is_empty());
    }

    #[test]
    fn nothing_is_sent_before_anything_was_given() {
        let handover = handover().show(Step::Answering).submit(RatingId(id(1)));
        assert_eq!((handover.step, handover.outgoing.len()), (Step::Answering, 0));
    }

    #[test]
    fn opening_the_survey_again_discards_nothing() {
        let handover = handover().show(Step::Answering).give(given(1, "a")).give(given(2, "b"));
        assert_eq!(sent(&handover.clone().submit(RatingId(id(2))).outgoing), ["b", "a"]);
        let many = (3..20).fold(handover, |handover, sitting| handover.give(given(sitting, "c")));
        assert_eq!(many.given.len(), SITTINGS_MAX);
        assert_eq!(many.given[0], given(1, "a"), "the first stays");
    }

    #[test]
    fn what_says_nothing_is_never_sent_also_before_a_sitting_that_does() {
        let hidden = Answers { hide_name: true, ..Answers::default() };
        let interrupted = chosen(handover().show(Step::Answering), 1, &hidden);
        assert_eq!(sent(&interrupted.take_back()), ["abandoned"]);
        let again = chosen(interrupted, 2, &Answers { recommend: Some(9), ..hidden });
        assert_eq!(submitted(&again.take_back()), [RatingId(id(2))]);
        assert_eq!(submitted(&again.submit(RatingId(id(2))).outgoing), [RatingId(id(2))]);
    }

    #[test]
    fn a_wish_to_be_contacted_is_sent_by_itself() {
        let wish = Answers { follow_up: FollowUp::SomeoneElse, ..Answers::default() };
        let handover = chosen(handover().show(Step::Answering), 1, &wish).submit(RatingId(id(1)));
        assert_eq!((handover.step, submitted(&handover.outgoing)), (Step::Thanked, vec![RatingId(id(1))]));
    }

    #[test]
    fn a_damaged_key_seals_no_answers() {
        let damaged = SealingKey { public: String::new(), ..key() };
        let answers = Answers { recommend: Some(9), ..Answers::default() };
        assert_eq!(Given::seal(&damaged, RatingId(id(1)), Timestamp(1), &answers, &mut OsRng), None);
    }

    #[test]
    fn taking_the_device_back_is_recorded_and_the_answers_still_go_to_the_server() {
        assert_eq!(sent(&handover().take_back()), ["abandoned"]);
        assert_eq!(sent(&handover().show(Step::Answering).give(given(1, "a")).take_back()), ["abandoned", "a"]);
        let moved = handover().show(Step::Answering).give(given(1, "a")).show(Step::OnPhone);
        assert_eq!(sent(&moved.take_back()), ["abandoned", "a"], "half an answer must not stand in for the one by link");
        assert!(sent(&handover().show(Step::OnPhone).take_back()).is_empty(), "the customer has the link");
    }

    #[test]
    fn not_now_is_the_customers_word_and_no_way_to_drop_answers() {
        let declined = handover().decline();
        assert_eq!((declined.step, sent(&declined.outgoing)), (Step::Declined, vec!["not now"]));
        let answering = handover().show(Step::Answering).give(given(1, "a"));
        assert_eq!(answering.clone().decline(), answering);
    }

    #[test]
    fn wrong_pins_wait_also_when_the_clock_is_put_back() {
        let tries = PinTries { failures: 5, last_at: Timestamp(1_000_000) };
        for (now, wait) in [(1_000_000, 30_000), (1_029_999, 1), (1_030_000, 0), (9_000_000, 0), (0, 30_000)] {
            assert_eq!(tries.wait_millis(Timestamp(now)), wait, "{now}");
        }
        assert_eq!(PinTries::default().counted(Timestamp(7)), PinTries { failures: 1, last_at: Timestamp(7) });
    }

    #[derive(Clone, Copy, Debug)]
    enum Event {
        Show(Step),
        Give(u128),
        Submit(u128),
        Decline,
        Delivered,
    }

    proptest! {
        #[test]
        fn whatever_is_tapped_the_first_answers_reach_the_server(
            events in prop::collection::vec(
                prop_oneof![
                    prop::sample::select(vec![Step::Choosing, Step::OnPhone, Step::Answering, Step::Thanked, Step::Declined]).prop_map(Event::Show),
                    (1..8_u128).prop_map(Event::Give),
                    (1..8_u128).prop_map(Event::Submit),
                    Just(Event::Decline),
                    Just(Event::Delivered),
                ],
                0..30,
            )
        ) {
            let (mut handover, mut outbox, mut first) = (handover(), Vec::new(), None);
            for event in events {
                let answering = handover.step == Step::Answering;
                handover = match event {
                    Event::Show(step) => handover.show(step),
                    Event::Give(sitting) => handover.give(given(sitting, "a")),
                    Event::Submit(sitting) => handover.submit(RatingId(id(sitting))),
                    Event::Decline => handover.decline(),
                    Event::Delivered => {
                        outbox.append(&mut handover.outgoing.clone());
                        handover.delivered()
                    }
                };
                if let (Event::Give(_), true, None) = (event, answering, first) {
                    first = Some(handover.given[0].rating);
                }
            }
            outbox.extend(handover.take_back());
            let settled = outbox.iter().filter(|m| matches!(m, Mutation::SettleInvitation { .. })).count();
            prop_assert!(settled <= 1);
            let submitted = |rating| outbox.iter().any(|m| matches!(m, Mutation::SubmitSealed { id, .. } if *id == rating));
            prop_assert!(first.is_none_or(submitted));
        }
    }
}
