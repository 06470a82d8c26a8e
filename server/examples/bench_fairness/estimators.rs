//! The score, and what it is held against.

use server::score::model::{Posterior, Row, Shape, Sums, aged, nodes, plain};

/// What an organisation's rows say, in three ways.
pub(super) struct Estimators {
    /// The product's, variances learned and held as it does.
    pub(super) score: Posterior,
    /// The same model and priors without customers, as if all ratings came from one, and without ageing.
    pub(super) shrinkage: Posterior,
    /// Each rep's plain mean, where somebody rated.
    pub(super) means: Vec<Option<f64>>,
}

impl Estimators {
    pub(super) fn new(reps: usize, rows: &[Row]) -> Self {
        let shape = Shape { reps, formats: 0, channels: 0, windows: false };
        let score = Posterior::new(shape, rows, aged, &nodes(&Sums::new(shape, rows, plain)));
        let anonymous: Vec<Row> = rows.iter().map(|row| Row { customer: 0, contact: 0, ..*row }).collect();
        let shrinkage = Posterior::new(shape, &anonymous, plain, &nodes(&Sums::new(shape, &anonymous, plain)));
        Self { score, shrinkage, means: means(reps, rows) }
    }
}

fn means(reps: usize, rows: &[Row]) -> Vec<Option<f64>> {
    let mut sums = vec![(0.0, 0_usize); reps];
    for row in rows {
        let (sum, number) = &mut sums[row.rep];
        *sum += row.y;
        *number += 1;
    }
    sums.into_iter().map(|(sum, number)| (number > 0).then(|| sum / number as f64)).collect()
}
