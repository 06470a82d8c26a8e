//! InstEval, students' evaluations of lectures at ETH Zürich, from R's lme4: 73,421 ratings of 1,128 lecturers by 2,972 students.

use super::{Figures, cpu_seconds};
use server::score::reml::{Design, Detail, Effects, Rating, fit};
use std::{error::Error, fs, path::Path};

/// Ratings from a file whose ids count from 1, and how many reps and customers there are.
pub(super) fn read(file: &Path) -> Result<(Vec<Rating>, usize, usize), Box<dyn Error>> {
    let mut ratings = Vec::new();
    for row in csv::Reader::from_path(file)?.deserialize() {
        let (rep, customer, y): (u32, u32, f64) = row?;
        ratings.push(Rating { rep: rep - 1, customer: customer - 1, y, weight: 1.0 });
    }
    let most = |of: fn(&Rating) -> u32| ratings.iter().map(of).max().map_or(0, |most| most as usize + 1);
    let (reps, customers) = (most(|rating| rating.rep), most(|rating| rating.customer));
    Ok((ratings, reps, customers))
}

pub(super) fn measure(file: &Path, result: &Path) -> Result<Figures, Box<dyn Error>> {
    let (ratings, reps, customers) = read(file)?;
    let start = cpu_seconds()?;
    let fit = fit(&Design::new(reps, customers, &ratings)?, Detail::StandardErrors);
    let seconds = cpu_seconds()? - start;
    let effects = |effects: &Effects| serde_json::json!({ "blup": effects.blup, "conditional_sd": effects.conditional_sd });
    let json = serde_json::json!({
        "rep": effects(&fit.estimates.reps),
        "customer": effects(&fit.estimates.customers),
        "variance": [fit.variances.rep, fit.variances.customer, fit.variances.residual],
        "reml": fit.reml,
    });
    fs::write(result, serde_json::to_vec(&json)?)?;
    Ok(Figures::from([("cpu_s", seconds)]))
}
