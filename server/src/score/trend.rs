//! How scores moved against the quarter before.
//!
//! Each rep has an effect per window on top of the lasting one; customers are shared by both windows, so that a harsher round of customers
//! is not taken for a change of the rep. Nothing ages: within two quarters every rating counts alike.

use super::{
    estimate::to_tenth,
    fit::Fit,
    mixture::Mixture,
    model::{Node, Row, Shape, Variances, window_changes, window_nodes},
    ratings::{Ratings, midnight},
    rows::{Composite, Measure, Rows},
};
use app::{
    id::MemberId,
    score::{PER_POINT, ScoreChange},
    time::Timestamp,
};
use std::collections::{BTreeMap, BTreeSet};

/// Days of each of the two windows that a change compares.
const QUARTER_DAYS: i64 = 91;

/// How each rep with ratings in both of the last two quarters moved.
pub(super) fn changes(ratings: &Ratings, fit: &Fit, now: Timestamp) -> BTreeMap<MemberId, ScoreChange> {
    let today = midnight(now);
    let (middle, start) = (today.plus_days(-QUARTER_DAYS), today.plus_days(-2 * QUARTER_DAYS));
    let recent = ratings.only(|o| o.given_at >= start);
    let rows = Rows::new(&recent, &fit.formula, now, Measure::Composite(Composite::new(&fit.formula, &fit.means)));
    let mut seen: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    let mut windowed: Vec<Row> = Vec::with_capacity(rows.rows.len());
    for (row, rated) in rows.rows.iter().zip(&rows.ratings) {
        let window = usize::from(rated.given_at >= middle);
        windowed.push(Row { window: Some(window), ..*row });
        seen.entry(row.rep).or_default().insert(window);
    }
    seen.retain(|_, windows| windows.len() == 2);
    if seen.is_empty() || fit.overall.is_empty() {
        return BTreeMap::new();
    }
    let shape = Shape { windows: true, ..rows.shape };
    let reps: Vec<usize> = seen.into_keys().collect();
    let changes = window_changes(shape, &windowed, &window_nodes(shape, &windowed, held(&fit.overall)), &reps);
    reps.iter().zip(&changes).map(|(rep, change)| (rows.reps()[*rep], on_scale(change))).collect()
}

/// The mean of the variances: those that are not asked about are held there.
fn held(nodes: &[Node]) -> Variances {
    let mean = |of: fn(&Variances) -> f64| nodes.iter().map(|node| node.share * of(&node.variances)).sum();
    Variances { rep: mean(|it| it.rep), customer: mean(|it| it.customer), window: 0.0, residual: mean(|it| it.residual) }
}

fn on_scale(mixture: &Mixture) -> ScoreChange {
    let scale = |points: f64| (points * PER_POINT).clamp(-100.0, 100.0);
    let (low, high) = mixture.interval().into_inner();
    ScoreChange {
        by: to_tenth(scale(mixture.mean()), f64::round),
        low: to_tenth(scale(low), f64::floor),
        high: to_tenth(scale(high), f64::ceil),
    }
}
