//! Averaging over what the variances might be, instead of guessing them: with few reps and ratings nobody knows them, and a guess makes
//! intervals that hold the truth too rarely (scoring service, 'Small organisations').
//!
//! The posterior density of the variances is looked at on a grid over the deviation between reps, that between customers and the log of the
//! residual variance, laid around its mode. Deterministic: the same ratings say the same.

use super::{
    design::{Row, Shape, Sums},
    equations::log_likelihood,
    posterior::plain,
    simplex::maximum,
    variances::Variances,
};

/// One point of the grid.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Node {
    /// Its share of the posterior probability; shares sum to 1.
    pub share: f64,
    /// The variances there.
    pub variances: Variances,
}

/// From this many reps ...
const PLUG_IN_REPS: usize = 100;
/// ... and ratings on the variances are known well enough to be plugged in.
const PLUG_IN_RATINGS: usize = 2_000;
/// Grid points per axis: deviation between reps, between customers, log of the residual variance.
const STEPS: [usize; 3] = [9, 8, 6];
/// How far below the mode, in log density, an axis is followed.
const REACH: f64 = 5.0;
/// Grid points less likely than the mode by more than e to this are left out.
const NEGLIGIBLE: f64 = 9.0;
/// The smallest deviation looked at, in points: a thousandth is as good as none.
const DEVIATION_MIN: f64 = 1e-3;
/// Where the search for the mode starts: deviations of a few tenths of a point and a residual variance of half of one.
const START: [f64; 3] = [0.3, 0.3, -0.7];

/// A point of the grid: both deviations and the log of the residual variance.
type Place = [f64; 3];

fn variances([rep, customer, log_residual]: Place) -> Variances {
    let squared = |deviation: f64| deviation.abs().max(DEVIATION_MIN).powi(2);
    Variances { rep: squared(rep), customer: squared(customer), window: 1.0, residual: log_residual.clamp(-12.0, 6.0).exp() }
}

/// The grid that `sums`, at full weight, give.
pub fn nodes(sums: &Sums) -> Vec<Node> {
    if sums.shape.reps >= PLUG_IN_REPS && sums.rows >= PLUG_IN_RATINGS {
        let mode = maximum(START, |place| log_likelihood(sums, &variances(place)));
        return vec![Node { share: 1.0, variances: variances(mode) }];
    }
    let density = |place: Place| {
        let variances = variances(place);
        log_likelihood(sums, &variances) + variances.log_prior()
    };
    let mode = maximum(START, density).map_deviations(f64::abs);
    let best = density(mode);
    let axes = [0, 1, 2].map(|axis| reach(mode, axis, best, &density));
    let mut grid = Vec::with_capacity(STEPS.iter().product());
    for rep in middles(axes[0], STEPS[0]) {
        for customer in middles(axes[1], STEPS[1]) {
            for residual in middles(axes[2], STEPS[2]) {
                let place = [rep, customer, residual];
                grid.push((density(place) - best, place));
            }
        }
    }
    grid.retain(|(log, _)| *log > -NEGLIGIBLE);
    let total: f64 = grid.iter().map(|(log, _)| log.exp()).sum();
    grid.into_iter().map(|(log, place)| Node { share: log.exp() / total, variances: variances(place) }).collect()
}

/// Points of the grid over the deviation of a rep between two windows.
const WINDOW_STEPS: usize = 12;
/// How far that grid reaches, in points.
const WINDOW_MAX: f64 = 1.5;
/// Scale of its half-normal prior: people change less than they differ.
const WINDOW_DEVIATION: f64 = 0.5;

/// The grid over how much reps differ between two windows, all else `held`.
pub fn window_nodes(shape: Shape, rows: &[Row], held: Variances) -> Vec<Node> {
    let sums = Sums::new(shape, rows, plain);
    let grid: Vec<(f64, Variances)> = middles((0.0, WINDOW_MAX), WINDOW_STEPS)
        .map(|deviation| {
            let variances = Variances { window: deviation.powi(2), ..held };
            (log_likelihood(&sums, &variances) - 0.5 * (deviation / WINDOW_DEVIATION).powi(2), variances)
        })
        .collect();
    let best = grid.iter().map(|(log, _)| *log).fold(f64::NEG_INFINITY, f64::max);
    let grid: Vec<(f64, Variances)> = grid.into_iter().filter(|(log, _)| *log > best - NEGLIGIBLE).collect();
    let total: f64 = grid.iter().map(|(log, _)| (log - best).exp()).sum();
    grid.into_iter().map(|(log, variances)| Node { share: (log - best).exp() / total, variances }).collect()
}

trait Deviations {
    fn map_deviations(self, map: impl Fn(f64) -> f64) -> Self;
}

impl Deviations for Place {
    fn map_deviations(self, map: impl Fn(f64) -> f64) -> Self {
        [map(self[0]), map(self[1]), self[2]]
    }
}

/// How far an axis reaches on both sides of the mode until the density, with the other two let free to follow one step, is negligible.
fn reach(mode: Place, axis: usize, best: f64, density: &impl Fn(Place) -> f64) -> (f64, f64) {
    let floor = if axis == 2 { f64::NEG_INFINITY } else { 0.0 };
    let end = |direction: f64| {
        let at = |distance: f64| {
            let mut place = mode;
            place[axis] = (mode[axis] + direction * distance).max(floor);
            density(place)
        };
        // Doubled until out of reach, then halved to it.
        let mut far = 0.05;
        while at(far) > best - REACH && far < 8.0 && (direction > 0.0 || mode[axis] - far > floor) {
            far *= 2.0;
        }
        let mut near = far / 2.0;
        for _ in 0..6 {
            let middle = f64::midpoint(near, far);
            if at(middle) > best - REACH { near = middle } else { far = middle }
        }
        // The axes are not independent: along a slope the density reaches further than along an axis.
        (mode[axis] + direction * far * SLANT).max(floor)
    };
    (end(-1.0), end(1.0))
}

/// How much further than the axes through the mode the grid reaches.
const SLANT: f64 = 1.25;

/// The middles of `steps` equal steps.
fn middles((low, high): (f64, f64), steps: usize) -> impl Iterator<Item = f64> {
    let step = (high - low) / steps as f64;
    (0..steps).map(move |n| low + (n as f64 + 0.5) * step)
}
