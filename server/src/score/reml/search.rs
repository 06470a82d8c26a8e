//! The global optimum: the best of the boundary, where a variance is 0, and of the inside.

use super::{
    design::Design,
    equations::Ratios,
    estimates::Known,
    exact::{self, Exact},
    newton::minimise,
    objective::{Means, Objective, on_edge},
    one_way::OneWay,
    point::Point,
};

/// Ratios count as found once a step would change them by less than this part.
const TOLERANCE: f64 = 1e-10;
/// Estimated traces are no better than this.
const ROUGHLY: f64 = 1e-3;
/// The inverse of A is near enough where the ratios have moved by less than this part since: half of that is what standard deviations are
/// off.
const NEAR: f64 = 8e-8;
/// Criteria and traces are sums that are rounded by less than this part.
const ROUNDING: f64 = 1e-11;
/// A level whose weight times a ratio is beyond this has no residual to speak of.
const ENDLESS: f64 = 1e12;
/// Up to this many cells and this cost of a factor a grid is searched for other optima.
const FEW_CELLS: usize = 3_000;
const FEW_LEVELS: f64 = 64.0 * 64.0 * 64.0;
/// Points of the grid in each direction, each three times the one before.
const STEPS: usize = 13;

/// Where the criterion is least.
pub(super) enum Best {
    /// At a residual variance above 0.
    At(Box<Point>, Known),
    /// At a residual variance of 0.
    Exact(Exact),
}

/// Which of the two factors, the kept one first, may have a variance above 0.
pub(super) fn search(objective: &mut Objective, identified: [bool; 2]) -> Option<Best> {
    let design = objective.design;
    if let Some(exact) = without_residual(design, identified) {
        return Some(Best::Exact(exact));
    }
    let factors = [&design.kept, &design.eliminated];
    let ways = factors.map(|factor| OneWay::new(factor, design.ratings, design.log_weights));
    let alone = [0, 1].map(|k: usize| if identified[k] { ways[k].best() } else { 0.0 });
    let heaviest = factors.map(|factor| factor.weights.iter().copied().fold(0.0, f64::max));
    // A level with one rating each: a limit without a residual.
    for k in [0, 1] {
        let mut endless = [0.0; 2];
        if alone[k] * heaviest[k] > ENDLESS && !identified[1 - k] {
            endless[k] = exact::of_levels(&factors[k].means, &factors[k].counts);
            return Some(Best::Exact(Exact { variances: endless, criterion: f64::NEG_INFINITY }));
        }
    }
    let edges = [[alone[0], 0.0], [0.0, alone[1]]].map(|[kept, eliminated]| on_edge(design, Ratios { kept, eliminated }));
    let stays =
        |point: &Point| (0..2).all(|k| !identified[k] || point.ratios[k] > 0.0 || point.gradient[k] >= -ROUNDING * point.traces.of(k));
    let mut best = edges.iter().flatten().filter(|point| stays(point)).cloned().map(|point| (point, Known::Diagonal)).min_by(least);
    if identified == [true; 2] {
        let start = start(design, &edges);
        // A way inside that led to the boundary ends beside it, no lower but for rounding.
        let lower = |(point, _): &(Point, Known)| match &best {
            Some((edge, _)) => point.criterion < edge.criterion - ROUNDING * (1.0 + edge.criterion.abs()),
            None => true,
        };
        if let Some(inside) = inside(objective, start).filter(lower) {
            best = Some(inside);
        }
        if let Some(exact) = exact::of_sums(design).filter(|exact| best.as_ref().is_none_or(|(point, _)| exact.criterion < point.criterion))
        {
            return Some(Best::Exact(exact));
        }
    }
    // Where rounding keeps every way inside from being gone, the lower edge is what is left.
    let edge = || edges.iter().flatten().min_by(|a, b| a.criterion.total_cmp(&b.criterion)).cloned().map(|point| (point, Known::Diagonal));
    best.or_else(edge).map(|(point, known)| Best::At(Box::new(point), known))
}

/// Where to begin inside. On its edge each factor has nearly the variance that it has beside the other, whose variance the residual takes
/// there.
fn start(design: &Design, edges: &[Option<Point>; 2]) -> [f64; 2] {
    let alone = [0, 1].map(|k: usize| edges[k].as_ref().map_or([0.0, 1.0], |edge| [edge.ratios[k], edge.solution.squares]));
    let [[kept, own], [eliminated, other]] = alone.map(|[ratio, squares]| [ratio * squares, squares]);
    let residual = (0.5 * (own - eliminated + other - kept)).max(0.2 * own.min(other));
    [(kept, &design.kept), (eliminated, &design.eliminated)].map(|(variance, factor)| {
        let typical = factor.weights.iter().sum::<f64>() / factor.observed as f64;
        (variance / residual).clamp(0.05 / typical, 1e4 / typical)
    })
}

fn least(a: &(Point, Known), b: &(Point, Known)) -> std::cmp::Ordering {
    a.0.criterion.total_cmp(&b.0.criterion)
}

/// Where fewer values than ratings are all that there is to the ratings, the likelihood grows without end as the residual variance falls
/// to 0: the faster, the fewer values.
fn without_residual(design: &Design, identified: [bool; 2]) -> Option<Exact> {
    let factors = [&design.kept, &design.eliminated];
    let criterion = f64::NEG_INFINITY;
    let constant = |k: usize| identified[k] && factors[k].constant && factors[k].observed < design.ratings;
    // The kept factor has fewer levels, or as many.
    if let Some(k) = [0, 1].into_iter().filter(|k| constant(*k)).min_by_key(|k| factors[*k].observed) {
        let mut variances = [0.0; 2];
        variances[k] = exact::of_levels(&factors[k].means, &factors[k].counts);
        return Some(Exact { variances, criterion });
    }
    let values = factors[0].observed + factors[1].observed - design.groups.number;
    if identified == [true; 2] && values < design.ratings { exact::of_sums(design).map(|exact| Exact { criterion, ..exact }) } else { None }
}

/// Points of a grid around `middle` that are lower than those around them: few ratings can have several optima.
fn valleys(objective: &mut Objective, middle: [f64; 2]) -> Vec<[f64; 2]> {
    if objective.design.weights.len() > FEW_CELLS || objective.places.cost().1 > FEW_LEVELS {
        return Vec::new();
    }
    let ratio = |k: usize, step: usize| middle[k] * 3.0_f64.powf(step as f64 - (STEPS / 2) as f64);
    let mut heights = vec![[f64::INFINITY; STEPS]; STEPS];
    for (row, heights) in heights.iter_mut().enumerate() {
        for (column, height) in heights.iter_mut().enumerate() {
            *height = at(objective, [ratio(0, row), ratio(1, column)]).map_or(f64::INFINITY, |point| point.criterion);
        }
    }
    let around = |at: usize| at.saturating_sub(1)..=(at + 1).min(STEPS - 1);
    let low = |row: usize, column: usize| around(row).all(|r| around(column).all(|c| heights[row][column] <= heights[r][c]));
    let pairs = (0..STEPS).flat_map(|row| (0..STEPS).map(move |column| (row, column)));
    pairs.filter(|(row, column)| low(*row, *column)).map(|(row, column)| [ratio(0, row), ratio(1, column)]).collect()
}

/// The best point with both ratios above 0.
fn inside(objective: &mut Objective, start: [f64; 2]) -> Option<(Point, Known)> {
    if objective.means == Means::Factor {
        let mut starts = valleys(objective, start);
        starts.push(start);
        let mut ends: Vec<Point> = Vec::new();
        for start in starts {
            let Some(point) = at(objective, start) else { continue };
            ends.push(minimise(point, TOLERANCE, &mut |ratios| at(objective, ratios)));
        }
        let point = ends.into_iter().min_by(|a, b| a.criterion.total_cmp(&b.criterion))?;
        let inverse = objective.invert_at(point.ratios())?;
        return Some((point, Known::Inverse(inverse)));
    }
    let point = at(objective, start)?;
    let point = minimise(point, ROUGHLY, &mut |ratios| at(objective, ratios));
    objective.tighten();
    let mut point = at(objective, point.ratios)?;
    if matches!(objective.means, Means::Estimate(_)) {
        let point = minimise(point, TOLERANCE, &mut |ratios| at(objective, ratios));
        return Some((point, Known::Columns));
    }
    for correction in 0..8 {
        if objective.means == Means::Factor {
            break;
        }
        let before = point.ratios;
        let Some(inverse) = objective.correct(&mut point) else { break };
        let tolerance = if correction == 0 { NEAR } else { TOLERANCE };
        point = minimise(point, tolerance, &mut |ratios| at(objective, ratios));
        if (0..2).all(|k| (point.ratios[k] / before[k] - 1.0).abs() < NEAR) {
            return Some((point, Known::Inverse(inverse)));
        }
    }
    let point = minimise(at(objective, point.ratios)?, TOLERANCE, &mut |ratios| at(objective, ratios));
    let inverse = objective.invert_at(point.ratios())?;
    Some((point, Known::Inverse(inverse)))
}

fn at(objective: &mut Objective, [kept, eliminated]: [f64; 2]) -> Option<Point> {
    objective.at(Ratios { kept, eliminated })
}
