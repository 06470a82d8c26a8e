//! How much more than others a rater gives to everybody: no view of the rep at hand.

use super::{
    Mark,
    cut::{moments, slope, solve},
    noise::Noise,
};
use crate::score::rater::Rater;
use app::id::MemberId;
use std::collections::BTreeMap;

/// The leniency of raters who rated several reps.
pub(super) struct Leniencies {
    /// Per rater and rep: how many ratings, and how far their mean lies from that of the rep's other ratings.
    deviations: BTreeMap<Rater, BTreeMap<MemberId, (f64, f64)>>,
    /// Variance between raters.
    between: f64,
    /// How well that is known: raters who rated several reps.
    freedom: f64,
    /// Variance of one rating as a view.
    noise: f64,
}

/// The least that a mean is taken to rise with the view: at the very end of the scale ratings tell nothing about views.
const SLOPE: f64 = 0.25;

/// What is known of one rater's leniency: a normal distribution.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Leniency {
    pub(super) mean: f64,
    pub(super) variance: f64,
    /// Degrees of freedom of the variance.
    pub(super) freedom: f64,
}

impl Leniencies {
    /// From one component's ratings, on the scale of views. The variance between raters is the mean product of a rater's deviations at two different reps, since
    /// noise of one has nothing to do with that of the other (method of moments). Where nobody rated two reps it cannot be identified and
    /// is 0: then leniency and a view of the rep are the same thing.
    pub(super) fn new(reps: &BTreeMap<MemberId, Vec<Mark>>, noise: Noise) -> Self {
        let mut deviations: BTreeMap<Rater, BTreeMap<MemberId, (f64, f64)>> = BTreeMap::new();
        let (mut variance, mut ratings) = (0.0, 0.0);
        for (rep, marks) in reps {
            let (all, sum): (f64, f64) = (marks.len() as f64, marks.iter().map(|mark| mark.point).sum::<f64>());
            let middle = solve(sum / all, |middle| moments(middle, noise.deviation).0);
            let rise = slope(middle, noise.deviation).max(SLOPE);
            variance += moments(middle, noise.deviation).1 / (rise * rise) * all;
            ratings += all;
            let mut raters: BTreeMap<Rater, (f64, f64)> = BTreeMap::new();
            for mark in marks {
                let (n, own) = raters.entry(mark.rater).or_default();
                (*n, *own) = (*n + 1.0, *own + mark.point);
            }
            for (rater, (n, own)) in raters.into_iter().filter(|(_, (n, _))| *n < all) {
                deviations.entry(rater).or_default().insert(*rep, (n, (own / n - (sum - own) / (all - n)) / rise));
            }
        }
        let (mut products, mut pairs, mut freedom) = (0.0, 0.0, 0.0);
        for reps in deviations.values().filter(|reps| reps.len() > 1) {
            freedom += 1.0;
            let reps = || reps.values().map(|(_, deviation)| *deviation);
            products += reps().sum::<f64>().powi(2) - reps().map(|it| it * it).sum::<f64>();
            pairs += (reps().count() * (reps().count() - 1)) as f64;
        }
        let between = if pairs > 0.0 { (products / pairs).max(0.0) } else { 0.0 };
        Self { deviations, between, freedom, noise: variance / ratings }
    }

    /// Of `rater`, by the ratings of everybody but `rep`: what the rater thinks of `rep` is the question.
    pub(super) fn of(&self, rater: Rater, rep: MemberId) -> Leniency {
        if self.between <= 0.0 {
            return Leniency::default();
        }
        let others = self.deviations.get(&rater).into_iter().flatten().filter(|(other, _)| **other != rep);
        let (n, sum) = others.fold((0.0, 0.0), |(n, sum), (_, (ratings, deviation))| (n + ratings, sum + ratings * deviation));
        let weight = n + self.noise / self.between;
        Leniency { mean: sum / weight, variance: self.noise / weight, freedom: self.freedom }
    }
}
