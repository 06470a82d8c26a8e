//! The units inside the engine: ratings around 0 and weights up to about 1, so that neither an offset of millions nor weights of a
//! billionth cost digits. Both units are powers of two, by which a number is multiplied without rounding.

use super::rating::Rating;
use libm::{ilogb, scalbn};

/// Two to the power: a factor where it is a normal number, which is quicker, as well as where it is not.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Power(i32, Option<f64>);

impl Power {
    fn new(power: i32) -> Self {
        let normal = (f64::MIN_EXP - 1..f64::MAX_EXP).contains(&power);
        Self(power, normal.then(|| scalbn(1.0, power)))
    }

    fn times(self, value: f64) -> f64 {
        match self.1 {
            Some(factor) => value * factor,
            None => scalbn(value, self.0),
        }
    }
}

/// From the ratings' own units to the engine's and back.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Scale {
    /// What is subtracted, in units of two to the `first`.
    middle: f64,
    first: i32,
    /// Two to this is a unit of what is left.
    y: i32,
    /// Two to this is a unit of weight.
    weight: i32,
    /// From the ratings' units to the middle's, from there to the engine's, and from the weights' units to the engine's.
    inward: [Power; 3],
}

impl Scale {
    /// Of the ratings that count, of which there is at least one.
    pub(super) fn of(ratings: impl Iterator<Item = Rating> + Clone) -> Self {
        let (mut low, mut high, mut heaviest) = (f64::INFINITY, f64::NEG_INFINITY, 0.0_f64);
        for rating in ratings.clone() {
            (low, high, heaviest) = (low.min(rating.y), high.max(rating.y), heaviest.max(rating.weight));
        }
        let (first, weight) = (exponent(low.abs().max(high.abs())), exponent(heaviest));
        let (mut sum, mut total) = (0.0, 0.0);
        let (to_first, to_weight) = (Power::new(-first), Power::new(-weight));
        for rating in ratings {
            let w = to_weight.times(rating.weight);
            total += w;
            sum += w * to_first.times(rating.y);
        }
        let (low, high) = (scalbn(low, -first), scalbn(high, -first));
        // Rounding must not put the middle of equal ratings beside them.
        let middle = (sum / total).clamp(low, high);
        let y = (first + exponent((high - middle).max(middle - low))).min(f64::MAX_EXP - 1);
        Self { middle, first, y, weight, inward: [to_first, Power::new(first - y), to_weight] }
    }

    pub(super) fn y(&self, y: f64) -> f64 {
        self.inward[1].times(self.inward[0].times(y) - self.middle)
    }

    /// Above 0 wherever `weight` is.
    pub(super) fn weight(&self, weight: f64) -> f64 {
        self.inward[2].times(weight).max(f64::MIN_POSITIVE)
    }

    /// A mean in the ratings' own units.
    pub(super) fn mean(&self, mean: f64) -> f64 {
        scalbn(self.middle + scalbn(mean, self.y - self.first), self.first)
    }

    /// An effect or standard deviation in the ratings' own units.
    pub(super) fn effect(&self, effect: f64) -> f64 {
        scalbn(effect, self.y)
    }

    /// A variance of effects in the ratings' own units squared.
    pub(super) fn variance(&self, variance: f64) -> f64 {
        scalbn(variance, 2 * self.y)
    }

    /// The residual variance in the ratings' own units squared, times their unit of weight.
    pub(super) fn residual(&self, variance: f64) -> f64 {
        scalbn(variance, 2 * self.y + self.weight)
    }

    /// The other way: from the ratings' own units.
    pub(super) fn inward_variance(&self, variance: f64) -> f64 {
        scalbn(variance, -2 * self.y)
    }

    /// The other way: from the ratings' own units.
    pub(super) fn inward_residual(&self, variance: f64) -> f64 {
        scalbn(variance, -2 * self.y - self.weight)
    }

    /// Natural log of the unit of a rating.
    pub(super) fn log_y(&self) -> f64 {
        f64::from(self.y) * std::f64::consts::LN_2
    }

    /// Natural log of the unit of weight.
    pub(super) fn log_weight(&self) -> f64 {
        f64::from(self.weight) * std::f64::consts::LN_2
    }

    /// How far a rating may be from where it is because it was rounded when it was written down, in the engine's units.
    pub(super) fn rounding(&self) -> f64 {
        64.0 * f64::EPSILON * scalbn(2.0, self.first - self.y).max(1.0)
    }
}

/// Of the power of two at or below `value`; 0 for 0.
fn exponent(value: f64) -> i32 {
    if value > 0.0 { ilogb(value) } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scale(ratings: &[(f64, f64)]) -> Scale {
        Scale::of(ratings.iter().map(|&(y, weight)| Rating { rep: 0, customer: 0, y, weight }))
    }

    #[test]
    fn there_and_back_nothing_is_lost() {
        for ratings in [[(1e6 + 1.0, 1.0), (1e6 + 3.0, 4.0)], [(1e-310, 1e-300), (3e-310, 1e-301)], [(-1e300, 1e300), (2e300, 1.0)]] {
            let scale = scale(&ratings);
            for (y, weight) in ratings {
                assert!((scale.mean(scale.y(y)) - y).abs() <= 4.0 * f64::EPSILON * y.abs(), "{y}");
                assert!(scale.y(y).abs() <= 2.0 && scale.weight(weight) <= 2.0, "{ratings:?}");
            }
        }
        let scale = scale(&[(1.0, 3.0), (5.0, 2.0)]);
        assert_eq!(scale.inward_residual(scale.residual(0.3)), 0.3);
        assert_eq!(scale.inward_variance(scale.variance(0.3)), 0.3);
    }

    #[test]
    fn equal_ratings_have_their_middle_where_they_are() {
        let scale = scale(&[(0.1, 0.3), (0.1, 0.7), (0.1, 0.9)]);
        assert_eq!((scale.y(0.1), scale.mean(0.0)), (0.0, 0.1));
    }
}
