//! What is held between one computing of an organisation's scores and the next, per audience.

use super::{fit::Fit, formula::Formula, movement::Baseline};
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

/// Up to so many ratings are learned from at once; more of them in the background, while scores go on with what is held.
pub(super) const QUICK: usize = 500;

impl Held {
    /// What is held from `now` on, where so many `ratings` count: what was, unless something else is to be `learn`ed and that is quick.
    pub fn next(before: Option<&Self>, ratings: usize, rules: &Rules, now: Timestamp, learn: impl FnOnce(Formula) -> Fit) -> Self {
        let Some(held) = before else {
            let fit = learn(Formula::of(rules, None));
            return Self { before: None, latest: Baseline { at: now, fit: fit.clone() }, fit };
        };
        let learned = held.wanted(ratings, rules).filter(|_| ratings <= QUICK).map(learn);
        let fit = learned.unwrap_or_else(|| held.fit.clone());
        if monday(held.latest.at) == monday(now) {
            Self { fit, ..held.clone() }
        } else {
            Self { before: Some(held.latest.clone()), latest: Baseline { at: now, fit: held.fit.clone() }, fit }
        }
    }

    /// The formula to learn for where the fit does not serve any more.
    pub fn wanted(&self, ratings: usize, rules: &Rules) -> Option<Formula> {
        let formula = Formula::of(rules, Some(&self.fit.formula));
        (!self.fit.serves(ratings, &formula)).then_some(formula)
    }

    /// The same with another fit.
    pub fn refitted(self, fit: Fit) -> Self {
        Self { fit, ..self }
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
