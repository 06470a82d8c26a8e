//! Ratings as rows of the model: who and what is numbered, and one number of each rating taken.

use super::{
    formula::Formula,
    model::{Row, Shape},
    ratings::{Observation, Ratings, count, recency, share_of_meeting},
};
use app::{
    id::{ContactId, CustomerId, MeetingId, MemberId},
    meeting::{Channel, MeetingFormat},
    score::COMPONENTS_FOR_OVERALL,
    survey::Component,
    time::Timestamp,
};
use std::collections::{BTreeMap, BTreeSet};

/// Rows, and what their numbers mean.
pub(super) struct Rows<'r> {
    /// One per rating that has the number.
    pub(super) rows: Vec<Row>,
    /// The ratings, in the same order.
    pub(super) observations: Vec<&'r Observation>,
    /// Who the reps are.
    pub(super) reps: Vec<MemberId>,
    /// Who the customers are.
    pub(super) customers: Vec<CustomerId>,
    /// How many of what there are.
    pub(super) shape: Shape,
}

const CHANNELS: [Channel; 3] = [Channel::InPerson, Channel::Video, Channel::Phone];

impl<'r> Rows<'r> {
    /// The rows of those `ratings` that have a `value`, as they count at `now`.
    pub(super) fn new(ratings: &'r Ratings, formula: &Formula, now: Timestamp, value: impl Fn(&Observation) -> Option<f64>) -> Self {
        let valued: Vec<(&Observation, f64)> = ratings.iter().filter_map(|o| Some((o, value(o)?))).collect();
        let mut of_meeting: BTreeMap<MeetingId, usize> = BTreeMap::new();
        for (observation, _) in &valued {
            *of_meeting.entry(observation.meeting).or_default() += 1;
        }
        let mut reps = Numbering::default();
        let mut customers = Numbering::default();
        let mut people: Numbering<(CustomerId, Option<ContactId>)> = Numbering::default();
        let rows = valued
            .iter()
            .map(|(o, y)| Row {
                rep: reps.number(o.rep),
                customer: customers.number(o.customer),
                contact: people.number((o.customer, o.contact)),
                format: o.format.and_then(|format| MeetingFormat::ALL.iter().position(|other| *other == format)),
                channel: o.channel.and_then(|channel| CHANNELS.iter().position(|other| *other == channel)),
                window: None,
                y: *y,
                share: share_of_meeting(of_meeting[&o.meeting]),
                recency: recency(o.given_at, now, formula.half_life_days.into()),
            })
            .collect();
        let shape = Shape { reps: reps.names.len(), formats: MeetingFormat::ALL.len(), channels: CHANNELS.len(), windows: false };
        Self { rows, observations: valued.into_iter().map(|(o, _)| o).collect(), reps: reps.names, customers: customers.names, shape }
    }

    /// How many rows are about a rep, and how many customers they are from.
    pub(super) fn of_rep(&self, rep: usize) -> (u32, u32) {
        let own = || self.rows.iter().filter(|row| row.rep == rep);
        (count(own().count()), count(own().map(|row| row.customer).collect::<BTreeSet<_>>().len()))
    }
}

/// Numbers things in the order in which they are met.
struct Numbering<T> {
    numbers: BTreeMap<T, usize>,
    names: Vec<T>,
}

impl<T> Default for Numbering<T> {
    fn default() -> Self {
        Self { numbers: BTreeMap::new(), names: Vec::new() }
    }
}

impl<T: Copy + Ord> Numbering<T> {
    fn number(&mut self, name: T) -> usize {
        *self.numbers.entry(name).or_insert_with(|| {
            self.names.push(name);
            self.names.len() - 1
        })
    }
}

/// A rating's points in one component.
pub(super) fn component(component: Component) -> impl Fn(&Observation) -> Option<f64> {
    move |o| o.components.get(&component).map(|point| f64::from(*point))
}

/// A rating's composite: what its components say together, where those it lacks are taken to be as far from their `means` as those it has.
/// None where fewer than [`COMPONENTS_FOR_OVERALL`] of those that count are there.
pub(super) fn composite(formula: &Formula, means: &BTreeMap<Component, f64>) -> impl Fn(&Observation) -> Option<f64> {
    let counted: Vec<(Component, f64, f64)> = means
        .iter()
        .map(|(component, mean)| (*component, formula.weight(*component), *mean))
        .filter(|(_, weight, _)| *weight > 0.0)
        .collect();
    let total: f64 = counted.iter().map(|(_, weight, _)| weight).sum();
    let common: f64 = counted.iter().map(|(_, weight, mean)| weight * mean).sum::<f64>() / total;
    move |o| {
        let present = counted
            .iter()
            .filter_map(|(component, weight, mean)| o.components.get(component).map(|point| (*weight, f64::from(*point) - mean)));
        let (number, weight, above) =
            present.fold((0, 0.0, 0.0), |(number, sum, above), (weight, by)| (number + 1, sum + weight, above + weight * by));
        (number >= COMPONENTS_FOR_OVERALL).then(|| common + above / weight)
    }
}
