//! The traces and the determinant that REML needs beside solutions: exactly from the inverse of A, or estimated.

use super::{
    blocks::{Factored, Inverse, Places},
    conjugate::{Scaled, dot},
    equations::{Equations, Ratios},
};
use faer::{Mat, Side};
use std::ops::{Add, Sub};

/// Right-hand sides that are solved side by side, one to a lane of the processor.
pub(super) const LANES: usize = 8;

/// What the gradient needs of a point.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Traces {
    /// Trace of `Z' H^-1 Z`.
    pub(super) kept: f64,
    /// Trace of `U' H^-1 U`.
    pub(super) eliminated: f64,
    /// Log of the determinant of A.
    pub(super) log_det: f64,
}

impl Add for Traces {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self { kept: self.kept + other.kept, eliminated: self.eliminated + other.eliminated, log_det: self.log_det + other.log_det }
    }
}

impl Sub for Traces {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        Self { kept: self.kept - other.kept, eliminated: self.eliminated - other.eliminated, log_det: self.log_det - other.log_det }
    }
}

impl Traces {
    /// Of the kept or the eliminated factor.
    pub(super) fn of(&self, factor: usize) -> f64 {
        [self.kept, self.eliminated][factor]
    }

    /// Exactly, and the inverse of A with them.
    pub(super) fn exact(equations: &Equations, places: &Places, factored: Factored) -> (Self, Inverse) {
        let design = equations.design;
        let log_det = factored.log_det();
        let inverse = factored.invert();
        let Ratios { kept: g, eliminated: h } = equations.ratios;
        // Trace of M A^-1, twice: from what A^-1 lacks to the identity, and entry by entry. The one cancels where g is small, the other
        // where h is large.
        let (mut lacking, mut entries, mut gram) = (0.0, 0.0, 0.0);
        let observed = || (0..design.kept.counts.len()).filter(|level| design.kept.counts[*level] > 0);
        let diagonal: Vec<f64> = (0..design.kept.counts.len())
            .map(|level| if design.kept.counts[level] > 0 { inverse.diagonal(design, places, level) } else { 1.0 })
            .collect();
        for level in observed() {
            lacking += 1.0 - diagonal[level];
        }
        for (level, left) in equations.left.iter().enumerate() {
            let quadratic = inverse.quadratic(design, places, level);
            let own: f64 = design.cells(level).map(|cell| design.weights[cell] * diagonal[design.levels[cell] as usize]).sum();
            entries += own - h * left * quadratic;
            gram += left * left * quadratic;
        }
        let kept = if lacking > 0.1 * design.kept.observed as f64 { lacking / g } else { entries };
        (Self { kept, eliminated: equations.eliminated_trace() - g * gram, log_det }, inverse)
    }

    /// From the diagonal of A alone: exactly where that is all of it, such as where a ratio is 0.
    pub(super) fn of_diagonal(equations: &Equations) -> Self {
        let mut traces = Self { eliminated: equations.eliminated_trace(), ..Self::default() };
        for ((diagonal, own), gram) in equations.diagonal.iter().zip(&equations.own).zip(&equations.gram) {
            traces.kept += own / diagonal;
            traces.eliminated -= equations.ratios.kept * gram / diagonal;
            traces.log_det += diagonal.ln();
        }
        traces
    }

    /// Estimated by a few probes (Hutchinson, 1990) of random signs, always the same: what the diagonal of A says is exact, and so are all
    /// terms of first order in the rest. The kept factor's ratio must be above 0. None where conjugate gradients take too long.
    pub(super) fn estimated(equations: &Equations, scaled: &Scaled, sets: usize, tolerance: f64) -> Option<Self> {
        let Ratios { kept: g, .. } = equations.ratios;
        let levels = equations.diagonal.len();
        let zero = || vec![[0.0; LANES]; levels];
        let (mut inverse, mut gram, mut log_det) = (0.0, 0.0, 0.0);
        for set in 0..sets {
            let signs = signs(set, levels);
            let (mut product, mut scratch) = (zero(), zero());
            scaled.multiply(&signs, &mut scratch, &mut product);
            let solved = scaled.solve_scaled(&signs, None, tolerance)?;
            // What the solution adds to the probe itself: at first its product with B less the identity, negative.
            let moved: Vec<[f64; LANES]> = each(&solved.x, &signs, |x, sign| x - sign);
            let (mut stretched, mut image) = (zero(), zero());
            scaled.stretch(&moved, &mut stretched);
            equations.multiply_gram(&stretched, &mut image);
            for level in 0..levels {
                let (root, own) = (scaled.roots[level], equations.gram[level]);
                for lane in 0..LANES {
                    let sign = signs[level][lane];
                    let first_order = product[level][lane] - sign;
                    let beyond = moved[level][lane] + first_order;
                    inverse += sign * root * root * beyond;
                    gram += sign * root * (own * root * (beyond - moved[level][lane]) + image[level][lane]);
                }
            }
            let squares = dot(&signs, &product);
            for (lanczos, square) in solved.lanczos.iter().zip(squares) {
                log_det += levels as f64 * log_quadrature(lanczos) - (square - levels as f64);
            }
        }
        let probes = (sets * LANES) as f64;
        let corrections = Self { kept: -inverse / (g * probes), eliminated: -g * gram / probes, log_det: log_det / probes };
        Some(Self::of_diagonal(equations) + corrections)
    }
}

fn each(a: &[[f64; LANES]], b: &[[f64; LANES]], f: impl Fn(f64, f64) -> f64) -> Vec<[f64; LANES]> {
    a.iter().zip(b).map(|(a, b)| std::array::from_fn(|lane| f(a[lane], b[lane]))).collect()
}

/// Random signs: bits of SplitMix64 (Steele, Lea and Flood, 2014), a step per level.
fn signs(set: usize, levels: usize) -> Vec<[f64; LANES]> {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64.wrapping_mul(set as u64 + 1);
    let mut next = || {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    };
    (0..levels)
        .map(|_| {
            let bits = next();
            std::array::from_fn(|lane| if bits >> lane & 1 == 0 { 1.0 } else { -1.0 })
        })
        .collect()
}

/// `z' log(B) z / z' z` from the tridiagonal matrix that z led to; 0 where none was needed, since z is then a fixed point of B.
fn log_quadrature(lanczos: &[[f64; 2]]) -> f64 {
    let size = lanczos.len();
    let tridiagonal = Mat::from_fn(size, size, |row, column| match row.abs_diff(column) {
        0 => lanczos[row][0],
        1 => lanczos[row.min(column)][1],
        _ => 0.0,
    });
    let Ok(eigen) = tridiagonal.self_adjoint_eigen(Side::Lower) else { return f64::NAN };
    let (vectors, values) = (eigen.U(), eigen.S());
    (0..size).map(|at| vectors[(0, at)] * vectors[(0, at)] * values[at].ln()).sum()
}
