//! What the ratings say about whatever is asked: a mixture of normal distributions, one per point of the variances.

use super::{
    design::{Row, Shape, Sums},
    equations::{Combination, Normal, Solution, solve},
    quadrature::Node,
};
use crate::score::mixture::{Mixture, Part};

/// The model, solved at every node.
#[derive(Clone, Debug)]
pub struct Posterior {
    sums: Sums,
    solved: Vec<(f64, Solution)>,
}

/// The weight that estimates rest on: what a rating counts among those of its meeting, and what its age leaves of it.
pub fn aged(row: &Row) -> f64 {
    row.share * row.recency
}

/// The weight that variances are learned from: recency says how much a rating counts today, not how precise it was.
pub fn plain(row: &Row) -> f64 {
    row.share
}

impl Posterior {
    /// Solves at `nodes` what `rows` say with the given weight.
    pub fn new(shape: Shape, rows: &[Row], weight: impl Fn(&Row) -> f64, nodes: &[Node]) -> Self {
        let sums = Sums::new(shape, rows, weight);
        let solved = nodes.iter().map(|node| (node.share, solve(&sums, node.variances))).collect();
        Self { sums, solved }
    }

    /// The estimated common mean.
    pub fn mean(&self) -> f64 {
        self.solved.iter().map(|(share, solution)| share * solution.mean(&self.sums)).sum()
    }

    /// The posterior mean of the variance between reps.
    pub fn rep_variance(&self) -> f64 {
        self.solved.iter().map(|(share, solution)| share * solution.variances().rep).sum()
    }

    /// Where a rep's expected rating lies, over customers, formats and channels.
    pub fn rep(&self, rep: usize) -> Mixture {
        self.of(&self.expected(rep))
    }

    /// A rep's expected rating by those of a customer's people who rated.
    pub fn with_customer(&self, rep: usize, customer: usize) -> Mixture {
        self.of(&Combination { customer: Some(customer), ..self.expected(rep) })
    }

    /// A rep's difference to everybody's mean.
    pub fn effect(&self, rep: usize) -> Mixture {
        self.of(&Combination { kept: vec![(self.sums.shape.rep(rep), 1.0)], customer: None })
    }

    /// The difference of every one of `reps` to the mean of them all.
    pub fn contrasts(&self, reps: &[usize]) -> Vec<Mixture> {
        let mut mixtures: Vec<Mixture> = reps.iter().map(|_| Mixture(Vec::with_capacity(self.solved.len()))).collect();
        for (share, solution) in &self.solved {
            for (mixture, normal) in mixtures.iter_mut().zip(solution.contrasts(self.sums.shape, reps)) {
                mixture.0.push(part(*share, normal));
            }
        }
        mixtures
    }

    /// What each of `rows`, some of those it rests on, counts in a rep's estimate: `d estimate / d y` at held variances.
    pub fn weights<'r>(&self, rep: usize, rows: impl Iterator<Item = &'r Row> + Clone, weight: impl Fn(&Row) -> f64) -> Vec<f64> {
        let expected = self.expected(rep);
        let mut total = vec![0.0; rows.clone().count()];
        for (share, solution) in &self.solved {
            for (sum, part) in total.iter_mut().zip(solution.weights(&self.sums, &expected, rows.clone(), &weight)) {
                *sum += share * part;
            }
        }
        total
    }

    /// Makes room for so many reps. Customers and their people need none.
    pub fn grow(&mut self, reps: usize) {
        if reps > self.sums.shape.reps {
            let shape = Shape { reps, ..self.sums.shape };
            self.sums.grow(shape);
            self.solved.iter_mut().for_each(|(_, solution)| solution.grow(shape));
        }
    }

    /// How many numbers it holds, about.
    pub fn size(&self) -> usize {
        self.solved.iter().map(|(_, solution)| solution.size()).sum::<usize>() + self.sums.size()
    }

    /// Takes in one more row with the given weight, the variances held; a negative weight takes so much of it away.
    pub fn take_in(&mut self, row: &Row, weight: f64) {
        for (_, solution) in &mut self.solved {
            solution.take_in(&self.sums, row, weight);
        }
        self.sums.add(row, weight);
    }

    fn expected(&self, rep: usize) -> Combination {
        Combination { kept: vec![(0, 1.0), (self.sums.shape.rep(rep), 1.0)], customer: None }
    }

    fn of(&self, combination: &Combination) -> Mixture {
        Mixture(self.solved.iter().map(|(share, solution)| part(*share, solution.of(&self.sums, combination))).collect())
    }
}

/// The change of each of `reps` from the first window to the second: one node after the other, since windows make the equations large.
pub fn window_changes(shape: Shape, rows: &[Row], nodes: &[Node], reps: &[usize]) -> Vec<Mixture> {
    let sums = Sums::new(shape, rows, plain);
    let mut mixtures: Vec<Mixture> = reps.iter().map(|_| Mixture(Vec::with_capacity(nodes.len()))).collect();
    for node in nodes {
        let solution = solve(&sums, node.variances);
        for (rep, mixture) in reps.iter().zip(&mut mixtures) {
            let place = |window| shape.window(*rep, window);
            let change = Combination { kept: vec![(place(0), -1.0), (place(1), 1.0)], customer: None };
            mixture.0.push(part(node.share, solution.of(&sums, &change)));
        }
    }
    mixtures
}

fn part(share: f64, normal: Normal) -> Part {
    Part { share, mean: normal.mean, deviation: normal.variance.max(0.0).sqrt() }
}
