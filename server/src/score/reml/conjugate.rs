//! Solutions of `A x = b` by conjugate gradients (Hestenes and Stiefel, 1952) without forming A, several right-hand sides side by side.
//!
//! They are taken with `B = D^-1/2 A D^-1/2`, D the diagonal of A. By the way, the steps of each right-hand side z give the tridiagonal
//! matrix of Lanczos, by whose eigenvalues `z' log(B) z` is a quadrature (Golub and Meurant, 2010).

use super::equations::Equations;

/// A, scaled to a diagonal of ones.
pub(super) struct Scaled<'e> {
    equations: &'e Equations<'e>,
    /// `D^-1/2`.
    pub(super) roots: Vec<f64>,
    steps_max: usize,
}

/// How a solution came about.
pub(super) struct Solved<const K: usize> {
    pub(super) x: Vec<[f64; K]>,
    /// Of each side, the diagonal and the off-diagonal of the tridiagonal matrix, as long as it was not yet solved.
    pub(super) lanczos: [Vec<[f64; 2]>; K],
}

impl<'e> Scaled<'e> {
    /// What takes more than `steps_max` steps is given up.
    pub(super) fn new(equations: &'e Equations<'e>, steps_max: usize) -> Self {
        Self { equations, roots: equations.diagonal.iter().map(|entry| 1.0 / entry.sqrt()).collect(), steps_max }
    }

    /// `B x`.
    pub(super) fn multiply<const K: usize>(&self, x: &[[f64; K]], scratch: &mut [[f64; K]], out: &mut [[f64; K]]) {
        self.stretch(x, scratch);
        self.equations.multiply(scratch, out);
        for (out, root) in out.iter_mut().zip(&self.roots) {
            out.iter_mut().for_each(|entry| *entry *= root);
        }
    }

    /// `D^-1/2 x`.
    pub(super) fn stretch<const K: usize>(&self, x: &[[f64; K]], out: &mut [[f64; K]]) {
        for ((out, x), root) in out.iter_mut().zip(x).zip(&self.roots) {
            *out = x.map(|entry| entry * root);
        }
    }

    /// Solves `A x = b` from `guess` on, until the residuals of the scaled equations are below `tolerance` times the right-hand side.
    pub(super) fn solve<const K: usize>(&self, b: &[[f64; K]], guess: &[[f64; K]], tolerance: f64) -> Option<Vec<[f64; K]>> {
        let mut scaled = b.to_vec();
        self.stretch(b, &mut scaled);
        let start = guess.iter().zip(&self.roots).map(|(guess, root)| guess.map(|entry| entry / root)).collect();
        let mut x = self.solve_scaled(&scaled, Some(start), tolerance)?.x;
        for (x, root) in x.iter_mut().zip(&self.roots) {
            x.iter_mut().for_each(|entry| *entry *= root);
        }
        Some(x)
    }

    /// Solves `B x = b`, from 0 on unless there is a guess. None where that takes too many steps.
    pub(super) fn solve_scaled<const K: usize>(&self, b: &[[f64; K]], guess: Option<Vec<[f64; K]>>, tolerance: f64) -> Option<Solved<K>> {
        let zero = || vec![[0.0; K]; b.len()];
        let (mut product, mut scratch) = (zero(), zero());
        let mut residual = b.to_vec();
        let x = guess.unwrap_or_else(zero);
        if x.iter().any(|x| x.iter().any(|entry| *entry != 0.0)) {
            self.multiply(&x, &mut scratch, &mut product);
            subtract(&mut residual, &product);
        }
        let mut solved = Solved { x, lanczos: [const { Vec::new() }; K] };
        let enough = dot(b, b).map(|square| square * tolerance * tolerance);
        let mut squares = dot(&residual, &residual);
        let mut direction = residual.clone();
        let mut before: [[f64; 2]; K] = [[f64::INFINITY, 0.0]; K];
        for _ in 0..self.steps_max {
            if (0..K).all(|lane| squares[lane] <= enough[lane]) {
                return Some(solved);
            }
            self.multiply(&direction, &mut scratch, &mut product);
            let curvatures = dot(&direction, &product);
            // A side that is solved stands still.
            let steps: [f64; K] =
                std::array::from_fn(|lane| if squares[lane] > enough[lane] { squares[lane] / curvatures[lane] } else { 0.0 });
            for ((x, direction), (residual, product)) in solved.x.iter_mut().zip(&direction).zip(residual.iter_mut().zip(&product)) {
                for lane in 0..K {
                    x[lane] += steps[lane] * direction[lane];
                    residual[lane] -= steps[lane] * product[lane];
                }
            }
            let left = dot(&residual, &residual);
            for lane in (0..K).filter(|lane| steps[*lane] > 0.0) {
                let (ratio, [step_before, ratio_before]) = (left[lane] / squares[lane], before[lane]);
                solved.lanczos[lane].push([1.0 / steps[lane] + ratio_before / step_before, ratio.sqrt() / steps[lane]]);
                before[lane] = [steps[lane], ratio];
                squares[lane] = left[lane];
            }
            for (direction, residual) in direction.iter_mut().zip(&residual) {
                for lane in 0..K {
                    direction[lane] = residual[lane] + before[lane][1] * direction[lane];
                }
            }
        }
        None
    }
}

/// Products of the sides.
pub(super) fn dot<const K: usize>(a: &[[f64; K]], b: &[[f64; K]]) -> [f64; K] {
    let mut sums = [0.0; K];
    for (a, b) in a.iter().zip(b) {
        for lane in 0..K {
            sums[lane] += a[lane] * b[lane];
        }
    }
    sums
}

fn subtract<const K: usize>(from: &mut [[f64; K]], what: &[[f64; K]]) {
    for (from, what) in from.iter_mut().zip(what) {
        for lane in 0..K {
            from[lane] -= what[lane];
        }
    }
}
