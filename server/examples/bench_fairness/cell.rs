//! Organisations of one kind after the other, until enough intervals were seen.

use super::{
    estimators::Estimators,
    organisation::Organisation,
    setting::Setting,
    tally::{Each, Judged, Outcome, Tally},
};
use app::score::scale;
use serde::Serialize;
use server::score::on_scale;
use std::{
    collections::BTreeMap,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
};

/// Intervals per cell.
const INTERVALS: usize = 4_000;
/// Of the seeds, which count on from here by cell.
const SEED: u64 = 20_260_101;
/// Cells simulated at a time.
const THREADS: usize = 2;
/// The upper end of the middle third of a standard normal distribution.
const THIRD: f64 = 0.430_727;

/// A cell with its outcome.
#[derive(Serialize)]
pub(super) struct Cell {
    name: String,
    #[serde(flatten)]
    setting: Setting,
    #[serde(flatten)]
    outcome: Outcome,
}

/// Every cell whose name contains `part`, in the order of `settings`. Each has its own seed, so that its outcome hangs on no other.
pub(super) fn simulate(settings: &[Setting], part: &str) -> Vec<Cell> {
    let (next, cells) = (AtomicUsize::new(0), Mutex::new(BTreeMap::new()));
    let work = || {
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            let Some(setting) = settings.get(number) else { break };
            if !setting.name().contains(part) {
                continue;
            }
            let cell = Cell { name: setting.name(), setting: *setting, outcome: outcome(setting, SEED + number as u64) };
            cells.lock().unwrap_or_else(PoisonError::into_inner).insert(number, cell);
        }
    };
    thread::scope(|scope| {
        for _ in 0..THREADS {
            scope.spawn(work);
        }
    });
    cells.into_inner().unwrap_or_else(PoisonError::into_inner).into_values().collect()
}

fn outcome(setting: &Setting, seed: u64) -> Outcome {
    let mut random = fastrand::Rng::with_seed(seed);
    let mut tally = Tally::default();
    while tally.intervals() < INTERVALS {
        tally.add(&judge(&Organisation::new(setting, &mut random)));
    }
    tally.outcome()
}

fn judge(organisation: &Organisation) -> Vec<Judged> {
    let estimators = Estimators::new(organisation.truths.len(), &organisation.rows);
    let judge = |rep: &usize| {
        let estimate = on_scale(&estimators.score.rep(*rep), (0, 0));
        let truth = scale(organisation.truths[*rep]);
        let said = Each {
            score: estimate.value,
            mean: scale(estimators.means[*rep].unwrap_or(f64::NAN)),
            shrinkage: scale(estimators.shrinkage.rep(*rep).mean()),
        };
        let standing = organisation.standing[*rep];
        Judged {
            truth,
            said,
            held: (estimate.low..=estimate.high).contains(&truth),
            width: estimate.high - estimate.low,
            tercile: usize::from(standing > -THIRD) + usize::from(standing > THIRD),
        }
    };
    organisation.judged.iter().map(judge).collect()
}
