//! Reliability: promises kept, as customers confirm it.
//!
//! A promise counts for whoever answers for it, usually its keeper: another team's failure is not the rep's. Credits are shares of a promise,
//! so that a beta distribution fits: prior `Beta(4 p, 4 (1 - p))`, as if four promises had been seen to go as the organisation's do, with `p`
//! itself drawn toward two in three while little is known (scoring service, 'Reliability'). `p` knows only promises that whoever made them
//! was to keep: through a prior that knew all, another team's failure would lower every rep a little. The intervals are the posterior's
//! (Gelman et al., Bayesian Data Analysis, 2.4).

use super::{estimate::to_tenth, ratings::count};
use app::{id::MemberId, score::Reliability, survey::PromiseAnswer};
use statrs::distribution::{Beta, ContinuousCDF};
use std::collections::BTreeMap;

/// Promises that the organisation's share weighs as much as.
const PRIOR_PROMISES: f64 = 4.0;

/// What customers say about everybody's promises. Empty while no customer has confirmed any.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reliabilities {
    /// Of those of whom a customer said something.
    pub keepers: BTreeMap<MemberId, Reliability>,
    /// Of everybody else.
    pub others: Option<Reliability>,
}

impl Reliabilities {
    /// Of `member`; absent while nobody's promises were spoken of.
    pub fn of(&self, member: MemberId) -> Option<Reliability> {
        self.keepers.get(&member).copied().or(self.others)
    }
}

/// From the latest answer to each promise of the organisation, with who made it and who answers for it.
pub fn reliabilities(answers: impl IntoIterator<Item = (MemberId, MemberId, PromiseAnswer)>) -> Reliabilities {
    let mut tallies: BTreeMap<MemberId, Tally> = BTreeMap::new();
    let mut own = Tally::default();
    for (maker, keeper, answer) in answers {
        tallies.entry(keeper).or_default().add(answer);
        if keeper == maker {
            own.add(answer);
        }
    }
    if tallies.is_empty() {
        return Reliabilities::default();
    }
    let share = (2.0 + own.credits) / (3.0 + own.promises as f64);
    let keepers = tallies.into_iter().map(|(keeper, tally)| (keeper, tally.reliability(share))).collect();
    Reliabilities { keepers, others: Some(Tally::default().reliability(share)) }
}

fn credit(answer: PromiseAnswer) -> f64 {
    match answer {
        PromiseAnswer::Kept => 1.0,
        PromiseAnswer::Late | PromiseAnswer::Changed => 0.5,
        PromiseAnswer::NotKept => 0.0,
    }
}

/// Promises and what they earned: halves, whose sums are exact in whatever order.
#[derive(Clone, Copy, Default)]
struct Tally {
    promises: usize,
    credits: f64,
}

impl Tally {
    fn add(&mut self, answer: PromiseAnswer) {
        self.promises += 1;
        self.credits += credit(answer);
    }

    fn reliability(self, share: f64) -> Reliability {
        let kept = PRIOR_PROMISES * share + self.credits;
        let all = PRIOR_PROMISES + self.promises as f64;
        let (mean, posterior) = (kept / all, Beta::new(kept, all - kept).expect("a share strictly between 0 and 1 leaves both above 0"));
        // Where nearly all are kept the mean lies below nearly all of the probability: the interval reaches out to it. And it keeps a
        // tenth of width where it would be rounded away at the end of the scale.
        let low = posterior.inverse_cdf(0.025).min(mean);
        let high = posterior.inverse_cdf(0.975).max(mean);
        Reliability {
            value: to_tenth(100.0 * mean, f64::round),
            low: to_tenth(100.0 * low, f64::floor).min(99.9),
            high: to_tenth(100.0 * high, f64::ceil).max(0.1),
            promises: count(self.promises),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use PromiseAnswer::{Changed, Kept, Late, NotKept};
    use proptest::prelude::*;
    use uuid::Uuid;

    fn member(n: u128) -> MemberId {
        MemberId(Uuid::from_u128(n))
    }

    fn of(answers: &[(u128, PromiseAnswer)]) -> Reliabilities {
        reliabilities(answers.iter().map(|(keeper, answer)| (member(*keeper), member(*keeper), *answer)))
    }

    #[test]
    fn nothing_is_said_before_a_customer_spoke() {
        assert_eq!(of(&[]).of(member(1)), None);
    }

    #[test]
    fn the_formula_by_hand() {
        // p = (2 + 2.5) / (3 + 4) = 9/14; one kept of one: Beta(4 p + 1, 4 - 4 p); R: qbeta(c(0.025, 0.975), 25/7, 10/7).
        let all = of(&[(1, Kept), (2, Kept), (2, Changed), (2, NotKept)]);
        let one = all.of(member(1)).expect("spoken of");
        assert_eq!((one.value, one.promises), (71.4, 1));
        assert_eq!((one.low, one.high), (29.8, 97.6));
        let none = all.of(member(9)).expect("the organisation's");
        assert_eq!((none.value, none.promises), (64.3, 0));
        assert_eq!(of(&[(1, Late)]), of(&[(1, Changed)]));
    }

    #[test]
    fn quantiles_are_those_of_r_up_to_the_edges() {
        // R 4.2.2: qbeta(c(0.025, 0.975), a, b), to 15 digits.
        for (a, b, low, high) in [
            (2.6667, 1.3333, 0.211_038_560_842_972, 0.974_131_283_429_251),
            (3.996, 0.004, 0.999_713_588_063_194, 1.0),
            (0.004, 3.996, 0.0, 0.000_286_411_936_805_672),
            (1003.99, 0.01, 0.999_953_027_320_232, 1.0),
            (20_000.0, 300.0, 0.983_517_036_825_231, 0.986_835_775_974_643),
        ] {
            let beta = Beta::new(a, b).expect("shapes above 0");
            assert!((beta.inverse_cdf(0.025) - low).abs() < 1e-9 && (beta.inverse_cdf(0.975) - high).abs() < 1e-9, "{a} {b}");
        }
    }

    #[test]
    fn a_thousand_kept_promises_leave_a_width_and_a_value_inside_it() {
        for answer in [Kept, NotKept] {
            let all = of(&vec![(1, answer); 1000]);
            for it in [1, 2].map(|n| all.of(member(n)).expect("spoken of")) {
                assert!(it.low < it.high && (it.low..=it.high).contains(&it.value), "{answer:?}: {it:?}");
            }
        }
    }

    proptest! {
        #[test]
        fn every_value_lies_on_the_scale_inside_an_interval_with_a_width(
            answers in prop::collection::vec((0_u128..4, 0_usize..4), 1..200),
            kept in 0_usize..3000,
        ) {
            let drawn = answers.iter().map(|(keeper, answer)| (member(1), member(*keeper), PromiseAnswer::ALL[*answer]));
            let all = reliabilities(drawn.chain((0..kept).map(|_| (member(1), member(1), Kept))));
            for it in all.keepers.values().chain(&all.others) {
                prop_assert!(0.0 <= it.low && it.low < it.high && it.high <= 100.0, "{:?}", it);
                prop_assert!((it.low..=it.high).contains(&it.value), "{:?}", it);
            }
        }

        #[test]
        fn what_another_team_was_to_keep_never_touches_a_reps_own(
            answers in prop::collection::vec((0_u128..3, 0_u128..3, 0_usize..4), 1..40),
            failures in prop::collection::vec((0_u128..3, 0_usize..4), 0..40),
        ) {
            let spoken: Vec<_> = answers.iter().map(|(maker, keeper, answer)| (member(*maker), member(*keeper), PromiseAnswer::ALL[*answer])).collect();
            let delivered = failures.iter().map(|(maker, answer)| (member(*maker), member(9), PromiseAnswer::ALL[*answer]));
            let (before, after) = (reliabilities(spoken.clone()), reliabilities(spoken.iter().copied().chain(delivered)));
            for rep in 0..3 {
                prop_assert_eq!(before.of(member(rep)), after.of(member(rep)));
            }
        }

        #[test]
        fn a_kept_promise_never_lowers_the_keepers_own(answers in prop::collection::vec((0_u128..3, 0_usize..4), 0..40)) {
            let mut answers: Vec<_> = answers.iter().map(|(keeper, answer)| (*keeper, PromiseAnswer::ALL[*answer])).collect();
            let before = of(&answers).of(member(1)).map_or(0.0, |it| it.value);
            answers.push((1, Kept));
            prop_assert!(of(&answers).of(member(1)).expect("spoken of").value >= before);
        }
    }
}
