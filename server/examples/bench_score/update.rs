//! A new rating to everybody's score, at held variances.

use super::{Figures, read::read};
use server::score::reml::{Design, Detail, Held, fit};
use std::{error::Error, path::Path, time::Instant};

const SCORED: usize = 1000;
const ADDED: usize = 101;

pub(super) fn measure(file: &Path) -> Result<Figures, Box<dyn Error>> {
    let (ratings, reps, customers) = read(file)?;
    let variances = fit(&Design::new(reps, customers, &ratings)?, Detail::Estimates).variances;
    let (first, more) = ratings.split_at(ratings.len() - SCORED);
    let mut held = Held::new(reps, customers, first, variances)?;
    let mut estimates = Vec::new();
    let mut scored = Vec::new();
    for rating in more {
        let start = Instant::now();
        held.estimates_with(rating, &mut estimates)?;
        scored.push(start.elapsed().as_secs_f64());
    }
    let mut added = Vec::new();
    for rating in &more[..ADDED] {
        let start = Instant::now();
        held.add(rating)?;
        held.estimates(&mut estimates);
        added.push(start.elapsed().as_secs_f64());
    }
    Ok(Figures::from([("score_new_rating_us", median(scored) * 1e6), ("score_new_rating_refreshed_ms", median(added) * 1e3)]))
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
