//! Measures the scoring engine for `make bench-score`; prints one JSON object, units in its keys. CPU seconds are of one thread, parsing
//! excluded.
//!
//! - `insteval FILE RESULT`: fits InstEval (columns rep, customer, rating) with all standard errors, once; the result goes to a file for
//!   comparison.
//! - `update FILE`: a new rating on top of InstEval.
//! - `crossed` and `nested`: ten million made-up ratings.

mod insteval;
mod normal;
mod read;
mod synthetic;
mod update;

use clap::{Parser, Subcommand};
use std::{collections::BTreeMap, error::Error, fs, path::PathBuf};

/// What was measured, by name.
type Figures = BTreeMap<&'static str, f64>;

/// Measure the scoring engine.
#[derive(Parser)]
struct Arguments {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    Insteval { file: PathBuf, result: PathBuf },
    Update { file: PathBuf },
    Crossed,
    Nested,
}

fn main() -> Result<(), Box<dyn Error>> {
    let figures = match Arguments::parse().what {
        What::Insteval { file, result } => insteval::measure(&file, &result)?,
        What::Update { file } => update::measure(&file)?,
        What::Crossed => synthetic::measure(synthetic::Who::Anybody)?,
        What::Nested => synthetic::measure(synthetic::Who::OneRep)?,
    };
    println!("{}", serde_json::to_string(&figures)?);
    Ok(())
}

/// Seconds that this thread has been on a processor.
fn cpu_seconds() -> Result<f64, Box<dyn Error>> {
    let times = fs::read_to_string("/proc/thread-self/schedstat")?;
    let nanoseconds: f64 = times.split_whitespace().next().ok_or("no time")?.parse()?;
    Ok(nanoseconds / 1e9)
}
