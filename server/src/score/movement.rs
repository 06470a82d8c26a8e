//! What moved a score: from one state of things to another, one cause after the other, each step the difference that it alone makes.

use super::{estimate::overall_estimates, fit::Fit, ratings::Ratings};
use app::{
    id::MemberId,
    score::{Cause, Movement},
    time::Timestamp,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// How things stood: what was known then, and what was held.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Baseline {
    /// When.
    pub at: Timestamp,
    /// What was held.
    pub fit: Fit,
}

/// How each rep's overall score came from `baseline` to what `ratings`, all there ever were, and `fit` say `now`. Reps who had none then
/// are absent.
pub(super) fn movements(ratings: &Ratings, baseline: &Baseline, fit: &Fit, now: Timestamp) -> BTreeMap<MemberId, Movement> {
    let then = ratings.counted_at(baseline.at);
    // What came since, without regard to what was left out or counted again since.
    let is_new = |since: Timestamp| baseline.at < since && since <= now;
    let came = ratings.only(|o| o.counts_at(baseline.at) || o.counts_since().is_some_and(is_new));
    let counted = ratings.counted_at(now);
    let old = &baseline.fit;
    let refitted = if old.formula == fit.formula { fit.clone() } else { Fit::new(&counted, old.formula.clone(), now) };
    let stages = [
        (None, overall_estimates(&then, old, baseline.at)),
        (Some(Cause::NewRatings), overall_estimates(&came, old, baseline.at)),
        (Some(Cause::Ageing), overall_estimates(&came, old, now)),
        (Some(Cause::Exclusions), overall_estimates(&counted, old, now)),
        (Some(Cause::Refit), overall_estimates(&counted, &refitted, now)),
        (Some(Cause::Version), overall_estimates(&counted, fit, now)),
    ];
    let since = baseline.at.date_at(0);
    let of = |rep: &MemberId| -> Option<Movement> {
        let values: Vec<f64> = stages.iter().map(|(_, values)| values.get(rep).map(|it| it.value)).collect::<Option<_>>()?;
        let tenths = |value: f64| (value * 10.0).round();
        // Differences of what is shown, so that what is shown adds up.
        let steps = values.windows(2).zip(&stages[1..]).filter_map(|(pair, (cause, _))| {
            let by = (tenths(pair[1]) - tenths(pair[0])) / 10.0;
            (*cause).filter(|_| by != 0.0).map(|cause| (cause, by))
        });
        let parts = steps.collect();
        Some(Movement { since, from: tenths(values[0]) / 10.0, to: tenths(values[values.len() - 1]) / 10.0, parts })
    };
    let reps: Vec<MemberId> = stages[0].1.keys().copied().collect();
    reps.iter().filter_map(|rep| Some((*rep, of(rep)?))).collect()
}
