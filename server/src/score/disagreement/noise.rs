//! How much one rater's ratings of one rep vary by themselves: what raters who agree still differ by.

use super::{
    Mark,
    cut::{moments, solve},
};
use crate::score::rater::Rater;
use app::id::MemberId;
use std::collections::BTreeMap;

/// Degrees of freedom that 'all of the spread about a rep is noise' weighs, against raters who rate again and show how much of it is.
const PRIOR_FREEDOM: f64 = 4.0;

/// The noise of one component.
#[derive(Clone, Copy, Debug)]
pub(super) struct Noise {
    /// Standard deviation of a view.
    pub(super) deviation: f64,
    /// How well it is known.
    pub(super) freedom: f64,
}

/// What one rep's ratings say about noise.
struct Spread {
    /// Mean of the ratings.
    mean: f64,
    /// Squares about the raters' own means, and their degrees of freedom.
    within: (f64, f64),
    /// Squares about the mean, and their degrees of freedom.
    total: (f64, f64),
}

/// Finds the noise whose cut views would spread as the ratings do (method of moments): squares about raters' own means, and four degrees
/// of freedom of squares about reps' means. Those hold whatever the raters disagree about, so that without repeated ratings only more
/// disagreement than is usual can be told. How well it is known follows Satterthwaite (1946); the first squares are part of the second.
pub(super) fn noise(reps: &BTreeMap<MemberId, Vec<Mark>>) -> Noise {
    let spreads: Vec<Spread> = reps.values().map(|marks| spread(marks)).collect();
    let sum = |part: fn(&Spread) -> f64| spreads.iter().map(part).sum::<f64>();
    let (repeated, all) = (sum(|it| it.within.1), sum(|it| it.total.1).max(1.0));
    let prior_share = PRIOR_FREEDOM / all;
    let observed = sum(|it| it.within.0) + prior_share * sum(|it| it.total.0);
    let expected = |deviation: f64| {
        let variance = variance_by_mean(deviation);
        spreads.iter().map(|it| (it.within.1 + prior_share * it.total.1) * variance(it.mean)).sum::<f64>()
    };
    // On the axis of `solve` a step is a quarter of a doubling: deviations from 0.09 to 8, beyond what five points can show.
    let at = |step: f64| 0.5 * (step / 4.0).exp2();
    let within = repeated / (repeated + PRIOR_FREEDOM);
    let freedom = 1.0 / (within / (repeated + PRIOR_FREEDOM) + (1.0 - within * within) / all);
    Noise { deviation: at(solve(observed, |step| expected(at(step)))), freedom }
}

fn spread(marks: &[Mark]) -> Spread {
    let mut raters: BTreeMap<Rater, Vec<f64>> = BTreeMap::new();
    for mark in marks {
        raters.entry(mark.rater).or_default().push(mark.point);
    }
    let (mean, total) = squares(&marks.iter().map(|mark| mark.point).collect::<Vec<_>>());
    let within = raters.values().map(|points| squares(points).1).sum();
    let n = marks.len() as f64;
    Spread { mean, within: (within, n - raters.len() as f64), total: (total, n - 1.0) }
}

/// The mean and the sum of squares about it.
fn squares(points: &[f64]) -> (f64, f64) {
    let mean = points.iter().sum::<f64>() / points.len() as f64;
    (mean, points.iter().map(|point| (point - mean).powi(2)).sum())
}

/// The variance of points by their mean, for views with `deviation`: a table, since every rep needs it at every step.
fn variance_by_mean(deviation: f64) -> impl Fn(f64) -> f64 {
    let reach = 3.0 * deviation;
    let step = (4.0 + 2.0 * reach) / 64.0;
    let table: Vec<(f64, f64)> = (0..=64).map(|n| moments(1.0 - reach + f64::from(n) * step, deviation)).collect();
    move |mean| {
        let next = table.partition_point(|(at, _)| *at < mean);
        if next == 0 || next == table.len() {
            return 0.0;
        }
        let ((low, below), (high, above)) = (table[next - 1], table[next]);
        below + (above - below) * (mean - low) / (high - low)
    }
}
