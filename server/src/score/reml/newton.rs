//! The least criterion inside the boundary, by Newton's method with average information.
//!
//! Average information misses part of the second derivatives; the gradients on the way make up for it (symmetric rank-one updates, Conn,
//! Gould and Toint, 1991), so that the last steps double the digits.

use super::point::Point;

const STEPS_MAX: usize = 80;
/// A step at most multiplies or divides a ratio by this ...
const FACTOR: f64 = 8.0;
/// ... and, where it would leave the boundary behind for a second time, divides it by this.
const DIVE: f64 = 4096.0;

/// From `start` downhill to where the next step would change both ratios by less than `tolerance` of themselves, or where the way leads
/// to the boundary: there a ratio falls to almost nothing. The best point seen, where neither comes about.
pub(super) fn minimise(start: Point, tolerance: f64, evaluate: &mut dyn FnMut([f64; 2]) -> Option<Point>) -> Point {
    let mut here = start;
    let mut trail: Vec<([f64; 2], [f64; 2])> = Vec::new();
    let mut dived = [false; 2];
    for _ in 0..STEPS_MAX {
        let curvature = curvature(&here, &trail);
        let step = step(here.gradient, curvature);
        let change = [0, 1].map(|k: usize| step[k].abs() / here.ratios[k]);
        if change.iter().all(|change| *change <= tolerance) || !change.iter().all(|change| change.is_finite()) {
            break;
        }
        let reach = |k: usize, step: f64| (here.ratios[k] + step).clamp(here.ratios[k] / FACTOR, here.ratios[k] * FACTOR);
        let mut target = [0, 1].map(|k: usize| reach(k, step[k]));
        for k in 0..2 {
            let leaves = here.ratios[k] + step[k] <= 0.0;
            if leaves && dived[k] {
                target[k] = here.ratios[k] / DIVE;
            }
            if leaves && here.ratios[1 - k] + step[1 - k] > 0.0 {
                // The other ratio's step reckoned with one that this ratio cannot take.
                let taken = target[k] - here.ratios[k];
                target[1 - k] = reach(1 - k, -(here.gradient[1 - k] + curvature[0][1] * taken) / curvature[1 - k][1 - k]);
            }
            dived[k] = leaves;
        }
        if (0..2).any(|k| dived[k] && here.ratios[k] * here.gradient[k] < 1e-12) {
            break;
        }
        let Some(next) = descend(&here, target, evaluate) else { break };
        let moved = [0, 1].map(|k: usize| next.ratios[k] - here.ratios[k]);
        let turned = [0, 1].map(|k: usize| next.gradient[k] - here.gradient[k]);
        if trail.len() == 2 {
            trail.remove(0);
        }
        trail.push((moved, turned));
        here = next;
    }
    here
}

/// Goes to `target`, or part of the way until that is no way up, by the criterion or, since traces may be estimated better than it, by the
/// gradient; none where even the least part is.
fn descend(here: &Point, target: [f64; 2], evaluate: &mut dyn FnMut([f64; 2]) -> Option<Point>) -> Option<Point> {
    // The criterion is a sum over ratings and levels, and no better than its rounding.
    let rounding = 1e-13 * (here.criterion.abs() + here.solution.kept.len() as f64);
    let mut part = 1.0;
    for _ in 0..30 {
        let ratios = [0, 1].map(|k: usize| here.ratios[k] + part * (target[k] - here.ratios[k]));
        let better = |next: &Point| next.criterion <= here.criterion + rounding || steepness(next) < 0.5 * steepness(here);
        if let Some(next) = evaluate(ratios).filter(better) {
            return Some(next);
        }
        part /= 3.0;
    }
    None
}

/// Length of the gradient by the logs of the ratios.
fn steepness(point: &Point) -> f64 {
    (point.ratios[0] * point.gradient[0]).hypot(point.ratios[1] * point.gradient[1])
}

/// Average information as mended by what the gradients did over the last steps, if that is still convex.
fn curvature(here: &Point, trail: &[([f64; 2], [f64; 2])]) -> [[f64; 2]; 2] {
    let mut mended = here.information;
    for (moved, turned) in trail {
        let off = [0, 1].map(|j: usize| turned[j] - mended[j][0] * moved[0] - mended[j][1] * moved[1]);
        let product = off[0] * moved[0] + off[1] * moved[1];
        let length = |v: &[f64; 2]| v[0].hypot(v[1]);
        if product.abs() > 1e-8 * length(&off) * length(moved) {
            let update = [0, 1].map(|j: usize| [0, 1].map(|k: usize| mended[j][k] + off[j] * off[k] / product));
            // Far from the end they say little.
            if [0, 1].iter().all(|j| (update[*j][*j] / here.information[*j][*j]).ln().abs() < 2.0) {
                mended = update;
            }
        }
    }
    let convex = |m: &[[f64; 2]; 2]| m[0][0] > 0.0 && m[0][0] * m[1][1] - m[0][1] * m[1][0] > 1e-6 * m[0][0] * m[1][1];
    [mended, here.information].into_iter().find(convex).unwrap_or_else(|| {
        // Along its own axes the way is downhill in any case.
        let [[a, _], [_, b]] = here.information;
        [[a.abs().max(f64::MIN_POSITIVE), 0.0], [0.0, b.abs().max(f64::MIN_POSITIVE)]]
    })
}

/// Newton's step.
fn step([g, h]: [f64; 2], [[a, b], [_, d]]: [[f64; 2]; 2]) -> [f64; 2] {
    let determinant = a * d - b * b;
    [(b * h - d * g) / determinant, (b * g - a * h) / determinant]
}
