//! How a rep stands to the others: bands from the joint posterior, in words, never a rank.

use super::{mixture::Mixture, model::Posterior, reml::Linked};
use app::score::{Certainty, PEOPLE_FOR_COMPARISON, Standing};

/// From this probability on a band is told.
const LIKELY: f64 = 0.9;
/// From this one on it is very likely.
const VERY_LIKELY: f64 = 0.99;
/// While more of what reps differ by is unknown about a rep, it is too early to say.
const UNKNOWN_MAX: f64 = 0.7;

/// How every rep stands to the mean of all `reps`, in order. Nothing where too few others are rated.
pub(super) fn standings(posterior: &Posterior, reps: usize) -> Vec<Option<Standing>> {
    if reps <= PEOPLE_FOR_COMPARISON {
        return vec![None; reps];
    }
    let all: Vec<usize> = (0..reps).collect();
    let is_early = |rep: usize| posterior.effect(rep).variance() > UNKNOWN_MAX * posterior.rep_variance();
    let standing = |(rep, difference): (usize, &Mixture)| if is_early(rep) { Standing::TooEarly } else { band(difference) };
    posterior.contrasts(&all).iter().enumerate().map(|it| Some(standing(it))).collect()
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

/// Whether no customer connects all reps, directly or over others: comparisons then take customers to be equally strict on average. `pairs`
/// says who is rated by whom, and everybody is in some.
pub(super) fn fall_apart(pairs: impl Iterator<Item = (usize, usize)>, reps: usize, customers: usize) -> bool {
    let mut linked = Linked::new(reps, customers);
    for (rep, customer) in pairs {
        linked.link(u32::try_from(rep).expect("as many reps as an index counts"), customer, 0.0);
    }
    linked.finish(&vec![1; reps], &vec![1; customers], false).0.number > 1
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
        let apart = |pairs: &[(usize, usize)], reps, customers| fall_apart(pairs.iter().copied(), reps, customers);
        assert!(!apart(&[(0, 0), (1, 0), (1, 1), (2, 1)], 3, 2));
        assert!(apart(&[(0, 0), (1, 0), (2, 1)], 3, 2));
        assert!(!apart(&[], 0, 0));
    }
}
