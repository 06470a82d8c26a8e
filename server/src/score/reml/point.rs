//! The criterion at a point, its gradient, and the average information.
//!
//! The residual variance is profiled out. Average information (Gilmour, Thompson and Cullis, 1995) stands for the second derivatives: the
//! mean of what is observed and what is expected of them, in which the traces of four matrices cancel.

use super::{
    equations::{Equations, Ratios, Rest},
    one_way::criterion,
    traces::Traces,
};

/// The model solved at given ratios of variances; of the two of anything, the first is the kept factor's.
#[derive(Clone, Debug)]
pub(super) struct Point {
    pub(super) ratios: [f64; 2],
    pub(super) traces: Traces,
    /// Minus twice the restricted log-likelihood, in the engine's units.
    pub(super) criterion: f64,
    /// Derivatives of the criterion by the ratios.
    pub(super) gradient: [f64; 2],
    /// Second derivatives, on average.
    pub(super) information: [[f64; 2]; 2],
    pub(super) solution: Solution,
}

/// Mean, effects and residual variance at given ratios of variances.
#[derive(Clone, Debug, Default)]
pub(super) struct Solution {
    pub(super) mean: f64,
    /// Of the mean: one over its variance, in units of the residual variance.
    pub(super) precision: f64,
    /// Weighted sum of squares of the residuals and, over the ratios, of the effects.
    pub(super) squares: f64,
    /// `Z' P y`: the kept levels' effects over their ratio.
    pub(super) kept: Vec<f64>,
    /// `U' P y`: the eliminated levels' effects over their ratio.
    pub(super) eliminated: Vec<f64>,
    /// `Z' H^-1 1`.
    pub(super) of_mean: Vec<f64>,
}

/// Solves `A x = b` for two right-hand sides at once.
pub(super) type Solve<'s> = &'s mut dyn FnMut(&[[f64; 2]]) -> Option<Vec<[f64; 2]>>;

impl Solution {
    /// Solves the equations, `solve` doing the work.
    pub(super) fn new(equations: &Equations, solve: Solve) -> Option<(Self, Rest)> {
        let x = solve(&equations.right)?;
        let [sum, precision] = x.iter().fold([0.0; 2], |sums, x| [sums[0] + x[0], sums[1] + x[1]]);
        let mean = sum / precision;
        let kept: Vec<f64> = x.iter().map(|x| x[0] - mean * x[1]).collect();
        let of_mean: Vec<f64> = x.iter().map(|x| x[1]).collect();
        let mut rest = equations.rest(mean, &kept, &of_mean);
        let eliminated = std::mem::take(&mut rest.eliminated);
        let scores: f64 = kept.iter().map(|score| score * score).sum();
        let squares = rest.squares + equations.ratios.kept * scores + equations.ratios.eliminated * rest.scores;
        Some((Self { mean, precision, squares, kept, eliminated, of_mean }, rest))
    }
}

impl Point {
    pub(super) fn new(equations: &Equations, traces: Traces, solve: Solve) -> Option<Self> {
        let design = equations.design;
        let g = equations.ratios.kept;
        let (solution, rest) = Solution::new(equations, solve)?;
        let working = solve(&rest.working)?;
        let Solution { precision, squares, kept, of_mean, .. } = &solution;
        let sum = |a: &dyn Fn(usize) -> f64| (0..kept.len()).map(a).sum::<f64>();
        let scores = [sum(&|k| kept[k] * kept[k]), rest.scores];
        let means = [sum(&|k| of_mean[k] * kept[k]), rest.mean_scores];
        let squares_of_mean = [sum(&|k| of_mean[k] * of_mean[k]), rest.mean_squares];
        let freedom = design.ratings as f64 - 1.0;
        let gradient = [0, 1].map(|k| traces.of(k) - squares_of_mean[k] / precision - freedom * scores[k] / squares);
        let products = [
            [sum(&|k| kept[k] * working[k][0]), sum(&|k| kept[k] * working[k][1])],
            [0.0, rest.score_squares - g * sum(&|k| rest.working[k][1] * working[k][1])],
        ];
        let information = [0, 1].map(|j: usize| {
            [0, 1].map(|k: usize| {
                let product = products[j.min(k)][j.max(k)] - means[j] * means[k] / precision;
                freedom * (product - scores[j] * scores[k] / squares) / squares
            })
        });
        let log_dets = equations.log_det() + traces.log_det + precision.ln() - design.log_weights;
        let ratios = [equations.ratios.kept, equations.ratios.eliminated];
        Some(Self { ratios, traces, criterion: criterion(design.ratings, *squares, log_dets), gradient, information, solution })
    }

    pub(super) fn ratios(&self) -> Ratios {
        let [kept, eliminated] = self.ratios;
        Ratios { kept, eliminated }
    }

    /// The same point, once its traces are known better.
    pub(super) fn add_traces(&mut self, more: Traces) {
        self.traces = self.traces + more;
        self.gradient[0] += more.kept;
        self.gradient[1] += more.eliminated;
        self.criterion += more.log_det;
    }
}
