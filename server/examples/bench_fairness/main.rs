//! Holds the score to a known truth for `make bench-fairness`; prints one JSON object.
//!
//! - `simulate [PART]`: organisations whose truth is known, many per cell, from fixed seeds; every cell with how often intervals held the truth,
//!   and with the error and the rank correlation of the score, of the plain mean and of shrinkage that knows no customers. With
//!   PART only the cells whose names contain it.
//! - `insteval FILE`: ratings of InstEval (columns rep, customer, rating) that were held out, predicted by the same three.

mod cell;
mod estimators;
mod insteval;
#[path = "../bench_score/normal.rs"]
mod normal;
mod organisation;
#[path = "../bench_score/read.rs"]
mod read;
mod setting;
mod tally;

use clap::{Parser, Subcommand};
use std::{error::Error, path::PathBuf};

/// Hold the score to a known truth.
#[derive(Parser)]
struct Arguments {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    Simulate { part: Option<String> },
    Insteval { file: PathBuf },
}

fn main() -> Result<(), Box<dyn Error>> {
    let json = match Arguments::parse().what {
        What::Simulate { part } => serde_json::to_string(&cell::simulate(&setting::all(), &part.unwrap_or_default()))?,
        What::Insteval { file } => serde_json::to_string(&insteval::measure(&file)?)?,
    };
    println!("{json}");
    Ok(())
}
