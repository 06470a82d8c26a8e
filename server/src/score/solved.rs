//! What is solved of the ratings, kept up to date: a new rating is taken in instead of solving anew.

use super::{
    fit::Fit,
    model::{Node, Posterior, Row, aged},
    ratings::{Change, Ratings},
    rows::{Composite, Measure, Rows, Step},
};
use app::{survey::Component, time::Timestamp};
use std::collections::BTreeMap;

/// One number of all ratings, solved.
#[derive(Clone, Debug)]
pub(super) struct Part {
    pub(super) rows: Rows,
    pub(super) posterior: Posterior,
}

impl Part {
    /// The composite of `ratings`. None where no rating has enough components.
    pub(super) fn overall(ratings: &Ratings, fit: &Fit, now: Timestamp) -> Option<Self> {
        Self::new(ratings, fit, now, Measure::Composite(Composite::new(&fit.formula, &fit.means)), &fit.overall)
    }

    fn new(ratings: &Ratings, fit: &Fit, now: Timestamp, measure: Measure, nodes: &[Node]) -> Option<Self> {
        let rows = Rows::new(ratings, &fit.formula, now, measure);
        if rows.rows.is_empty() || nodes.is_empty() {
            return None;
        }
        let posterior = Posterior::new(rows.shape, &rows.rows, aged, nodes);
        Some(Self { rows, posterior })
    }

    /// Takes `changes` in. False where it is to be solved anew: somebody is left without a rating, or solving takes less than so many
    /// updates.
    pub(super) fn take_in(&mut self, changes: &[Change]) -> bool {
        let Some(steps) = self.rows.take_in(changes) else { return false };
        if steps.len() > self.rows.shape.len() {
            return false;
        }
        self.posterior.grow(self.rows.shape.reps);
        let weights: Vec<(Row, f64)> = steps.iter().flat_map(weights).collect();
        // What comes is taken in before what goes is taken away, so that the mean always rests on something.
        for (row, weight) in weights.iter().filter(|(_, weight)| *weight > 0.0) {
            self.posterior.take_in(row, *weight);
        }
        for (row, weight) in weights.iter().filter(|(_, weight)| *weight < 0.0) {
            self.posterior.take_in(row, *weight);
        }
        true
    }
}

/// What a step adds to the weight of which row, and takes away.
fn weights(step: &Step) -> impl Iterator<Item = (Row, f64)> + use<> {
    let (before, after) = (step.before, step.after);
    match (before, after) {
        // Only its share changed: another rating of its meeting came or went.
        (Some(was), Some(is)) if (Row { share: is.share, ..was }) == is => [Some((is, aged(&is) - aged(&was))), None],
        _ => [after.map(|is| (is, aged(&is))), before.map(|was| (was, -aged(&was)))],
    }
    .into_iter()
    .flatten()
}

/// Everything that is solved for one audience.
#[derive(Clone, Debug)]
pub(super) struct Solved {
    /// The composite.
    pub(super) overall: Option<Part>,
    /// Each component that the fit knows and somebody rated.
    pub(super) components: BTreeMap<Component, Part>,
}

impl Solved {
    /// What `ratings` say at `now`, with what `fit` holds.
    pub(super) fn new(ratings: &Ratings, fit: &Fit, now: Timestamp) -> Self {
        let component = |(component, nodes): (&Component, &Vec<Node>)| {
            Some((*component, Part::new(ratings, fit, now, Measure::Component(*component), nodes)?))
        };
        Self { overall: Part::overall(ratings, fit, now), components: fit.components.iter().filter_map(component).collect() }
    }

    /// Takes `changes` in, on the same day and with the same fit; `ratings` are all that count afterwards.
    pub(super) fn take_in<'r>(&mut self, changes: &[Change], fit: &Fit, now: Timestamp, ratings: impl Fn() -> &'r Ratings) {
        if !self.overall.as_mut().is_some_and(|part| part.take_in(changes)) {
            self.overall = Part::overall(ratings(), fit, now);
        }
        for (component, nodes) in &fit.components {
            if !self.components.get_mut(component).is_some_and(|part| part.take_in(changes)) {
                match Part::new(ratings(), fit, now, Measure::Component(*component), nodes) {
                    Some(part) => self.components.insert(*component, part),
                    None => self.components.remove(component),
                };
            }
        }
    }

    /// How many numbers it holds, about.
    pub(super) fn size(&self) -> usize {
        self.overall.iter().chain(self.components.values()).map(|part| part.posterior.size()).sum()
    }
}
