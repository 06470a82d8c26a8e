//! The mixed-model equations (Henderson, 1975) with one factor eliminated, at given ratios of variances.
//!
//! In units of the residual variance the ratings have the variance `H = 1/w + g Z Z' + h U U'`: Z tells the kept level of each rating, U
//! the eliminated one, g and h are the two variances over the residual variance. With `P_U` the weights after eliminating U,
//!
//! ```text
//! M = Z' P_U Z = sum over eliminated levels of (diag(w) - h / (1 + h W) w w'),   A = I + g M,
//! ```
//!
//! w the weights of a level's cells, W their sum. M is singular only where h is infinite, and A is positive definite for any g and h from
//! 0 on, so that nothing is divided by a variance.

use super::design::Design;

/// The two variances over the residual variance.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Ratios {
    pub(super) kept: f64,
    pub(super) eliminated: f64,
}

/// What the equations need at one value of the eliminated factor's ratio.
#[derive(Clone, Debug)]
pub(super) struct Equations<'d> {
    pub(super) design: &'d Design,
    pub(super) ratios: Ratios,
    /// `1 / (1 + h W)` of each eliminated level.
    pub(super) left: Vec<f64>,
    /// Diagonal of M.
    pub(super) own: Vec<f64>,
    /// Diagonal of A.
    pub(super) diagonal: Vec<f64>,
    /// `Z' P_U y` and `Z' P_U 1` of each kept level.
    pub(super) right: Vec<[f64; 2]>,
    /// Diagonal of `F' F`, where `F = U' P_U Z`.
    pub(super) gram: Vec<f64>,
}

/// What follows from the kept levels' part `p = Z' P y` of the solution.
#[derive(Clone, Debug, Default)]
pub(super) struct Rest {
    /// `U' P y` of each eliminated level.
    pub(super) eliminated: Vec<f64>,
    /// Weighted sum of squares of the residuals.
    pub(super) squares: f64,
    /// `M p` and `F' U' P y` of each kept level.
    pub(super) working: Vec<[f64; 2]>,
    /// Sum of squares of `U' P y`.
    pub(super) scores: f64,
    /// Sum of squares of `v = U' H^-1 1`.
    pub(super) mean_squares: f64,
    /// `v' U' P y`.
    pub(super) mean_scores: f64,
    /// `(U' P y)' U' P_U U U' P y`.
    pub(super) score_squares: f64,
}

impl<'d> Equations<'d> {
    pub(super) fn new(design: &'d Design, ratios: Ratios) -> Self {
        let h = ratios.eliminated;
        let kept = design.kept.counts.len();
        let left: Vec<f64> = design.eliminated.weights.iter().map(|weight| 1.0 / (1.0 + h * weight)).collect();
        let zeros = vec![0.0; kept];
        let (own, gram) = (zeros.clone(), zeros.clone());
        let mut it = Self { design, ratios, left, own, diagonal: zeros, right: vec![[0.0; 2]; kept], gram };
        for (level, left) in it.left.iter().enumerate() {
            let (total, mean) = (design.eliminated.weights[level], design.eliminated.means[level]);
            for cell in design.cells(level) {
                let (kept, weight) = (design.levels[cell] as usize, design.weights[cell]);
                // Of positive terms only, so that nothing cancels however large h is.
                it.own[kept] += weight * left * (1.0 + h * (total - weight));
                it.right[kept][0] += weight * (design.means[cell] - mean + left * mean);
                it.right[kept][1] += weight * left;
                it.gram[kept] += (weight * left) * (weight * left);
            }
        }
        for (diagonal, own) in it.diagonal.iter_mut().zip(&it.own) {
            *diagonal = 1.0 + ratios.kept * own;
        }
        it
    }

    /// `A x` for K vectors side by side, with whatever vector instructions the processor has.
    pub(super) fn multiply<const K: usize>(&self, x: &[[f64; K]], out: &mut [[f64; K]]) {
        pulp::Arch::new().dispatch(
            #[inline(always)]
            || self.multiply_here(x, out),
        );
    }

    #[inline(always)]
    fn multiply_here<const K: usize>(&self, x: &[[f64; K]], out: &mut [[f64; K]]) {
        let design = self.design;
        out.copy_from_slice(x);
        for (level, left) in self.left.iter().enumerate() {
            let cells = design.cells(level);
            let (levels, weights) = (&design.levels[cells.clone()], &design.weights[cells]);
            let mut sum = [0.0; K];
            for (kept, weight) in levels.iter().zip(weights) {
                let x = &x[*kept as usize];
                for lane in 0..K {
                    sum[lane] += weight * x[lane];
                }
            }
            let share = self.ratios.eliminated * left;
            for (kept, weight) in levels.iter().zip(weights) {
                let (x, out) = (&x[*kept as usize], &mut out[*kept as usize]);
                let weight = self.ratios.kept * weight;
                for lane in 0..K {
                    out[lane] += weight * (x[lane] - share * sum[lane]);
                }
            }
        }
    }

    /// `F' F x` for K vectors side by side.
    pub(super) fn multiply_gram<const K: usize>(&self, x: &[[f64; K]], out: &mut [[f64; K]]) {
        pulp::Arch::new().dispatch(
            #[inline(always)]
            || self.multiply_gram_here(x, out),
        );
    }

    #[inline(always)]
    fn multiply_gram_here<const K: usize>(&self, x: &[[f64; K]], out: &mut [[f64; K]]) {
        let design = self.design;
        out.fill([0.0; K]);
        for (level, left) in self.left.iter().enumerate() {
            let cells = design.cells(level);
            let (levels, weights) = (&design.levels[cells.clone()], &design.weights[cells]);
            let mut sum = [0.0; K];
            for (kept, weight) in levels.iter().zip(weights) {
                let x = &x[*kept as usize];
                for lane in 0..K {
                    sum[lane] += weight * x[lane];
                }
            }
            for (kept, weight) in levels.iter().zip(weights) {
                let out = &mut out[*kept as usize];
                for lane in 0..K {
                    out[lane] += weight * left * left * sum[lane];
                }
            }
        }
    }

    /// The eliminated levels' part of the solution, the residuals, and what the information needs, in one pass. Needs the mean and, of the
    /// kept levels, `p = Z' P y` and `x = Z' H^-1 1`.
    pub(super) fn rest(&self, mean: f64, p: &[f64], x: &[f64]) -> Rest {
        let design = self.design;
        let Ratios { kept: g, eliminated: h } = self.ratios;
        let mut rest = Rest { squares: design.within, working: vec![[0.0; 2]; p.len()], ..Rest::default() };
        rest.eliminated.reserve(self.left.len());
        for (level, left) in self.left.iter().enumerate() {
            let cells = design.cells(level);
            let cells = || cells.clone().map(|cell| (design.levels[cell] as usize, design.weights[cell], design.means[cell]));
            let (mut sum, mut off, mut open) = (0.0, 0.0, 0.0);
            for (kept, weight, y) in cells() {
                sum += weight * p[kept];
                off += weight * (y - mean - g * p[kept]);
                open += weight * (1.0 - g * x[kept]);
            }
            let (score, of_mean) = (left * off, left * open);
            for (kept, weight, y) in cells() {
                let residual = y - mean - g * p[kept] - h * score;
                rest.squares += weight * residual * residual;
                rest.working[kept][0] += weight * (p[kept] - h * left * sum);
                rest.working[kept][1] += weight * left * score;
            }
            let precision = design.eliminated.weights[level] * left;
            rest.scores += score * score;
            rest.mean_squares += of_mean * of_mean;
            rest.mean_scores += of_mean * score;
            rest.score_squares += precision * score * score;
            rest.eliminated.push(score);
        }
        rest
    }

    /// What a shift of all ratings at a fixed mean leaves of each eliminated level's effect; `x = Z' H^-1 1`.
    pub(super) fn open(&self, x: &[f64]) -> Vec<f64> {
        let (design, Ratios { kept: g, eliminated: h }) = (self.design, self.ratios);
        let open = |(level, left): (usize, &f64)| {
            let taken: f64 = design.cells(level).map(|cell| design.weights[cell] * (1.0 - g * x[design.levels[cell] as usize])).sum();
            1.0 - h * left * taken
        };
        self.left.iter().enumerate().map(open).collect()
    }

    /// Sum of the logs of `1 + h W` over the eliminated levels.
    pub(super) fn log_det(&self) -> f64 {
        self.design.eliminated.weights.iter().map(|weight| (self.ratios.eliminated * weight).ln_1p()).sum()
    }

    /// Trace of `U' P_U U`.
    pub(super) fn eliminated_trace(&self) -> f64 {
        self.left.iter().zip(&self.design.eliminated.weights).map(|(left, weight)| left * weight).sum()
    }
}
