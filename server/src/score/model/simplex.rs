//! The highest point of a smooth function of a few numbers, without derivatives (Nelder and Mead, 1965).

/// Steps until the search is given up; the best point so far is as good as any use of it needs.
const STEPS_MAX: usize = 200;
/// Where the heights of the corners differ by less than this, the top is reached.
const LEVEL: f64 = 1e-6;
/// How far the first corners are from the start.
const SIZE: f64 = 0.25;

/// Where `height` is greatest, looked for from `start` on.
pub(super) fn maximum<const N: usize>(start: [f64; N], height: impl Fn([f64; N]) -> f64) -> [f64; N] {
    let mut corners: Vec<([f64; N], f64)> = vec![(start, height(start))];
    for axis in 0..N {
        let mut corner = start;
        corner[axis] += SIZE;
        corners.push((corner, height(corner)));
    }
    for _ in 0..STEPS_MAX {
        corners.sort_by(|a, b| b.1.total_cmp(&a.1));
        let (best, lowest) = (corners[0], corners[N]);
        if best.1 - lowest.1 < LEVEL {
            break;
        }
        let centre: [f64; N] = std::array::from_fn(|axis| corners[..N].iter().map(|(corner, _)| corner[axis]).sum::<f64>() / N as f64);
        let toward = |factor: f64| {
            let corner: [f64; N] = std::array::from_fn(|axis| centre[axis] + factor * (lowest.0[axis] - centre[axis]));
            (corner, height(corner))
        };
        let reflected = toward(-1.0);
        corners[N] = if reflected.1 > best.1 {
            let expanded = toward(-2.0);
            if expanded.1 > reflected.1 { expanded } else { reflected }
        } else if reflected.1 > corners[N - 1].1 {
            reflected
        } else {
            let contracted = toward(if reflected.1 > lowest.1 { -0.5 } else { 0.5 });
            if contracted.1 > lowest.1.max(reflected.1) {
                contracted
            } else {
                for corner in &mut corners[1..] {
                    let closer: [f64; N] = std::array::from_fn(|axis| f64::midpoint(corner.0[axis], best.0[axis]));
                    *corner = (closer, height(closer));
                }
                continue;
            }
        };
    }
    corners.into_iter().max_by(|a, b| a.1.total_cmp(&b.1)).map_or(start, |(corner, _)| corner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_top_of_a_slanted_hill_is_found() {
        let hill = |[x, y, z]: [f64; 3]| -(x - 1.0).powi(2) - 10.0 * (y + 0.5 * x).powi(2) - 0.1 * (z - 3.0).powi(2);
        let [x, y, z] = maximum([0.3, 0.3, -0.7], hill);
        assert!((x - 1.0).abs() < 1e-2 && (y + 0.5).abs() < 1e-2 && (z - 3.0).abs() < 2e-2, "{x} {y} {z}");
    }
}
