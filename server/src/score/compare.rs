//! How a rep stands to the others: bands from the joint posterior, in words, never a rank.

use super::{mixture::Mixture, model::Posterior, reml::Linked};
use app::score::{Certainty, FormatMix, PEOPLE_FOR_COMPARISON, Similar, Standing};
use std::collections::BTreeMap;

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
    among(posterior, &all).into_iter().map(Some).collect()
}

/// How every rep stands to the mean of those with the same mix of formats, `mixes` in the order of the reps. Nothing for whom too few others
/// have it, nor where all do, which says what [`standings`] says.
///
/// Whole groups instead of neighbours of each rep: a comparison is then the same seen from both sides, and costs no more than that with all.
pub(super) fn similar_standings(posterior: &Posterior, mixes: &[Option<FormatMix>]) -> Vec<Option<Similar>> {
    let mut groups: BTreeMap<FormatMix, Vec<usize>> = BTreeMap::new();
    for (rep, mix) in mixes.iter().enumerate() {
        if let Some(mix) = mix {
            groups.entry(*mix).or_default().push(rep);
        }
    }
    let mut similar = vec![None; mixes.len()];
    for (mix, reps) in groups.into_iter().filter(|(_, reps)| (PEOPLE_FOR_COMPARISON + 1..mixes.len()).contains(&reps.len())) {
        for (rep, standing) in reps.iter().zip(among(posterior, &reps)) {
            similar[*rep] = Some(Similar { mix, standing });
        }
    }
    similar
}

/// How each of `reps` stands to the mean of all of them.
fn among(posterior: &Posterior, reps: &[usize]) -> Vec<Standing> {
    let is_early = |rep: usize| posterior.effect(rep).variance() > UNKNOWN_MAX * posterior.rep_variance();
    let standing = |(rep, difference): (&usize, &Mixture)| if is_early(*rep) { Standing::TooEarly } else { band(difference) };
    reps.iter().zip(&posterior.contrasts(reps)).map(standing).collect()
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
