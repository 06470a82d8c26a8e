//! What is learned from all ratings together and then held: how reps, customers and ratings differ, and the means of the components.

use super::{
    formula::Formula,
    model::{Node, Posterior, Sums, Variances, aged, nodes, plain},
    ratings::Ratings,
    rows::{Composite, Measure, Rows},
};
use app::{
    score::{PER_POINT, Spread},
    survey::Component,
    time::Timestamp,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What is held between one refit and the next.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Fit {
    /// The formula that it was made for.
    pub formula: Formula,
    /// From how many ratings.
    pub ratings: usize,
    /// The estimated mean of each component that was rated.
    pub(super) means: BTreeMap<Component, f64>,
    /// The variances of each component.
    pub(super) components: BTreeMap<Component, Vec<Node>>,
    /// The variances of the composite.
    pub(super) overall: Vec<Node>,
}

/// A refit is due once this part of what was fitted came or went; below it the variances would hardly move.
const GROWTH: usize = 20;

impl Fit {
    /// Learns from `ratings` what `formula` needs.
    pub fn new(ratings: &Ratings, formula: Formula, now: Timestamp) -> Self {
        let (mut means, mut components) = (BTreeMap::new(), BTreeMap::new());
        for each in Component::ALL {
            let rows = Rows::new(ratings, &formula, now, Measure::Component(each));
            if !rows.rows.is_empty() {
                let nodes = nodes(&Sums::new(rows.shape, &rows.rows, plain));
                means.insert(each, Posterior::new(rows.shape, &rows.rows, aged, &nodes).mean());
                components.insert(each, nodes);
            }
        }
        let rows = Rows::new(ratings, &formula, now, Measure::Composite(Composite::new(&formula, &means)));
        let overall = if rows.rows.is_empty() { Vec::new() } else { nodes(&Sums::new(rows.shape, &rows.rows, plain)) };
        Self { ratings: ratings.iter().count(), formula, means, components, overall }
    }

    /// How much ratings of each component scatter, in whole points of 100: enough for an interval, and too little to reckon back with.
    pub fn spread(&self) -> BTreeMap<Component, Spread> {
        let deviation = |nodes: &[Node], of: fn(&Variances) -> f64| {
            let variance: f64 = nodes.iter().map(|node| node.share * of(&node.variances)).sum();
            (variance.sqrt() * PER_POINT).round()
        };
        let spread =
            |nodes: &Vec<Node>| Spread { customer: deviation(nodes, |it| it.customer), residual: deviation(nodes, |it| it.residual) };
        self.components.iter().map(|(component, nodes)| (*component, spread(nodes))).collect()
    }

    /// Whether it still serves for so many `ratings` and `formula`.
    pub fn serves(&self, ratings: usize, formula: &Formula) -> bool {
        self.formula == *formula && ratings.abs_diff(self.ratings) * GROWTH < self.ratings.max(1)
    }
}
