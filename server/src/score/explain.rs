//! An estimate opened up: it is a weighted sum of everybody's ratings, so that each rating's part in it can be told.
//!
//! `pull_i = c_i (y_i - m)` with `c_i = d estimate / d y_i` at held variances and `m` the estimated mean. The weights are 1 in all, hence
//! `m + own pulls + what other reps' ratings say of these customers = estimate`.

use super::{model::aged, solved::Part};

/// What an estimate is made of beside the estimated common mean, in points of 1 to 5.
#[derive(Clone, Debug)]
pub(super) struct Explanation {
    /// What each of the rep's own ratings adds: the number of the row, and by how much.
    pub(super) own: Vec<(usize, f64)>,
    /// What all other ratings add: how these customers rate others.
    pub(super) raters: f64,
}

/// Opens up the estimate of `rep`.
pub(super) fn explain(Part { rows, posterior }: &Part, rep: usize) -> Explanation {
    let mean = posterior.mean();
    let places = rows.places_of(rep);
    let weights = posterior.weights(rep, places.iter().map(|place| &rows.rows[*place]), aged);
    let own: Vec<(usize, f64)> =
        places.iter().zip(weights).map(|(place, weight)| (*place, weight * (rows.rows[*place].y - mean))).collect();
    // The weights of all ratings are 1 in all, so that what is left is what all others add.
    let raters = posterior.rep(rep).mean() - mean - own.iter().map(|(_, pull)| pull).sum::<f64>();
    Explanation { own, raters }
}
