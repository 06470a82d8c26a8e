//! What moved a score: from one state of things to another, one cause after the other, each step the difference that it alone makes.
//!
//! New ratings are the last cause: all before it rests on what was known then, and is solved once a day instead of with every rating.

use super::{estimate::overall_estimates, fit::Fit, ratings::Ratings};
use app::{
    id::MemberId,
    score::{Cause, Estimate, Movement},
    time::Timestamp,
};
use chrono::NaiveDate;
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

/// What of everybody's movement does not depend on ratings that came since.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Stages {
    since: NaiveDate,
    /// Every rep's overall score by what was known at the baseline: as it stood then, and after each cause.
    reached: Vec<(Option<Cause>, BTreeMap<MemberId, f64>)>,
}

impl Stages {
    /// From `baseline` to what `fit` says `now`; `ratings` are all there ever were.
    pub(super) fn new(ratings: &Ratings, baseline: &Baseline, fit: &Fit, now: Timestamp) -> Self {
        let (then, old) = (ratings.counted_at(baseline.at), &baseline.fit);
        // What was left out since is gone, and what was left out then and counts again is back.
        let left = ratings.only(|o| o.counts_at(now) && o.counts_since().is_some_and(|since| since <= baseline.at));
        let solve = |ratings: &Ratings, fit: &Fit, at: Timestamp| -> BTreeMap<MemberId, f64> {
            overall_estimates(ratings, fit, at).into_iter().map(|(rep, estimate)| (rep, estimate.value)).collect()
        };
        let mut reached = vec![(None, solve(&then, old, baseline.at)), (Some(Cause::Ageing), solve(&then, old, now))];
        if old != fit {
            // Another formula is learned anew as a whole.
            let cause = if old.formula == fit.formula { Cause::Refit } else { Cause::Version };
            reached.push((Some(cause), solve(&then, fit, now)));
        }
        if left != then {
            reached.push((Some(Cause::Exclusions), solve(&left, fit, now)));
        }
        Self { since: baseline.at.date_at(0), reached }
    }

    /// How a rep's overall score came to be what it is `now`. None where the rep had none then, or has lost all that there was.
    pub(super) fn movement(&self, rep: MemberId, now: &Estimate) -> Option<Movement> {
        let reached = self.reached.iter().map(|(cause, values)| Some((*cause, *values.get(&rep)?)));
        let mut values: Vec<(Option<Cause>, f64)> = reached.collect::<Option<_>>()?;
        values.push((Some(Cause::NewRatings), now.value));
        let tenths = |value: f64| (value * 10.0).round();
        // Differences of what is shown, so that what is shown adds up.
        let step = |pair: &[(Option<Cause>, f64)]| {
            let by = (tenths(pair[1].1) - tenths(pair[0].1)) / 10.0;
            pair[1].0.filter(|_| by != 0.0).map(|cause| (cause, by))
        };
        let parts = values.windows(2).filter_map(step).collect();
        Some(Movement { since: self.since, from: tenths(values[0].1) / 10.0, to: tenths(now.value) / 10.0, parts })
    }
}
