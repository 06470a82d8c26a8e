//! What the ratings say about whatever is asked: a mixture of normal distributions, one per point of the variances.

use super::{
    design::{Row, Shape, Sums},
    equations::{Combination, Solution, solve},
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

    /// A rep's difference to the mean of `all` reps.
    pub fn contrast(&self, rep: usize, all: &[usize]) -> Mixture {
        let part = 1.0 / all.len() as f64;
        let factor = |other: usize| if other == rep { 1.0 - part } else { -part };
        let kept = all.iter().map(|other| (self.sums.shape.rep(*other), factor(*other))).collect();
        self.of(&Combination { kept, customer: None })
    }

    /// A rep's change from the first window to the second.
    pub fn change(&self, rep: usize) -> Mixture {
        let place = |window| self.sums.shape.window(rep, window);
        self.of(&Combination { kept: vec![(place(1), 1.0), (place(0), -1.0)], customer: None })
    }

    /// What each of `rows`, those it was made of, counts in a rep's estimate: `d estimate / d y` at held variances.
    pub fn weights(&self, rep: usize, rows: &[Row], weight: impl Fn(&Row) -> f64) -> Vec<f64> {
        let expected = self.expected(rep);
        let mut total = vec![0.0; rows.len()];
        for (share, solution) in &self.solved {
            for (sum, part) in total.iter_mut().zip(solution.weights(&self.sums, &expected, rows, &weight)) {
                *sum += share * part;
            }
        }
        total
    }

    /// Takes in one more row with the given weight, the variances held.
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
        let part = |(share, solution): &(f64, Solution)| {
            let normal = solution.of(&self.sums, combination);
            Part { share: *share, mean: normal.mean, deviation: normal.variance.max(0.0).sqrt() }
        };
        Mixture(self.solved.iter().map(part).collect())
    }
}
