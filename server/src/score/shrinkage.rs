//! Normal-normal shrinkage toward the common mean, averaged over what the variances might be.
//!
//! `y = mu + rep + e`, rep ~ N(0, t^2), e ~ N(0, s2), mu flat. With few reps and ratings nobody knows t and s2, so they are integrated over
//! a grid instead of plugged in (scoring service, 'Small organisations'): intervals stay honest at three reps with three ratings each.

use super::mixture::{Mixture, Part};

/// What is known of one rep before the others are looked at.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cell {
    /// The mean with every rating at full weight: what the variances are learned from.
    pub(super) plain: Mean,
    /// The mean with older ratings discounted: what the estimate rests on.
    pub(super) discounted: Mean,
    /// Sum of squared deviations of the ratings from their mean, at full weight.
    pub(super) scatter: f64,
    /// Degrees of freedom of `scatter`.
    pub(super) freedom: f64,
}

/// A mean and how uncertain it is: its variance is `spread` times that of one rating.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mean {
    /// The mean.
    pub(super) value: f64,
    /// 1 over the sum of the weights behind it.
    pub(super) spread: f64,
}

/// What the cells say together.
#[derive(Clone, Debug)]
pub(super) struct Fit {
    /// The estimated common mean.
    pub(super) mean: f64,
    /// Per cell, in the order given: where the rep's true mean lies.
    pub(super) reps: Vec<Mixture>,
}

/// Prior of the residual variance: scaled inverse chi-square, as if this many ratings had been seen before ...
const RESIDUAL_FREEDOM: f64 = 4.0;
/// ... with this variance.
const RESIDUAL_VARIANCE: f64 = 0.65 * 0.65;
/// Grid points per axis.
const STEPS: usize = 20;
/// How often the grid is narrowed to where the probability is, so that it also resolves what thousands of ratings say.
const NARROWINGS: usize = 3;
/// Grid points less likely than the best by more than e to this are left out.
const NEGLIGIBLE: f64 = 14.0;

/// Estimates every cell's true mean; `rep_scale` is the scale of the half-normal prior on the standard deviation between reps. Without
/// cells there is nothing to say.
pub(super) fn fit(cells: &[Cell], rep_scale: f64) -> Option<Fit> {
    if cells.is_empty() {
        return None;
    }
    let points = weigh_variances(cells, rep_scale);
    let mut mean = 0.0;
    let mut reps = vec![Vec::with_capacity(points.len()); cells.len()];
    for (share, rep_variance, residual_variance) in points {
        let variance = |m: &Mean| rep_variance + residual_variance * m.spread;
        let (common, common_variance) = common_mean(cells.iter().map(|cell| (cell.discounted.value, variance(&cell.discounted))));
        mean += share * common;
        for (cell, parts) in cells.iter().zip(&mut reps) {
            let own = rep_variance / variance(&cell.discounted);
            let deviation = (own * residual_variance * cell.discounted.spread + (1.0 - own).powi(2) * common_variance).sqrt();
            parts.push(Part { share, mean: common + own * (cell.discounted.value - common), deviation });
        }
    }
    Some(Fit { mean, reps: reps.into_iter().map(Mixture).collect() })
}

/// The grid over (variance between reps, residual variance), each point with its share of the posterior probability.
fn weigh_variances(cells: &[Cell], rep_scale: f64) -> Vec<(f64, f64, f64)> {
    let mut deviations = Axis { low: 0.0, high: 3.0 * rep_scale };
    let mut logs = Axis { low: (1e-4_f64).ln(), high: 16.0_f64.ln() };
    for _ in 0..NARROWINGS {
        let likely = likely_points(cells, rep_scale, deviations, logs);
        deviations = deviations.narrowed(likely.iter().map(|point| point.row));
        logs = logs.narrowed(likely.iter().map(|point| point.column));
    }
    let points = likely_points(cells, rep_scale, deviations, logs);
    let total: f64 = points.iter().map(|point| point.density).sum();
    points.iter().map(|point| (point.density / total, point.deviation.powi(2), point.log.exp())).collect()
}

/// A grid point.
struct Point {
    row: usize,
    column: usize,
    /// The standard deviation between reps.
    deviation: f64,
    /// Log of the residual variance.
    log: f64,
    /// Relative to the likeliest point.
    density: f64,
}

/// The grid's points that are not negligible.
fn likely_points(cells: &[Cell], rep_scale: f64, deviations: Axis, logs: Axis) -> Vec<Point> {
    let mut points = Vec::with_capacity(STEPS * STEPS);
    for (row, deviation) in deviations.middles().enumerate() {
        for (column, log) in logs.middles().enumerate() {
            points.push(Point { row, column, deviation, log, density: log_density(cells, deviation, log, rep_scale) });
        }
    }
    let best = points.iter().map(|point| point.density).fold(f64::NEG_INFINITY, f64::max);
    points.retain(|point| best - point.density < NEGLIGIBLE);
    for point in &mut points {
        point.density = (point.density - best).exp();
    }
    points
}

/// Log of prior times likelihood, the mean and the reps integrated out, per unit of the rep deviation and of the log of the residual
/// variance; up to a constant.
fn log_density(cells: &[Cell], rep_deviation: f64, log_residual: f64, rep_scale: f64) -> f64 {
    let (rep_variance, residual) = (rep_deviation.powi(2), log_residual.exp());
    let mut log = -0.5 * (rep_deviation / rep_scale).powi(2);
    log -= 0.5 * RESIDUAL_FREEDOM * (log_residual + RESIDUAL_VARIANCE / residual);
    let variances = || cells.iter().map(|cell| (cell.plain.value, rep_variance + residual * cell.plain.spread));
    let (common, common_variance) = common_mean(variances());
    for (cell, (value, variance)) in cells.iter().zip(variances()) {
        log -= 0.5 * (cell.freedom * log_residual + cell.scatter / residual);
        log -= 0.5 * (variance.ln() + (value - common).powi(2) / variance);
    }
    log + 0.5 * common_variance.ln()
}

/// The mean of values with the given variances, each weighing one over its variance, and the variance of that mean.
fn common_mean(values: impl Iterator<Item = (f64, f64)>) -> (f64, f64) {
    let (sum, weight) = values.fold((0.0, 0.0), |(sum, weight), (value, variance)| (sum + value / variance, weight + 1.0 / variance));
    (sum / weight, 1.0 / weight)
}

/// One axis of the grid.
#[derive(Clone, Copy)]
struct Axis {
    low: f64,
    high: f64,
}

impl Axis {
    fn step(self) -> f64 {
        (self.high - self.low) / STEPS as f64
    }

    /// The middles of the steps.
    fn middles(self) -> impl Iterator<Item = f64> {
        (0..STEPS).map(move |n| self.low + (n as f64 + 0.5) * self.step())
    }

    /// The part of the axis that `kept` steps span, with one step to spare on each side.
    fn narrowed(self, kept: impl Iterator<Item = usize> + Clone) -> Self {
        let first = kept.clone().min().unwrap_or(0).saturating_sub(1);
        let last = (kept.max().unwrap_or(STEPS - 1) + 2).min(STEPS);
        Self { low: self.low + first as f64 * self.step(), high: self.low + last as f64 * self.step() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A standard normal draw.
    fn normal(random: &mut fastrand::Rng) -> f64 {
        (-2.0 * (1.0 - random.f64()).ln()).sqrt() * (std::f64::consts::TAU * random.f64()).cos()
    }

    fn cell(values: &[f64]) -> Cell {
        let n = values.len() as f64;
        let value = values.iter().sum::<f64>() / n;
        let mean = Mean { value, spread: 1.0 / n };
        Cell { plain: mean, discounted: mean, scatter: values.iter().map(|y| (y - value).powi(2)).sum(), freedom: n - 1.0 }
    }

    /// The share of intervals that hold the truth, over `organisations` of `reps` with `ratings` each.
    fn coverage(organisations: usize, reps: usize, ratings: usize, rep_deviation: f64) -> f64 {
        let mut random = fastrand::Rng::with_seed(20_260_101);
        let mut held = 0_usize;
        for _ in 0..organisations {
            let truths: Vec<f64> = (0..reps).map(|_| 3.8 + rep_deviation * normal(&mut random)).collect();
            let cells: Vec<Cell> =
                truths.iter().map(|truth| cell(&(0..ratings).map(|_| truth + 0.65 * normal(&mut random)).collect::<Vec<_>>())).collect();
            let fit = fit(&cells, 1.0).expect("cells");
            held +=
                fit.reps.iter().zip(&truths).filter(|(rep, truth)| (rep.quantile(0.025)..=rep.quantile(0.975)).contains(*truth)).count();
        }
        held as f64 / (organisations * reps) as f64
    }

    #[test]
    fn intervals_hold_the_truth_as_often_as_they_say_also_in_small_organisations() {
        for (organisations, reps, ratings, rep_deviation) in [(300, 3, 3, 0.2), (300, 3, 3, 0.5), (200, 2, 2, 0.4), (60, 11, 20, 0.4)] {
            let held = coverage(organisations, reps, ratings, rep_deviation);
            assert!((0.93..=0.99).contains(&held), "{reps} reps with {ratings} ratings, deviation {rep_deviation}: {held}");
        }
    }

    #[test]
    fn an_estimate_lies_between_the_own_mean_and_the_common_one() {
        let cells = [cell(&[5.0, 5.0, 4.0]), cell(&[3.0, 3.0, 2.0, 3.0]), cell(&[4.0, 4.0])];
        let fit = fit(&cells, 1.0).expect("cells");
        for (cell, rep) in cells.iter().zip(&fit.reps) {
            let (own, shrunken) = (cell.plain.value - fit.mean, rep.mean() - fit.mean);
            assert!(shrunken.abs() < own.abs() && shrunken * own > 0.0, "{own} became {shrunken}");
        }
    }

    #[test]
    fn thousands_of_ratings_agree_with_the_closed_form() {
        // With the variances known this well, the estimate is the textbook one at s2 = 0.25 and the reps' own spread.
        let mut random = fastrand::Rng::with_seed(7);
        let cells: Vec<Cell> =
            (0..40).map(|n| cell(&(0..200).map(|_| 3.0 + f64::from(n) / 40.0 + 0.5 * normal(&mut random)).collect::<Vec<_>>())).collect();
        let fit = fit(&cells, 1.0).expect("cells");
        for (cell, rep) in cells.iter().zip(&fit.reps) {
            let width = rep.quantile(0.975) - rep.quantile(0.025);
            let expected = 2.0 * 1.96 * (0.25_f64 / 200.0).sqrt();
            assert!((width / expected - 1.0).abs() < 0.05, "{width} instead of {expected}");
            assert!((rep.mean() - cell.plain.value).abs() < 0.02);
        }
    }

    #[test]
    fn one_rep_alone_has_the_own_mean_and_a_wide_interval() {
        let fit = fit(&[cell(&[4.0])], 1.0).expect("a cell");
        assert!((fit.reps[0].mean() - 4.0).abs() < 1e-9);
        assert!(fit.reps[0].quantile(0.975) - fit.reps[0].quantile(0.025) > 2.0);
    }
}
