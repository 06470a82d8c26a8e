//! An estimate opened up: it is a weighted sum of everybody's ratings, so that each rating's part in it can be told.
//!
//! `pull_i = c_i (y_i - m)` with `c_i = d estimate / d y_i` at held variances and `m` the estimated mean. The weights are 1 in all, hence
//! `m + own pulls + what other reps' ratings say of these customers = estimate`.

use super::{
    model::{Posterior, aged},
    rows::Rows,
};

/// What an estimate is made of beside the estimated common mean, in points of 1 to 5.
#[derive(Clone, Debug)]
pub(super) struct Explanation {
    /// What each of the rep's own ratings adds: the number of the row, and by how much.
    pub(super) own: Vec<(usize, f64)>,
    /// What all other ratings add: how these customers rate others.
    pub(super) raters: f64,
}

/// Opens up the estimate of `rep`.
pub(super) fn explain(posterior: &Posterior, rows: &Rows<'_>, rep: usize) -> Explanation {
    let mean = posterior.mean();
    let weights = posterior.weights(rep, &rows.rows, aged);
    let mut explanation = Explanation { own: Vec::new(), raters: 0.0 };
    for (number, (row, weight)) in rows.rows.iter().zip(weights).enumerate() {
        let pull = weight * (row.y - mean);
        if row.rep == rep {
            explanation.own.push((number, pull));
        } else {
            explanation.raters += pull;
        }
    }
    explanation
}
