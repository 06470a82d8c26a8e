//! Ten million ratings of ten thousand reps by two million customers, from a fixed seed.

use super::{Figures, cpu_seconds, normal::draw};
use server::score::reml::{Design, Detail, Rating, fit, solve};
use std::{error::Error, fs};

const RATINGS: usize = 10_000_000;
const REPS: u32 = 10_000;
const CUSTOMERS: u32 = 2_000_000;

/// Whom a customer rates.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Who {
    Anybody,
    OneRep,
}

/// The variances that are found are held to those that the ratings were made with, as far as rounding to 1 to 5 leaves them.
pub(super) fn measure(who: Who) -> Result<Figures, Box<dyn Error>> {
    let ratings = make(who);
    let start = cpu_seconds()?;
    let design = Design::new(REPS as usize, CUSTOMERS as usize, &ratings)?;
    let designed = cpu_seconds()? - start;
    // Kept until here, as a caller might.
    drop(ratings);
    let start = cpu_seconds()?;
    let fit = fit(&design, Detail::Estimates);
    let fitted = cpu_seconds()? - start;
    let start = cpu_seconds()?;
    let solved = solve(&design, fit.variances, Detail::Estimates);
    let solve_seconds = cpu_seconds()? - start;
    if (solved.mean - fit.estimates.mean).abs() > 1e-9 || (fit.variances.rep / 0.1 - 1.0).abs() > 0.2 {
        return Err(format!("{:?}", fit.variances).into());
    }
    eprintln!("{:?}, {:?}; summing up took {designed:.2} s", fit.variances, fit.reml);
    let (fixed, reml) = match who {
        Who::Anybody => ("score_fixed_crossed_s", "score_reml_crossed_cpu_s"),
        Who::OneRep => ("score_fixed_nested_s", "score_reml_nested_cpu_s"),
    };
    Ok(Figures::from([(fixed, solve_seconds), (reml, designed + fitted), ("score_memory_gb", peak_gigabytes()?)]))
}

fn make(who: Who) -> Vec<Rating> {
    let mut random = fastrand::Rng::with_seed(20_260_101);
    let mut normal = |deviation: f64, number: u32| -> Vec<f64> { (0..number).map(|_| deviation * draw(&mut random)).collect() };
    let (reps, customers) = (normal(0.1_f64.sqrt(), REPS), normal(0.2_f64.sqrt(), CUSTOMERS));
    let mut rating = |_| {
        let customer = random.u32(0..CUSTOMERS);
        let rep = if who == Who::OneRep { customer % REPS } else { random.u32(0..REPS) };
        let y = 3.9 + reps[rep as usize] + customers[customer as usize] + 0.65 * draw(&mut random);
        Rating { rep, customer, y: y.round().clamp(1.0, 5.0), weight: 1.0 }
    };
    (0..RATINGS).map(&mut rating).collect()
}

/// Most memory that this process has held, the ratings included.
fn peak_gigabytes() -> Result<f64, Box<dyn Error>> {
    let status = fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).ok_or("no size")?;
    let kilobytes: f64 = line.trim().trim_end_matches(" kB").parse()?;
    Ok(kilobytes * 1024.0 / 1e9)
}
