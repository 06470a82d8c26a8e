//! The model by its definition: the variance matrix of all ratings, written out and inverted.

use super::super::{Detail, Variances, solve};
use super::*;
use std::f64::consts::PI;

/// Everything by definition. Only ratings that count.
pub(super) struct Brute {
    pub(super) mean: f64,
    pub(super) mean_variance: f64,
    pub(super) reml: f64,
    /// Blup, conditional variance, and what a shift of all ratings leaves of the blup; of reps, then of customers.
    pub(super) effects: [Vec<[f64; 3]>; 2],
}

impl Brute {
    pub(super) fn new(ratings: &[Rating], levels: [usize; 2], variances: Variances) -> Self {
        let ratings: Vec<&Rating> = ratings.iter().filter(|rating| rating.weight > 0.0).collect();
        let n = ratings.len();
        let covariance = |i: usize, j: usize| {
            let (a, b) = (ratings[i], ratings[j]);
            let shared = |same: bool, variance: f64| if same { variance } else { 0.0 };
            let residual = shared(i == j, variances.residual / a.weight);
            shared(a.rep == b.rep, variances.rep) + shared(a.customer == b.customer, variances.customer) + residual
        };
        let (inverse, log_det) = invert((0..n).map(|i| (0..n).map(|j| covariance(i, j)).collect()).collect());
        let times = |v: &[f64]| -> Vec<f64> { inverse.iter().map(|row| row.iter().zip(v).map(|(a, b)| a * b).sum()).collect() };
        let ones = times(&vec![1.0; n]);
        let precision: f64 = ones.iter().sum();
        let mean = ones.iter().zip(&ratings).map(|(one, rating)| one * rating.y).sum::<f64>() / precision;
        let off: Vec<f64> = ratings.iter().map(|rating| rating.y - mean).collect();
        let score = times(&off);
        let squares: f64 = off.iter().zip(&score).map(|(a, b)| a * b).sum();
        let reml = (n as f64 - 1.0) * (2.0 * PI).ln() + log_det + precision.ln() + squares;
        let effects = [0, 1].map(|k: usize| {
            let variance = [variances.rep, variances.customer][k];
            let of = |level: usize| {
                let own: Vec<f64> = ratings.iter().map(|r| f64::from(u8::from([r.rep, r.customer][k] as usize == level))).collect();
                let product = |v: &[f64]| own.iter().zip(v).map(|(a, b)| a * b).sum::<f64>();
                let spread = variance - variance * variance * product(&times(&own));
                [variance * product(&score), spread, 1.0 - variance * product(&ones)]
            };
            (0..levels[k]).map(of).collect()
        });
        Self { mean, mean_variance: 1.0 / precision, reml, effects }
    }
}

/// The inverse of a positive definite matrix, and the log of its determinant, by Gauss and Jordan.
fn invert(mut matrix: Vec<Vec<f64>>) -> (Vec<Vec<f64>>, f64) {
    let n = matrix.len();
    let mut log_det = 0.0;
    for pivot in 0..n {
        let value = matrix[pivot][pivot];
        log_det += value.ln();
        matrix[pivot][pivot] = 1.0;
        matrix[pivot].iter_mut().for_each(|entry| *entry /= value);
        let row = matrix[pivot].clone();
        for (_, other) in matrix.iter_mut().enumerate().filter(|(row, _)| *row != pivot) {
            let factor = std::mem::replace(&mut other[pivot], 0.0);
            other.iter_mut().zip(&row).for_each(|(entry, pivot)| *entry -= factor * pivot);
        }
    }
    (matrix, log_det)
}

fn check(ratings: &[Rating], variances: Variances) -> Result<(), TestCaseError> {
    let Some(design) = design(ratings) else { return Ok(()) };
    let estimates = solve(&design, variances, Detail::StandardErrors);
    let brute = Brute::new(ratings, [6, 6], variances);
    prop_assert!(near(estimates.mean, brute.mean, 1e-10));
    prop_assert!(near(estimates.mean_se, brute.mean_variance.sqrt(), 1e-10));
    for (effects, brute_effects) in [&estimates.reps, &estimates.customers].into_iter().zip(&brute.effects) {
        for (level, [blup, spread, open]) in brute_effects.iter().enumerate() {
            prop_assert!(near(effects.blup[level], *blup, 1e-10));
            prop_assert!(near(effects.conditional_sd[level], spread.max(0.0).sqrt(), 1e-7));
            prop_assert!(near(effects.se[level], (spread + open * open * brute.mean_variance).max(0.0).sqrt(), 1e-7));
        }
    }
    Ok(())
}

proptest! {
    #[test]
    fn estimates_and_standard_errors_are_the_models(ratings in ratings(), rep in 0.0..2.0, customer in 0.0..2.0, residual in 0.1..2.0) {
        check(&ratings, Variances { rep, customer, residual })?;
        check(&ratings, Variances { rep: 0.0, customer, residual })?;
        check(&ratings, Variances { rep, customer: 0.0, residual })?;
    }
}
