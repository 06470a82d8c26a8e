//! What is held between one computing of an organisation's scores and the next, per audience.

use super::{fit::Fit, formula::Formula, movement::Baseline, ratings::Ratings};
use app::{organisation::Rules, time::Timestamp};
use chrono::{Datelike as _, Days, NaiveDate};
use serde::{Deserialize, Serialize};

/// The fit, and how things stood on the last two Mondays.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Held {
    /// What estimates rest on.
    pub fit: Fit,
    /// How things stood in the week before, if they were computed then.
    before: Option<Baseline>,
    /// How things stood when this week began.
    latest: Baseline,
}

impl Held {
    /// What is held from `now` on: what was, as far as it still serves.
    pub fn next(before: Option<Self>, ratings: &Ratings, rules: &Rules, now: Timestamp) -> Self {
        let formula = Formula::of(rules, before.as_ref().map(|held| &held.fit.formula));
        let kept = before.as_ref().map(|held| &held.fit).filter(|fit| fit.serves(ratings, &formula)).cloned();
        let fit = kept.unwrap_or_else(|| Fit::new(ratings, formula, now));
        match before {
            Some(held) if monday(held.latest.at) == monday(now) => Self { fit, ..held },
            Some(held) => Self { before: Some(held.latest), latest: Baseline { at: now, fit: held.fit }, fit },
            None => Self { before: None, latest: Baseline { at: now, fit: fit.clone() }, fit },
        }
    }

    /// What to tell movements against: at least a week, unless less is known.
    pub fn baseline(&self) -> &Baseline {
        self.before.as_ref().unwrap_or(&self.latest)
    }
}

/// The Monday of the week, UTC.
pub(super) fn monday(at: Timestamp) -> NaiveDate {
    let day = at.date_at(0);
    day - Days::new(u64::from(day.weekday().num_days_from_monday()))
}
