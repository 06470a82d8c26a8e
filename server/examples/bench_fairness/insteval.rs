//! Ratings of InstEval that were held out, predicted.

use super::{estimators::Estimators, read::read};
use server::score::model::Row;
use std::{collections::BTreeMap, error::Error, path::Path};

/// One rating in so many is held out.
const HELD_OUT: usize = 10;
const SEED: u64 = 20_260_101;

/// Root of the mean squared error of each prediction, in points of 1 to 5.
pub(super) fn measure(file: &Path) -> Result<BTreeMap<&'static str, f64>, Box<dyn Error>> {
    let (ratings, reps, _) = read(file)?;
    let mut rows: Vec<Row> = ratings
        .iter()
        .map(|rating| Row {
            rep: rating.rep as usize,
            customer: rating.customer as usize,
            contact: rating.customer as usize,
            format: None,
            channel: None,
            window: None,
            y: rating.y,
            share: 1.0,
            recency: 1.0,
        })
        .collect();
    fastrand::Rng::with_seed(SEED).shuffle(&mut rows);
    let (held_out, known) = rows.split_at(rows.len() / HELD_OUT);
    let estimators = Estimators::new(reps, known);
    let known_customers = known.iter().map(|row| row.customer + 1).max().unwrap_or(0);
    let everybody = known.iter().map(|row| row.y).sum::<f64>() / known.len() as f64;
    let score: Vec<f64> = (0..reps).map(|rep| estimators.score.rep(rep).mean()).collect();
    let shrinkage: Vec<f64> = (0..reps).map(|rep| estimators.shrinkage.rep(rep).mean()).collect();
    // Of a customer who never rated the model knows nothing, and has no place for one after the last who did.
    let by = |row: &Row| {
        if row.customer < known_customers { estimators.score.with_customer(row.rep, row.customer).mean() } else { score[row.rep] }
    };
    let error = |of: &dyn Fn(&Row) -> f64| {
        let squares: f64 = held_out.iter().map(|row| (row.y - of(row)).powi(2)).sum();
        (squares / held_out.len() as f64).sqrt()
    };
    Ok(BTreeMap::from([
        ("fairness_insteval_error", error(&by)),
        ("fairness_insteval_score_error", error(&|row| score[row.rep])),
        ("fairness_insteval_mean_error", error(&|row| estimators.means[row.rep].unwrap_or(everybody))),
        ("fairness_insteval_shrinkage_error", error(&|row| shrinkage[row.rep])),
    ]))
}
