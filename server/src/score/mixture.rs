//! A mixture of normal distributions: what is left of a normal estimate once its variances are averaged over instead of guessed.

use std::{
    f64::consts::{SQRT_2, TAU},
    ops::RangeInclusive,
};

/// One normal distribution of a [`Mixture`].
#[derive(Clone, Copy, Debug)]
pub struct Part {
    /// Its share; shares sum to 1.
    pub share: f64,
    /// Its mean.
    pub mean: f64,
    /// Its standard deviation, above 0.
    pub deviation: f64,
}

/// Normal distributions by share.
#[derive(Clone, Debug)]
pub struct Mixture(pub(super) Vec<Part>);

impl Mixture {
    /// The mean.
    pub fn mean(&self) -> f64 {
        self.0.iter().map(|part| part.share * part.mean).sum()
    }

    /// Where the probability below reaches `share`, to a millionth of the mixture's width.
    pub fn quantile(&self, share: f64) -> f64 {
        let reach = |part: &Part, sign: f64| part.mean + sign * 8.0 * part.deviation;
        let mut low = self.0.iter().map(|part| reach(part, -1.0)).fold(f64::INFINITY, f64::min);
        let mut high = self.0.iter().map(|part| reach(part, 1.0)).fold(f64::NEG_INFINITY, f64::max);
        let enough = (high - low) * 1e-6;
        let mut x = self.mean();
        // Newton's steps, halving what is left where they lead out of it.
        while high - low > enough {
            let short = share - self.probability_below(x);
            if short > 0.0 {
                low = x;
            } else {
                high = x;
            }
            let step = short / self.density(x);
            if step.abs() < enough / 2.0 {
                return x + step;
            }
            let next = x + step;
            x = if low < next && next < high { next } else { f64::midpoint(low, high) };
        }
        x
    }

    /// From the 2.5 to the 97.5 % quantile.
    pub fn interval(&self) -> RangeInclusive<f64> {
        self.quantile(0.025)..=self.quantile(0.975)
    }

    /// How probable it is to be above `x`.
    pub fn probability_above(&self, x: f64) -> f64 {
        1.0 - self.probability_below(x)
    }

    /// The variance.
    pub fn variance(&self) -> f64 {
        let mean = self.mean();
        self.0.iter().map(|part| part.share * (part.deviation.powi(2) + (part.mean - mean).powi(2))).sum()
    }

    fn density(&self, x: f64) -> f64 {
        let of = |part: &Part| part.share / part.deviation * (-0.5 * ((x - part.mean) / part.deviation).powi(2)).exp();
        self.0.iter().map(of).sum::<f64>() / TAU.sqrt()
    }

    fn probability_below(&self, x: f64) -> f64 {
        self.0.iter().map(|part| part.share * 0.5 * libm::erfc((part.mean - x) / (part.deviation * SQRT_2))).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_normal_has_the_quantiles_of_the_tables() {
        let normal = Mixture(vec![Part { share: 1.0, mean: 3.0, deviation: 2.0 }]);
        assert!((normal.quantile(0.975) - (3.0 + 2.0 * 1.959_963_985)).abs() < 1e-4);
        assert!((normal.quantile(0.025) - (3.0 - 2.0 * 1.959_963_985)).abs() < 1e-4);
        assert!((normal.mean() - 3.0).abs() < 1e-12);
    }

    #[test]
    fn a_mixture_has_heavier_tails_than_the_normal_of_its_mean_deviation() {
        let part = |deviation| Part { share: 0.5, mean: 0.0, deviation };
        assert!(Mixture(vec![part(0.5), part(1.5)]).quantile(0.975) > 1.96);
    }
}
