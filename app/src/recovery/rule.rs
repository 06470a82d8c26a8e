//! What opens a case without anybody's tap, the same on both ends.

use super::{Cause, RecoveryCase};
use crate::{
    id::{CustomerId, MemberId, RecoveryCaseId},
    organisation::Rules,
    promise::{Promise, PromiseState},
    survey::{PromiseAnswer, Rating},
    time::Timestamp,
};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// The cases that a rating opens at `at`, once its rep may read it: one where the customer is not happy, else one for each promise that the
/// customer says was not kept. Behind a hidden name, none: the case would tell the rep whose it is. Left out of the score, none.
pub fn opened_by_rating(rating: &Rating, rules: &Rules, at: Timestamp) -> Vec<RecoveryCase> {
    let Rating { customer, rep, answers, .. } = rating;
    if answers.hide_name || rating.exclusion().is_some() {
        return Vec::new();
    }
    if answers.is_unhappy(rules) {
        return vec![opened(rating.id.0, *customer, *rep, Cause::Rating(rating.id), at)];
    }
    let broken = answers.promises.iter().filter(|(_, answer)| **answer == PromiseAnswer::NotKept);
    broken.map(|(promise, _)| opened(promise.0, *customer, *rep, Cause::SaidNotKept(*promise), at)).collect()
}

/// The case that a promise opens at `at` once our side says that it was not kept. Whoever made it makes it right: that is whom the customer
/// knows.
pub fn opened_by_promise(promise: &Promise, at: Timestamp) -> Option<RecoveryCase> {
    let is_broken = promise.state == PromiseState::NotKept;
    is_broken.then(|| opened(promise.id.0, promise.customer, promise.maker, Cause::NotKept(promise.id), at))
}

impl RecoveryCase {
    /// The ids under which a rating may have opened cases.
    pub fn ids_of(rating: &Rating) -> BTreeSet<RecoveryCaseId> {
        let promises =
            [Some(&rating.answers), rating.first_answers.as_ref()].into_iter().flatten().flat_map(|answers| answers.promises.keys());
        promises.map(|promise| promise.0).chain([rating.id.0]).map(RecoveryCaseId).collect()
    }

    /// Whether it goes once the name behind `rating`, which opened it, is hidden: nothing was done yet.
    pub fn goes_with_hidden(&self, rating: &Rating) -> bool {
        let is_opened_by = match self.cause {
            Cause::Rating(id) => id == rating.id,
            Cause::SaidNotKept(promise) => Self::ids_of(rating).contains(&RecoveryCaseId(promise.0)),
            Cause::NotKept(_) | Cause::ByHand => false,
        };
        rating.answers.hide_name && is_opened_by && self.is_untouched()
    }

    /// Whether it goes once `promise` is said to have gone otherwise: our side alone opened it, and nothing was done yet.
    pub fn goes_with(&self, promise: &Promise) -> bool {
        self.cause == Cause::NotKept(promise.id) && promise.state != PromiseState::NotKept && self.is_untouched()
    }
}

fn opened(id: Uuid, customer: CustomerId, rep: MemberId, cause: Cause, at: Timestamp) -> RecoveryCase {
    RecoveryCase {
        id: RecoveryCaseId(id),
        customer,
        rep,
        cause,
        what: String::new(),
        opened_at: at,
        steps: BTreeMap::new(),
        closed_at: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        id::PromiseId,
        survey::{Component, Decision, ExclusionReason},
        sync::sample::{ME, a_promise, a_rating},
    };
    use proptest::prelude::*;

    const NOW: Timestamp = Timestamp(1_780_000_000_000);
    const PROMISE: PromiseId = PromiseId(Uuid::from_u128(70));

    fn rating(trust: Option<u8>, recommend: Option<u8>, promise: Option<PromiseAnswer>) -> Rating {
        let mut rating = a_rating(1, ME, NOW);
        rating.answers.components.extend(trust.map(|point| (Component::Trust, point)));
        rating.answers.recommend = recommend;
        rating.answers.promises.extend(promise.map(|answer| (PROMISE, answer)));
        rating
    }

    fn causes(rating: &Rating) -> Vec<Cause> {
        opened_by_rating(rating, &Rules::default(), NOW).into_iter().map(|case| case.cause).collect()
    }

    #[test]
    fn somebody_unhappy_opens_one_case_and_a_broken_promise_another() {
        use PromiseAnswer::{Kept, NotKept};
        let unhappy = Cause::Rating(rating(None, None, None).id);
        for (it, opens, why) in [
            (rating(Some(2), None, None), vec![unhappy], "two of five"),
            (rating(Some(3), None, None), vec![], "three of five"),
            (rating(None, Some(4), None), vec![unhappy], "would not recommend us"),
            (rating(Some(5), Some(9), Some(Kept)), vec![], "happy"),
            (rating(Some(5), None, Some(NotKept)), vec![Cause::SaidNotKept(PROMISE)], "happy but for a promise"),
            (rating(Some(1), None, Some(NotKept)), vec![unhappy], "both are one conversation"),
        ] {
            assert_eq!(causes(&it), opens, "{why}");
        }
    }

    #[test]
    fn what_was_said_behind_a_hidden_name_or_left_out_opens_nothing() {
        let mut hidden = rating(Some(1), Some(0), Some(PromiseAnswer::NotKept));
        hidden.answers.hide_name = true;
        assert_eq!(causes(&hidden), []);
        let by = Decision { member: ME, at: NOW, note: "We tried it".into() };
        let out = rating(Some(1), None, None).excluded(ExclusionReason::Test, by).expect("it counts");
        assert_eq!(causes(&out), []);
    }

    fn promise(state: PromiseState) -> Promise {
        Promise { id: PROMISE, keeper: MemberId(Uuid::from_u128(9)), state, ..a_promise(0, 1, "2026-06-10") }
    }

    #[test]
    fn a_promise_that_we_did_not_keep_opens_a_case_for_its_maker() {
        for state in PromiseState::ALL {
            assert_eq!(opened_by_promise(&promise(state), NOW).is_some(), state == PromiseState::NotKept, "{state:?}");
        }
        let case = opened_by_promise(&promise(PromiseState::NotKept), NOW).expect("it was not kept");
        assert_eq!((case.rep, case.id.0), (ME, PROMISE.0));
        assert!(case.goes_with(&promise(PromiseState::Open)) && !case.goes_with(&promise(PromiseState::NotKept)));
        let said = RecoveryCase { cause: Cause::SaidNotKept(PROMISE), ..case };
        assert!(!said.goes_with(&promise(PromiseState::Open)), "the customer said so");
    }

    proptest! {
        #[test]
        fn no_answer_behind_a_hidden_name_ever_opens_a_case_and_the_same_answers_open_the_same(
            trust in prop::option::of(1_u8..=5), recommend in prop::option::of(0_u8..=10), promise in prop::option::of(0_usize..4),
        ) {
            let open = rating(trust, recommend, promise.map(|n| PromiseAnswer::ALL[n]));
            let mut hidden = open.clone();
            hidden.answers.hide_name = true;
            prop_assert_eq!(causes(&hidden), vec![]);
            let ids = |at| opened_by_rating(&open, &Rules::default(), at).into_iter().map(|case| case.id).collect::<Vec<_>>();
            prop_assert_eq!(ids(NOW), ids(NOW.plus_days(3)));
            prop_assert!(ids(NOW).len() <= 1);
        }
    }
}
