//! InstEval, students' evaluations of lectures at ETH Zürich, from R's lme4: 73,421 ratings of 1,128 lecturers by 2,972 students.

use super::{Figures, cpu_seconds, read::read};
use server::score::reml::{Design, Detail, Effects, fit};
use std::{error::Error, fs, path::Path};

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
