//! How scores moved against the quarter before.

use super::{
    estimate::{PER_POINT, to_tenth},
    mixture::Mixture,
    points::{Point, by_rep, cell},
    ratings::midnight,
    shrinkage::{Cell, Mean, fit},
};
use app::{id::MemberId, score::ScoreChange, time::Timestamp};
use std::collections::BTreeMap;

/// Scale of the prior on how much the reps' changes over a quarter differ: people change less than they differ.
const BETWEEN_CHANGES: f64 = 0.5;
/// Days of each of the two windows that a change compares.
const QUARTER_DAYS: i64 = 91;

/// How each rep with ratings in both of the last two quarters moved. The same shrinkage, of the difference between the two means: what
/// stays the same about a rep drops out of it, and an outlier quarter is drawn toward how everybody moved.
pub(super) fn changes(points: &[Point], now: Timestamp) -> BTreeMap<MemberId, ScoreChange> {
    let today = midnight(now);
    let (middle, start) = (today.plus_days(-QUARTER_DAYS), today.plus_days(-2 * QUARTER_DAYS));
    let mut cells = Vec::new();
    let mut reps = Vec::new();
    for (rep, own) in by_rep(points.iter().filter(|point| point.given_at >= start)) {
        let (after, before): (Vec<&Point>, Vec<&Point>) = own.into_iter().partition(|point| point.given_at >= middle);
        if !after.is_empty() && !before.is_empty() {
            // Seen from the start nothing has aged: within a quarter every rating counts alike.
            let [after, before] = [after, before].map(|window| cell(&window, start));
            let difference = |a: Mean, b: Mean| Mean { value: a.value - b.value, spread: a.spread + b.spread };
            cells.push(Cell {
                plain: difference(after.plain, before.plain),
                discounted: difference(after.discounted, before.discounted),
                scatter: after.scatter + before.scatter,
                freedom: after.freedom + before.freedom,
            });
            reps.push(rep);
        }
    }
    let moved = fit(&cells, BETWEEN_CHANGES).map(|fit| fit.reps).unwrap_or_default();
    reps.into_iter().zip(moved.iter().map(change_on_scale)).collect()
}

fn change_on_scale(mixture: &Mixture) -> ScoreChange {
    let scale = |points: f64| (points * PER_POINT).clamp(-100.0, 100.0);
    ScoreChange {
        by: to_tenth(scale(mixture.mean()), f64::round),
        low: to_tenth(scale(mixture.quantile(0.025)), f64::floor),
        high: to_tenth(scale(mixture.quantile(0.975)), f64::ceil),
    }
}
