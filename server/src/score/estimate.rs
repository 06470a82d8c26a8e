//! From ratings to scores: pure, so that the formula can be read, tested and simulated without a server.

use super::{
    change::changes,
    mixture::Mixture,
    points::{Point, by_rep, cell, count, count_customers, points_of},
    ratings::{Observation, Ratings},
    shrinkage::{Cell, fit},
};
use app::{
    id::MemberId,
    score::{COMPONENTS_FOR_OVERALL, Estimate, ScoreChange},
    survey::Component,
    time::Timestamp,
};
use std::collections::BTreeMap;

/// What the ratings say about every rep who has any.
pub type Scores = BTreeMap<MemberId, RepScore>;

/// What the ratings say about one rep.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RepScore {
    /// Ratings of this rep.
    pub ratings: u32,
    /// Customers who gave them.
    pub customers: u32,
    /// Over all components; absent where no rating has enough of them.
    pub overall: Option<Estimate>,
    /// Per component that was rated.
    pub components: BTreeMap<Component, Estimate>,
    /// The last quarter against the one before; absent where one of them has no rating.
    pub change: Option<ScoreChange>,
}

/// Scale of the prior on how much reps differ from each other, in points of 1 to 5.
const BETWEEN_REPS: f64 = 1.0;
/// Every rep's score at `now`.
pub fn estimate(ratings: &Ratings, now: Timestamp) -> Scores {
    let mut scores = Scores::new();
    for (rep, own) in by_rep(ratings.iter()) {
        let score = scores.entry(rep).or_default();
        score.ratings = count(own.len());
        score.customers = count_customers(own.iter().map(|o| o.customer));
    }
    let mut means = BTreeMap::new();
    for component in Component::ALL {
        let points = points_of(ratings, |o| o.components.get(&component).map(|point| f64::from(*point)));
        let mean = estimate_points(&points, now, |rep, estimate| {
            scores.entry(rep).or_default().components.insert(component, estimate);
        });
        means.extend(mean.map(|mean| (component, mean)));
    }
    let composites = points_of(ratings, |o| composite(o, &means));
    estimate_points(&composites, now, |rep, estimate| scores.entry(rep).or_default().overall = Some(estimate));
    for (rep, change) in changes(&composites, now) {
        scores.entry(rep).or_default().change = Some(change);
    }
    scores
}

/// A rating's composite: the mean of its components, where those it lacks are taken to be as far from their `means` as those it has.
fn composite(observation: &Observation, means: &BTreeMap<Component, f64>) -> Option<f64> {
    let present = observation.components.len();
    if present < COMPONENTS_FOR_OVERALL {
        return None;
    }
    let above: f64 = observation.components.iter().map(|(component, point)| f64::from(*point) - means[component]).sum();
    Some(means.values().sum::<f64>() / means.len() as f64 + above / present as f64)
}

/// Hands every rep's estimate to `found` and returns the estimated mean of the organisation.
fn estimate_points(points: &[Point], now: Timestamp, mut found: impl FnMut(MemberId, Estimate)) -> Option<f64> {
    let reps = by_rep(points.iter());
    let cells: Vec<Cell> = reps.values().map(|own| cell(own, now)).collect();
    let fit = fit(&cells, BETWEEN_REPS)?;
    for ((rep, own), mixture) in reps.iter().zip(&fit.reps) {
        let customers = count_customers(own.iter().map(|point| point.customer));
        found(*rep, on_scale(mixture, count(own.len()), customers));
    }
    Some(fit.mean)
}

/// From points of 1 to 5 to 0 to 100.
pub(super) const PER_POINT: f64 = 25.0;

/// Posterior mean and 2.5 and 97.5 % quantiles, clipped to the scale. Tenths are what people can tell apart; rounding to them outward
/// keeps a night's ageing from rewriting every score, and an interval from ever having no width.
fn on_scale(mixture: &Mixture, ratings: u32, customers: u32) -> Estimate {
    let scale = |points: f64| ((points - 1.0) * PER_POINT).clamp(0.0, 100.0);
    Estimate {
        value: to_tenth(scale(mixture.mean()), f64::round),
        low: to_tenth(scale(mixture.quantile(0.025)), f64::floor),
        high: to_tenth(scale(mixture.quantile(0.975)), f64::ceil),
        ratings,
        customers,
    }
}

pub(super) fn to_tenth(value: f64, round: impl Fn(f64) -> f64) -> f64 {
    round(value * 10.0) / 10.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use app::id::{CustomerId, MeetingId, RatingId};
    use proptest::prelude::*;
    use uuid::Uuid;

    const NOW: Timestamp = Timestamp(1_780_000_000_000);

    fn rep(n: u128) -> MemberId {
        MemberId(Uuid::from_u128(n))
    }

    /// A rating of rep `by` with the same `point` for every component, each of another meeting and customer.
    fn rating(id: u128, of: u128, point: u8, days_ago: i64) -> Observation {
        Observation {
            id: RatingId(Uuid::from_u128(id)),
            rep: rep(of),
            customer: CustomerId(Uuid::from_u128(id)),
            meeting: MeetingId(Uuid::from_u128(id)),
            given_at: NOW.plus_days(-days_ago),
            components: Component::ALL.into_iter().map(|component| (component, point)).collect(),
        }
    }

    /// Three reps with these points each.
    fn three(points: [&[u8]; 3]) -> Vec<Observation> {
        let mut ratings = Vec::new();
        for (n, points) in points.iter().enumerate() {
            for point in *points {
                ratings.push(rating(ratings.len() as u128, n as u128, *point, 10));
            }
        }
        ratings
    }

    fn scores(ratings: impl IntoIterator<Item = Observation>) -> Scores {
        estimate(&ratings.into_iter().collect(), NOW)
    }

    fn overall(scores: &Scores, of: u128) -> Estimate {
        scores[&rep(of)].overall.expect("rated")
    }

    fn width(estimate: Estimate) -> f64 {
        estimate.high - estimate.low
    }

    #[test]
    fn a_few_ratings_are_drawn_toward_everybody_and_many_speak_for_themselves() {
        let few = scores(three([&[5], &[3, 3, 4, 3], &[3, 4, 3, 3]]));
        let many = scores(three([&[5; 30], &[3, 3, 4, 3], &[3, 4, 3, 3]]));
        assert!(overall(&few, 0).value < 85.0, "{:?}", overall(&few, 0));
        assert!(overall(&many, 0).value > 95.0, "{:?}", overall(&many, 0));
        assert!(overall(&few, 0).value > overall(&few, 1).value);
    }

    #[test]
    fn the_interval_narrows_with_every_doubling_of_the_ratings() {
        let widths: Vec<f64> =
            [2, 4, 8, 16, 32].map(|n| width(overall(&scores(three([&[4, 5].repeat(n / 2), &[3, 4, 3, 4], &[4, 4, 3, 5]])), 0))).into();
        assert!(widths.is_sorted_by(|wide, narrow| wide > narrow), "{widths:?}");
    }

    #[test]
    fn old_ratings_count_less_and_leave_a_wider_interval() {
        let at = |days: i64| {
            let ratings = three([&[5, 4, 5, 5], &[3, 4, 3, 3], &[4, 3, 4, 4]]);
            scores(ratings.into_iter().map(|o| Observation { given_at: NOW.plus_days(if o.rep == rep(0) { -days } else { 0 }), ..o }))
        };
        assert!(width(overall(&at(720), 0)) > width(overall(&at(0), 0)));
        assert!(overall(&at(720), 0).value < overall(&at(0), 0).value, "an old success fades toward everybody's mean");
    }

    #[test]
    fn ratings_of_one_meeting_say_less_than_those_of_as_many() {
        let apart = three([&[5, 5, 5, 5], &[3, 4, 3, 3], &[4, 3, 4, 4]]);
        let together = apart.clone().into_iter().map(|o| Observation { meeting: MeetingId(o.rep.0), ..o });
        assert!(overall(&scores(together), 0).value < overall(&scores(apart), 0).value);
    }

    #[test]
    fn a_component_left_out_changes_neither_scale_nor_fairness() {
        let mut ratings = three([&[4, 4, 4, 4], &[3, 4, 3, 3], &[4, 3, 4, 4]]);
        for observation in &mut ratings {
            if let Some(point) = observation.components.get_mut(&Component::Progress) {
                *point -= 2;
            }
        }
        let whole = overall(&scores(ratings.clone()), 0);
        ratings[0].components.remove(&Component::Progress);
        let without = overall(&scores(ratings.clone()), 0);
        assert!((whole.value - without.value).abs() < 2.0, "the hardest question left out is no gain: {whole:?} {without:?}");
        for component in [Component::Trust, Component::Value] {
            ratings[0].components.remove(&component);
        }
        assert_eq!(overall(&scores(ratings), 0).ratings, 3, "two components say too little about the whole");
    }

    #[test]
    fn a_change_is_clear_only_when_the_ratings_leave_no_doubt() {
        let quarters = |before: &[u8], after: &[u8]| {
            let mut ratings = Vec::new();
            for of in 0..3 {
                let own = |points: &[u8]| if of == 0 { points.to_vec() } else { vec![4, 3, 4, 5] };
                for (points, days_ago) in [(own(before), 120), (own(after), 20)] {
                    for point in points {
                        ratings.push(rating(ratings.len() as u128, of, point, days_ago));
                    }
                }
            }
            scores(ratings)[&rep(0)].change
        };
        assert!(!quarters(&[4, 3, 4], &[4, 4, 4]).expect("both rated").is_clear());
        let clear = quarters(&[2, 2, 1, 2, 2, 2, 1, 2], &[5, 4, 5, 5, 5, 4, 5, 5]).expect("both rated");
        assert!(clear.is_clear() && clear.by > 0.0, "{clear:?}");
        assert_eq!(quarters(&[], &[4, 4]), None, "nothing to compare with");
    }

    fn any_ratings() -> impl Strategy<Value = Vec<Observation>> {
        let one = (0_u128..4, 0_u128..6, 0_u128..12, 0_i64..500, prop::collection::btree_map(0_usize..5, 1_u8..=5, 0..=5));
        prop::collection::vec(one, 1..40).prop_map(|drawn| {
            let observed = drawn.into_iter().enumerate().map(|(id, (of, customer, meeting, days_ago, points))| {
                let components = points.into_iter().map(|(n, point)| (Component::ALL[n], point)).collect();
                let (customer, meeting) = (CustomerId(Uuid::from_u128(customer)), MeetingId(Uuid::from_u128(meeting * 10 + of)));
                Observation { customer, meeting, components, ..rating(id as u128, of, 1, days_ago) }
            });
            observed.collect()
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]

        #[test]
        fn the_order_in_which_ratings_arrive_does_not_matter(ratings in any_ratings(), seed in any::<u64>()) {
            let mut shuffled = ratings.clone();
            fastrand::Rng::with_seed(seed).shuffle(&mut shuffled);
            prop_assert_eq!(scores(ratings), scores(shuffled));
        }

        #[test]
        fn every_estimate_lies_on_the_scale_inside_an_interval_with_a_width(ratings in any_ratings()) {
            for score in scores(ratings).values() {
                for estimate in score.components.values().chain(&score.overall) {
                    prop_assert!(0.0 <= estimate.low && estimate.high <= 100.0 && width(*estimate) > 0.0, "{:?}", estimate);
                    prop_assert!((estimate.low..=estimate.high).contains(&estimate.value), "{:?}", estimate);
                }
                if let Some(change) = score.change {
                    prop_assert!(change.low < change.high && (change.low..=change.high).contains(&change.by), "{:?}", change);
                }
            }
        }

        #[test]
        fn a_better_rating_never_lowers_the_own_score(ratings in any_ratings(), which in any::<prop::sample::Index>()) {
            let mut better = ratings.clone();
            let chosen = which.index(ratings.len());
            let Some((&component, &point)) = ratings[chosen].components.iter().next() else { return Ok(()) };
            prop_assume!(point < 5);
            better[chosen].components.insert(component, point + 1);
            let of = ratings[chosen].rep;
            let (before, after) = (scores(ratings)[&of].components[&component].value, scores(better)[&of].components[&component].value);
            // The variances move with the rating too: that may take what rounding may, and no more.
            prop_assert!(after >= before - 0.11, "{} became {}", before, after);
        }
    }
}
