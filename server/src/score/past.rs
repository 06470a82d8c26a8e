//! How scores stood at the end of each week: written once, whatever the formula becomes later.

use super::{estimate::overall_estimates, fit::Fit, held::monday, ratings::Ratings};
use app::{
    id::MemberId,
    score::{Estimate, PastScore, Score},
    time::Timestamp,
};
use chrono::{Days, NaiveDate};
use std::collections::BTreeMap;

/// Weeks that are kept in view.
const WEEKS: usize = 52;

/// The past of a score that was last kept as `before`: what it was goes in once a week is over.
pub(super) fn continued(before: &Score, now: Timestamp) -> Vec<PastScore> {
    let mut past = before.past.clone();
    let sunday = monday(now) - Days::new(1);
    let known = past.last().is_some_and(|last| last.on >= sunday);
    if let (Some(estimate), false) = (&before.overall, known || monday(before.computed_at) == monday(now)) {
        past.push(on(sunday, estimate, before.formula));
    }
    past.drain(..past.len().saturating_sub(WEEKS));
    past
}

/// The past of scores that were never computed while it was the present: by what customers had given until then, as far as it may be `told`.
pub(super) fn reconstructed(
    ratings: &Ratings,
    fit: &Fit,
    now: Timestamp,
    told: impl Fn(&Estimate) -> bool,
) -> BTreeMap<MemberId, Vec<PastScore>> {
    let mut past: BTreeMap<MemberId, Vec<PastScore>> = BTreeMap::new();
    for week in (0..RECONSTRUCTED_WEEKS).rev() {
        let monday = monday(now) - Days::new(7 * week);
        let end = Timestamp(monday.and_time(chrono::NaiveTime::MIN).and_utc().timestamp_millis());
        // One with a hidden name never without its batch.
        let given = ratings.only(|o| if o.hidden { o.counts_since().is_some_and(|since| since < end) } else { o.given_at < end });
        for (rep, estimate) in overall_estimates(&given, fit, end) {
            if told(&estimate) {
                past.entry(rep).or_default().push(on(monday - Days::new(1), &estimate, fit.formula.version));
            }
        }
    }
    past
}

/// Half a year says enough of a past that nobody saw.
const RECONSTRUCTED_WEEKS: u64 = 26;

fn on(on: NaiveDate, estimate: &Estimate, formula: u32) -> PastScore {
    PastScore { on, value: estimate.value, low: estimate.low, high: estimate.high, formula }
}
