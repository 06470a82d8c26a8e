//! Points of 1 to 5 as what a normal view becomes when it is cut at the half points: the ordinal probit model with thresholds at equal
//! distances (McCullagh, 1980). Near an end of the scale views are squeezed together, as real ratings are.

use std::f64::consts::SQRT_2;

/// The points that a view becomes.
pub(super) fn cut(view: f64) -> f64 {
    (view + 0.5).floor().clamp(1.0, 5.0)
}

/// Mean and variance of the points that views around `middle` with this deviation become.
pub(super) fn moments(middle: f64, deviation: f64) -> (f64, f64) {
    let (mut mean, mut square) = (1.0, 1.0);
    for point in [1.0, 2.0, 3.0, 4.0] {
        let above = 0.5 * libm::erfc((point + 0.5 - middle) / (deviation * SQRT_2));
        mean += above;
        square += (2.0 * point + 1.0) * above;
    }
    (mean, square - mean * mean)
}

/// By how much the mean rises with the middle.
pub(super) fn slope(middle: f64, deviation: f64) -> f64 {
    let density = |z: f64| (-0.5 * z * z).exp() / (std::f64::consts::TAU.sqrt() * deviation);
    [1.5, 2.5, 3.5, 4.5].iter().map(|threshold| density((threshold - middle) / deviation)).sum()
}

/// Where `expected`, rising, reaches `target`; views beyond the ends of the scale are as good as infinite.
pub(super) fn solve(target: f64, expected: impl Fn(f64) -> f64) -> f64 {
    let (mut low, mut high) = (-10.0, 16.0);
    for _ in 0..30 {
        let middle = f64::midpoint(low, high);
        if expected(middle) < target {
            low = middle;
        } else {
            high = middle;
        }
    }
    f64::midpoint(low, high)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_middle_of_the_scale_keeps_the_views_and_its_end_squeezes_them() {
        let (mean, variance) = moments(3.0, 0.6);
        // Rounding adds a twelfth (Sheppard, 1898).
        assert!((mean - 3.0).abs() < 1e-12 && (variance - 0.36 - 1.0 / 12.0).abs() < 0.01, "{mean} {variance}");
        assert!(moments(4.9, 0.6).1 < 0.5 * variance);
    }

    #[test]
    fn moments_are_those_of_cut_draws_and_solve_turns_them_around() {
        for (middle, deviation) in [(4.3, 0.8), (2.0, 1.5), (6.0, 0.7)] {
            let steps = 20_000;
            let views = (0..steps).map(|n| {
                let share = (f64::from(n) + 0.5) / f64::from(steps);
                cut(solve(share, |x| 0.5 * libm::erfc((middle - x) / (deviation * SQRT_2))))
            });
            let (sum, square) = views.fold((0.0, 0.0), |(sum, square), point| (sum + point, square + point * point));
            let (mean, variance) = moments(middle, deviation);
            assert!((sum / f64::from(steps) - mean).abs() < 1e-3);
            assert!((square / f64::from(steps) - mean * mean - variance).abs() < 1e-2);
            assert!((solve(mean, |view| moments(view, deviation).0) - middle).abs() < 1e-6);
            let rise = moments(middle + 1e-4, deviation).0 - moments(middle - 1e-4, deviation).0;
            assert!((slope(middle, deviation) - rise / 2e-4).abs() < 1e-6);
        }
    }
}
