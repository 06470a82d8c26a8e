//! How a rep stands to the others: bands from the joint posterior, in words, never a rank.

use super::{
    mixture::Mixture,
    model::{Posterior, Row},
};
use app::score::{Certainty, PEOPLE_FOR_COMPARISON, Standing};

/// From this probability on a band is told.
const LIKELY: f64 = 0.9;
/// From this one on it is very likely.
const VERY_LIKELY: f64 = 0.99;
/// While more of what reps differ by is unknown about a rep, it is too early to say.
const UNKNOWN_MAX: f64 = 0.7;

/// How `rep` stands to the mean of all `reps`. None where too few others are rated.
pub(super) fn standing(posterior: &Posterior, rep: usize, reps: usize) -> Option<Standing> {
    if reps <= PEOPLE_FOR_COMPARISON {
        return None;
    }
    let all: Vec<usize> = (0..reps).collect();
    let early = posterior.effect(rep).variance() > UNKNOWN_MAX * posterior.rep_variance();
    Some(if early { Standing::TooEarly } else { band(&posterior.contrast(rep, &all)) })
}

fn band(difference: &Mixture) -> Standing {
    let above = difference.probability_above(0.0);
    let certainty = |probability: f64| if probability >= VERY_LIKELY { Certainty::VeryLikely } else { Certainty::Likely };
    match above {
        _ if above >= LIKELY => Standing::Above(certainty(above)),
        _ if 1.0 - above >= LIKELY => Standing::Below(certainty(1.0 - above)),
        _ => Standing::About,
    }
}

/// Whether no customer connects all reps, directly or over others: comparisons then take customers to be equally strict on average.
pub(super) fn fall_apart(rows: &[Row], reps: usize) -> bool {
    let customers = rows.iter().map(|row| row.customer + 1).max().unwrap_or(0);
    let mut parents: Vec<usize> = (0..reps + customers).collect();
    fn root(parents: &mut [usize], mut of: usize) -> usize {
        while parents[of] != of {
            parents[of] = parents[parents[of]];
            of = parents[of];
        }
        of
    }
    for row in rows {
        let (rep, customer) = (root(&mut parents, row.rep), root(&mut parents, reps + row.customer));
        parents[rep] = customer;
    }
    let first = (reps > 0).then(|| root(&mut parents, 0));
    (0..reps).any(|rep| Some(root(&mut parents, rep)) != first)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::score::mixture::Part;

    #[test]
    fn a_band_is_told_from_nine_in_ten_on() {
        let at = |mean| band(&Mixture(vec![Part { share: 1.0, mean, deviation: 1.0 }]));
        for (mean, standing) in [
            (1.2, Standing::About),
            (1.3, Standing::Above(Certainty::Likely)),
            (2.4, Standing::Above(Certainty::VeryLikely)),
            (-1.2, Standing::About),
            (-1.3, Standing::Below(Certainty::Likely)),
            (-2.4, Standing::Below(Certainty::VeryLikely)),
        ] {
            assert_eq!(at(mean), standing, "{mean}");
        }
    }

    #[test]
    fn reps_fall_apart_where_no_chain_of_customers_connects_them() {
        let met = |rep, customer| Row {
            rep,
            customer,
            contact: customer,
            format: None,
            channel: None,
            window: None,
            y: 4.0,
            share: 1.0,
            recency: 1.0,
        };
        assert!(!fall_apart(&[met(0, 0), met(1, 0), met(1, 1), met(2, 1)], 3));
        assert!(fall_apart(&[met(0, 0), met(1, 0), met(2, 1)], 3));
        assert!(!fall_apart(&[], 0));
    }
}
