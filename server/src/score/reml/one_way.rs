//! One factor alone: what the criterion is where the other factor's variance is 0. Needs sums per level only.
//!
//! With `d = W / (1 + g W)` per level of weight W, g the factor's variance over the residual variance, everything is a sum over levels.

use super::design::Factor;
use std::f64::consts::PI;

/// The one-factor model of some ratings.
pub(super) struct OneWay<'f> {
    factor: &'f Factor,
    ratings: usize,
    log_weights: f64,
}

/// The model at one ratio of variances.
#[derive(Clone, Copy, Debug)]
struct At {
    /// Sum of d: one over the variance of the mean, in units of the residual variance.
    precision: f64,
    /// Derivative of the criterion.
    slope: f64,
    /// Weighted sum of squares of the residuals and, over g, of the effects.
    squares: f64,
}

impl<'f> OneWay<'f> {
    pub(super) fn new(factor: &'f Factor, ratings: usize, log_weights: f64) -> Self {
        Self { factor, ratings, log_weights }
    }

    /// The ratio at which the criterion is least; 0 where it nowhere falls below that.
    ///
    /// Only where the ratings of each level are not all the same: else it falls without end.
    pub(super) fn best(&self) -> f64 {
        let mut best = 0.0;
        let mut least = if self.at(0.0).slope < 0.0 { f64::INFINITY } else { self.criterion(0.0) };
        let weights = self.factor.weights.iter().copied().filter(|weight| *weight > 0.0);
        let (lightest, heaviest) = weights.fold((f64::INFINITY, 0.0_f64), |(low, high), weight| (low.min(weight), high.max(weight)));
        // Between two steps the criterion may still turn twice, but not where it matters: it is smooth in the log of the ratio.
        let (mut low, mut falling) = (0.0, self.at(0.0).slope < 0.0);
        let mut high = 1e-3 / heaviest;
        while high < 1e4 / lightest || (falling && high < 1e18 / lightest) {
            let falls = self.at(high).slope < 0.0;
            if falling && !falls {
                let turn = find_root(|ratio| self.at(ratio).slope, low, high);
                let criterion = self.criterion(turn);
                if criterion < least {
                    (best, least) = (turn, criterion);
                }
            }
            (low, falling) = (high, falls);
            high *= 4.0;
        }
        if falling { low } else { best }
    }

    /// The REML criterion at a ratio, in the engine's units, as lme4 has it (Bates, Mächler, Bolker and Walker, 2015, equation 39).
    pub(super) fn criterion(&self, ratio: f64) -> f64 {
        let At { precision, squares, .. } = self.at(ratio);
        let log_det: f64 = self.factor.weights.iter().map(|weight| (ratio * weight).ln_1p()).sum();
        criterion(self.ratings, squares, log_det + precision.ln() - self.log_weights)
    }

    fn at(&self, ratio: f64) -> At {
        let levels = || self.factor.weights.iter().zip(&self.factor.means).map(|(weight, mean)| (weight / (1.0 + ratio * weight), mean));
        let (mut precision, mut sum) = (0.0, 0.0);
        for (d, mean) in levels() {
            precision += d;
            sum += d * mean;
        }
        let common = sum / precision;
        let (mut between, mut trace, mut scores) = (0.0, 0.0, 0.0);
        for (d, mean) in levels() {
            let score = d * (mean - common);
            between += score * (mean - common);
            scores += score * score;
            trace += d * d;
        }
        let squares = self.factor.within + between;
        let freedom = self.ratings as f64 - 1.0;
        At { precision, slope: precision - trace / precision - freedom * scores / squares, squares }
    }
}

/// Minus twice the restricted log-likelihood, the residual variance profiled out: of `squares` over all but one of `ratings`.
pub(super) fn criterion(ratings: usize, squares: f64, log_dets: f64) -> f64 {
    let freedom = ratings as f64 - 1.0;
    freedom * (1.0 + (2.0 * PI * squares / freedom).ln()) + log_dets
}

/// Where `f` is 0 between `low`, where it is below 0, and `high`, where it is not: false position with the Illinois rule (Dowell and
/// Jarratt, 1971), halving instead where that is slow.
pub(super) fn find_root(f: impl Fn(f64) -> f64, mut low: f64, mut high: f64) -> f64 {
    let (mut at_low, mut at_high) = (f(low), f(high));
    let mut width = high - low;
    let mut was_below = None;
    for step in 0..200 {
        let mut middle = (low * at_high - high * at_low) / (at_high - at_low);
        if !(middle > low && middle < high) || (step % 4 == 3 && high - low > 0.25 * width) {
            middle = f64::midpoint(low, high);
        }
        if step % 4 == 3 {
            width = high - low;
        }
        if middle <= low || middle >= high {
            break;
        }
        let value = f(middle);
        let below = value < 0.0;
        let again = was_below == Some(below);
        if below {
            (low, at_low, at_high) = (middle, value, if again { at_high / 2.0 } else { at_high });
        } else {
            (high, at_high, at_low) = (middle, value, if again { at_low / 2.0 } else { at_low });
        }
        was_below = Some(below);
        if high - low <= 1e-15 * high || value == 0.0 {
            return middle;
        }
    }
    f64::midpoint(low, high)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roots_are_found_to_the_last_digits() {
        assert!((find_root(|x| x * x - 2.0, 0.0, 2.0) - std::f64::consts::SQRT_2).abs() < 1e-15);
        assert!((find_root(|x| x.powi(9) - 1e-9, 0.0, 2.0) - 0.1).abs() < 1e-15);
        assert!((find_root(|x| 1e-12 - 1e-24 / x, 1e-20, 1.0) - 1e-12).abs() < 1e-27);
    }

    #[test]
    fn the_slope_is_the_criterions_derivative() {
        let factor = Factor { weights: vec![3.0, 1.0, 0.5, 6.0], means: vec![0.1, 0.9, -0.4, 0.2], within: 2.0, ..Factor::default() };
        let model = OneWay::new(&factor, 11, 0.3);
        for ratio in [0.01, 0.2, 3.0] {
            let step = 1e-6 * ratio;
            let difference = (model.criterion(ratio + step) - model.criterion(ratio - step)) / (2.0 * step);
            assert!((difference - model.at(ratio).slope).abs() < 1e-6 * (1.0 + difference.abs()), "{ratio}");
        }
    }
}
