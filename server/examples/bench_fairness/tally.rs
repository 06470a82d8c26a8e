//! What came of many organisations.

use serde::Serialize;

/// A figure of the score and of what it is held against.
#[derive(Clone, Copy, Default, Serialize)]
pub(super) struct Each {
    pub(super) score: f64,
    pub(super) mean: f64,
    pub(super) shrinkage: f64,
}

impl Each {
    pub(super) fn map(self, map: impl Fn(f64) -> f64) -> Self {
        Self { score: map(self.score), mean: map(self.mean), shrinkage: map(self.shrinkage) }
    }

    pub(super) fn add(&mut self, other: Self) {
        self.score += other.score;
        self.mean += other.mean;
        self.shrinkage += other.shrinkage;
    }
}

/// A rep: the truth and what was said of it, 0 to 100.
pub(super) struct Judged {
    pub(super) truth: f64,
    pub(super) said: Each,
    pub(super) held: bool,
    pub(super) width: f64,
    /// Of the true effect: 0 for the lowest.
    pub(super) tercile: usize,
}

/// Sums over organisations.
#[derive(Default)]
pub(super) struct Tally {
    organisations: usize,
    /// Intervals, and how many held the truth, by tercile.
    terciles: [(usize, usize); 3],
    width: f64,
    squares: Each,
    ranks: Each,
}

/// What a cell came to.
#[derive(Serialize)]
pub(super) struct Outcome {
    /// How many intervals.
    intervals: usize,
    /// Which share of them held the truth.
    coverage: f64,
    /// The same by tercile of the true effect, from the lowest.
    coverage_by_tercile: [f64; 3],
    /// Their mean width, in points of 100.
    width: f64,
    /// Root of the mean squared error, in points of 100.
    error: Each,
    /// Rank correlation with the truth within an organisation (Spearman, 1904), on average.
    rank: Each,
}

impl Tally {
    /// Takes in one organisation.
    pub(super) fn add(&mut self, reps: &[Judged]) {
        self.organisations += 1;
        for rep in reps {
            let (intervals, held) = &mut self.terciles[rep.tercile];
            *intervals += 1;
            *held += usize::from(rep.held);
            self.width += rep.width;
            self.squares.add(rep.said.map(|said| (said - rep.truth).powi(2)));
        }
        let truths: Vec<f64> = reps.iter().map(|rep| rep.truth).collect();
        let rank = |said: fn(&Each) -> f64| rank_correlation(&truths, &reps.iter().map(|rep| said(&rep.said)).collect::<Vec<_>>());
        self.ranks.add(Each { score: rank(|it| it.score), mean: rank(|it| it.mean), shrinkage: rank(|it| it.shrinkage) });
    }

    pub(super) fn intervals(&self) -> usize {
        self.terciles.iter().map(|(intervals, _)| intervals).sum()
    }

    pub(super) fn outcome(&self) -> Outcome {
        let intervals = self.intervals();
        let held: usize = self.terciles.iter().map(|(_, held)| held).sum();
        Outcome {
            intervals,
            coverage: held as f64 / intervals as f64,
            coverage_by_tercile: self.terciles.map(|(intervals, held)| held as f64 / intervals as f64),
            width: self.width / intervals as f64,
            error: self.squares.map(|sum| (sum / intervals as f64).sqrt()),
            rank: self.ranks.map(|sum| sum / self.organisations as f64),
        }
    }
}

/// 0 where all on one side are the same.
fn rank_correlation(a: &[f64], b: &[f64]) -> f64 {
    let (a, b) = (ranks(a), ranks(b));
    let product = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>();
    let scale = (product(&a, &a) * product(&b, &b)).sqrt();
    if scale > 0.0 { product(&a, &b) / scale } else { 0.0 }
}

/// Ranks from their middle; equals share theirs.
fn ranks(values: &[f64]) -> Vec<f64> {
    let sign = |difference: f64| f64::from(i8::from(difference > 0.0) - i8::from(difference < 0.0));
    values.iter().map(|value| values.iter().map(|other| sign(value - other)).sum::<f64>() / 2.0).collect()
}
