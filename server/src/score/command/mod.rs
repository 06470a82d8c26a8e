//! `qdos score`: the engine on any CSV file, so that an analyst can check it. Needs no database.

mod read;
mod report;

pub use read::Problem;
pub use report::{CustomerRow, Mean, RepRow, Report, Variance};

use super::reml::{Design, Detail, Estimates, Fit, Rating, Unidentified, fit, solve};
use chrono::NaiveDate;
use clap::{Args, ValueEnum};
use read::{Table, Wanted, read};
use std::{
    io::{self, Write},
    path::PathBuf,
    process::ExitCode,
};

/// Problems that are told one by one.
const PROBLEMS_MAX: usize = 100;
/// What a shell knows as wrong use.
const WRONG: u8 = 2;

/// What `qdos score` takes.
#[derive(Args, Clone, Debug)]
pub struct ScoreArguments {
    /// A CSV file with a header and the columns rep, customer, rating and, for --half-life, date (YYYY-MM-DD).
    #[arg(long, value_name = "FILE")]
    pub csv: PathBuf,
    /// Read the precision of each rating, a number of at least 0, from this column.
    #[arg(long, value_name = "COLUMN", conflicts_with_all = ["half_life", "as_of"])]
    pub weight: Option<String>,
    /// Discount ratings by age, to half after this many days; variances are estimated without.
    #[arg(long, value_name = "DAYS", value_parser = parse_half_life)]
    pub half_life: Option<f64>,
    /// The date from which ages count; by default the newest.
    #[arg(long, value_name = "DATE", requires = "half_life", value_parser = parse_date)]
    pub as_of: Option<NaiveDate>,
    /// How to write the result.
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

/// How to write the result.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Everything, as one object.
    #[default]
    Json,
    /// Reps and customers, a row each.
    Csv,
}

impl ScoreArguments {
    /// Reads, fits and prints. What cannot be read is told by line on standard error and nothing is printed; the exit code is then 2.
    pub fn run(&self) -> ExitCode {
        let bytes = match std::fs::read(&self.csv) {
            Ok(bytes) => bytes,
            Err(error) => {
                eprintln!("qdos: {}: {error}", self.csv.display());
                return ExitCode::from(WRONG);
            }
        };
        match self.score(&bytes) {
            Ok(report) => {
                report.notes.iter().for_each(|note| eprintln!("qdos: note: {note}"));
                let written = report.write(self.format).and_then(|text| io::stdout().write_all(&text));
                written.map_or_else(|error| fail(&error), |()| ExitCode::SUCCESS)
            }
            Err(problems) => {
                let file = self.csv.display();
                problems.iter().take(PROBLEMS_MAX).for_each(|problem| eprintln!("{file}: {problem}"));
                if problems.len() > PROBLEMS_MAX {
                    eprintln!("{file}: and {} more problems", problems.len() - PROBLEMS_MAX);
                }
                ExitCode::from(WRONG)
            }
        }
    }

    /// The result of a file's contents.
    ///
    /// # Errors
    /// Everything that is wrong with them, in the order of the lines.
    pub fn score(&self, bytes: &[u8]) -> Result<Report, Vec<Problem>> {
        let wanted = match (&self.weight, self.half_life) {
            (Some(column), _) => Wanted::Weight(column),
            (None, Some(_)) => Wanted::Date,
            (None, None) => Wanted::Nothing,
        };
        let table = read(bytes, wanted)?;
        let design = design(&table, &table.ratings)?;
        let fit = fit(&design, if self.half_life.is_some() { Detail::Estimates } else { Detail::StandardErrors });
        let discounted = match self.half_life {
            Some(half_life) => Some(self.discounted(&table, half_life, &fit)?),
            None => None,
        };
        let notes = notes(&design, &fit);
        let estimates = discounted.as_ref().unwrap_or(&fit.estimates);
        Ok(Report::new(&table, &design, &fit, estimates, notes))
    }

    /// Estimates at the fitted variances from ratings that count the less the older they are.
    fn discounted(&self, table: &Table, half_life: f64, fit: &Fit) -> Result<Estimates, Vec<Problem>> {
        let newest = table.dates.iter().max().copied().unwrap_or_default();
        let today = self.as_of.unwrap_or(newest);
        let discounted: Vec<Rating> = table
            .ratings
            .iter()
            .zip(&table.dates)
            .map(|(rating, date)| {
                // A date to come has no age yet. The oldest still count, if ever so little.
                let days = (today - *date).num_days().max(0) as f64;
                Rating { weight: (-days / half_life).exp2().max(f64::MIN_POSITIVE), ..*rating }
            })
            .collect();
        Ok(solve(&design(table, &discounted)?, fit.variances, Detail::StandardErrors))
    }
}

fn design(table: &Table, ratings: &[Rating]) -> Result<Design, Vec<Problem>> {
    Design::new(table.reps.len(), table.customers.len(), ratings)
        .map_err(|unusable| vec![Problem { line: 1, message: unusable.to_string() }])
}

/// What the numbers do not say by themselves.
fn notes(design: &Design, fit: &Fit) -> Vec<String> {
    let say = |unidentified: &Unidentified| {
        let (what, why) = match unidentified {
            Unidentified::Rep => ("between reps", "there is one rep, or each rating is of another"),
            Unidentified::Customer => (
                "between customers",
                "there is one customer, or each rating or rep has a customer of its own, or there are too few ratings",
            ),
            Unidentified::Residual => ("of the residual", "there is one rating"),
        };
        format!("the variance {what} cannot be told from these ratings ({why}); it is taken to be 0")
    };
    let mut notes: Vec<String> = fit.unidentified.iter().map(say).collect();
    if design.groups() > 1 {
        let groups = design.groups();
        notes.push(format!(
            "{groups} groups share no customer; comparing reps across them takes their customers to be equally harsh on average"
        ));
    }
    notes
}

fn fail(error: &io::Error) -> ExitCode {
    eprintln!("qdos: {error}");
    ExitCode::FAILURE
}

fn parse_half_life(text: &str) -> Result<f64, String> {
    text.parse().ok().filter(|days: &f64| *days > 0.0 && days.is_finite()).ok_or_else(|| "a number of days above 0 is needed".to_owned())
}

fn parse_date(text: &str) -> Result<NaiveDate, String> {
    read::date(text).ok_or_else(|| "a date as YYYY-MM-DD is needed".to_owned())
}
