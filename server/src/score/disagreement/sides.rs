//! Splits the raters of one rep into those who gave less and those who gave more.

use super::Voice;
use app::score::Side;

/// How far apart sides are at least, in points.
const APART: f64 = 1.0;
/// Raters that a side has at least.
const RATERS: usize = 2;

/// The two sides, where there are two: the split with the smallest squares within (Fisher, 1958, 'On grouping for maximum homogeneity'), of
/// what the raters gave less their leniency, where it leaves two raters on each side and the sides a point apart, with leniency and
/// without. The best split must leave them, not the best that does: one outlier with the next best for company is no side.
pub(super) fn sides(voices: &[Voice]) -> Option<(Side, Side)> {
    let mut sorted: Vec<&Voice> = voices.iter().collect();
    sorted.sort_by(|a, b| a.adjusted().total_cmp(&b.adjusted()));
    // What a split takes off the squares.
    let gain = |at: usize| {
        let (lower, higher) = sorted.split_at(at);
        (lower.len() * higher.len()) as f64 * gap(lower, higher, Voice::adjusted).powi(2)
    };
    let best = (1..sorted.len()).max_by(|a, b| gain(*a).total_cmp(&gain(*b)))?;
    let (lower, higher) = sorted.split_at(best);
    (lower.len().min(higher.len()) >= RATERS && apart(lower, higher)).then(|| (side(lower), side(higher)))
}

/// Whether the sides are a point apart, with leniency and without.
pub(super) fn apart(lower: &[&Voice], higher: &[&Voice]) -> bool {
    [Voice::adjusted, Voice::mean].into_iter().all(|value| gap(lower, higher, value) > APART - 1e-9)
}

/// What is told of those on one side.
pub(super) fn side(voices: &[&Voice]) -> Side {
    Side {
        mean: mean(voices, Voice::mean),
        raters: super::count(voices.len()),
        hidden: super::count(voices.iter().filter(|voice| voice.hidden).count()),
        customers: voices.iter().map(|voice| voice.customer).collect(),
        segment: None,
    }
}

fn gap(lower: &[&Voice], higher: &[&Voice], value: fn(&Voice) -> f64) -> f64 {
    mean(higher, value) - mean(lower, value)
}

fn mean(side: &[&Voice], value: fn(&Voice) -> f64) -> f64 {
    side.iter().map(|voice| value(voice)).sum::<f64>() / side.len() as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::score::disagreement::leniency::Leniency;
    use app::id::CustomerId;
    use uuid::Uuid;

    fn split(means: &[f64]) -> Option<(u32, u32)> {
        let voice = |(mean, n): (&f64, u128)| {
            let customer = CustomerId(Uuid::from_u128(n));
            Voice { customer, ratings: 2.0, sum: 2.0 * mean, hidden: false, leniency: Leniency::default() }
        };
        let voices: Vec<Voice> = means.iter().zip(0..).map(voice).collect();
        sides(&voices).map(|(lower, higher)| (lower.raters, higher.raters))
    }

    #[test]
    fn sides_are_two_raters_each_and_a_point_apart() {
        for (means, expected) in [
            (&[2.0, 4.5, 2.5, 5.0, 4.0] as &[f64], Some((2, 3))),
            (&[3.0, 4.0, 3.0, 4.0], Some((2, 2))),
            (&[3.5, 4.0, 3.5, 4.0], None),
            (&[5.0, 5.0, 5.0, 2.0], None),
            (&[5.0, 4.0, 2.0, 2.0, 2.0, 2.0], Some((4, 2))),
            (&[5.0, 3.0, 2.0, 2.0, 2.0], None),
            (&[4.0, 4.0, 4.0, 4.0], None),
        ] {
            assert_eq!(split(means), expected, "{means:?}");
        }
    }
}
