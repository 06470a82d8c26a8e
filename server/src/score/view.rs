//! What one audience knows, kept up to date from one computing to the next of the same day.

use super::{
    estimate::{Scores, scores},
    facts::Facts,
    fit::Fit,
    held::Held,
    movement::Stages,
    ratings::{Change, Observation, Ratings},
    readings::Readings,
    solved::Solved,
};
use app::{
    id::MemberId,
    organisation::Rules,
    score::{Audience, Estimate, Movement, PEOPLE_FOR_COMPARISON, Spread},
    survey::Component,
    time::Timestamp,
};
use std::{
    cell::OnceCell,
    collections::{BTreeMap, BTreeSet},
};

/// What is solved and counted of the ratings that an audience knows, for one day and with what was held.
#[derive(Clone, Debug)]
pub(super) struct View {
    audience: Audience,
    /// When it was last brought up to date.
    at: Timestamp,
    solved: Solved,
    facts: Facts,
    stages: Stages,
    /// Reps of whom time alone will make some rating count, or not count any more.
    unsettled: BTreeSet<MemberId>,
}

impl View {
    /// Of all `readings`, with what is `held`.
    pub(super) fn new(audience: Audience, readings: &Readings, held: &Held, now: Timestamp) -> Self {
        let ratings = readings.all(audience);
        let counted = ratings.counted_at(now);
        Self {
            audience,
            at: now,
            solved: Solved::new(&counted, &held.fit, now),
            facts: Facts::new(&counted, now),
            stages: Stages::new(&ratings, held.baseline(), &held.fit, now),
            unsettled: ratings.iter().filter(|o| o.is_unsettled(now)).map(|o| o.rep).collect(),
        }
    }

    /// Brings it from what there was `before`, of the reps concerned, to the `readings` that there are now, on the same day and with the same
    /// `held`. Then it says what [`View::new`] says, up to rounding.
    pub(super) fn take_in(&mut self, before: &Readings, readings: &Readings, held: &Held, now: Timestamp) {
        let past = held.baseline().at;
        let is_past = |change: &Change| change.sides().filter_map(Observation::counts_since).any(|since| since <= past);
        let (mut changes, mut own, mut is_past_touched) = (Vec::new(), BTreeMap::new(), false);
        let reps: BTreeSet<MemberId> = before.reps().chain(std::mem::take(&mut self.unsettled)).collect();
        for rep in reps {
            let is = readings.of(rep, self.audience).unwrap_or_default();
            let was = before.of(rep, self.audience).unwrap_or_else(|| is.clone());
            is_past_touched |= Change::between(was.clone(), is.clone()).any(|change| is_past(&change));
            if is.iter().any(|o| o.is_unsettled(now)) {
                self.unsettled.insert(rep);
            }
            let counted = |all: Vec<Observation>, at| all.into_iter().filter(|o| o.counts_at(at)).collect::<Vec<_>>();
            let is = counted(is, now);
            changes.extend(Change::between(counted(was, self.at), is.clone()));
            own.insert(rep, is);
        }
        let whole: OnceCell<Ratings> = OnceCell::new();
        let ratings = || whole.get_or_init(|| readings.all(self.audience).counted_at(now));
        self.solved.take_in(&changes, &held.fit, now, ratings);
        self.facts.take_in(&changes, &own, now, ratings);
        if is_past_touched || changes.iter().any(is_past) {
            self.stages = Stages::new(&readings.all(self.audience), held.baseline(), &held.fit, now);
        }
        self.at = now;
    }

    /// Every rep's score, but for what is not computed with every rating.
    pub(super) fn scores(&self, held: &Held, rules: &Rules) -> Scores {
        scores(&self.solved, &self.facts, &held.fit, rules)
    }

    /// What moved a rep's overall score to what it is now.
    pub(super) fn movement(&self, rep: MemberId, overall: &Estimate) -> Option<Movement> {
        self.stages.movement(rep, overall)
    }

    /// How many ratings count.
    pub(super) fn ratings(&self) -> usize {
        self.facts.reps.values().map(|counted| counted.ratings as usize).sum()
    }

    /// How many reps have an overall score.
    pub(super) fn scored(&self) -> usize {
        self.solved.overall.as_ref().map_or(0, |part| part.rows.reps().len())
    }

    /// How much ratings of each component scatter, as `fit` learned it; nothing where it rests on so few reps or customers that it would tell
    /// of one of them.
    pub(super) fn spread(&self, fit: &Fit) -> BTreeMap<Component, Spread> {
        let rests_on_enough =
            self.solved.overall.as_ref().is_some_and(|part| {
                part.rows.reps().len() >= PEOPLE_FOR_COMPARISON && part.rows.customers().len() >= PEOPLE_FOR_COMPARISON
            });
        if rests_on_enough { fit.spread() } else { BTreeMap::new() }
    }

    /// How many numbers it holds, about.
    pub(super) fn size(&self) -> usize {
        self.solved.size()
    }
}

#[cfg(test)]
mod tests;
