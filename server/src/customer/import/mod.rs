//! Customers and contacts from a CSV file. The file is read, then planned against what is there, then done, each step apart: a preview is
//! all but the last. Anything to mend in any line, and nothing is done.

mod carry_out;
mod decode;
mod plan;
mod read;

use crate::{
    State,
    db::{Transaction, Writing},
    error::Error,
    organisation,
};
use app::{
    customer::{CsvFile, IMPORT_BYTES_MAX, ImportReport},
    id::OrganisationId,
    sync::protocol::ProblemCode,
    time::Timestamp,
};
use plan::{Known, Plan};

/// The most problems that are told at once.
const PROBLEMS_MAX: usize = 100;

/// What importing `file` would do.
///
/// # Errors
/// [`ProblemCode::TooLarge`].
pub async fn preview_import(state: &State, organisation: OrganisationId, file: &CsvFile, now: Timestamp) -> Result<ImportReport, Error> {
    let mut tx = state.db.read().await?;
    Ok(plan(&mut tx, organisation, file, now).await?.1)
}

/// Imports `file`, or nothing of it.
///
/// # Errors
/// [`ProblemCode::TooLarge`].
pub async fn import(writing: &mut Writing, file: &CsvFile) -> Result<ImportReport, Error> {
    let (organisation, now) = (writing.organisation, writing.now);
    let (plan, mut report) = plan(writing.tx.up_to_date().await?, organisation, file, now).await?;
    if let Some(plan) = plan {
        carry_out::carry_out(writing, plan).await?;
        report.done = true;
    }
    Ok(report)
}

/// What is to be done, where nothing is to be mended, and what is told of it.
async fn plan(
    tx: &mut Transaction,
    organisation: OrganisationId,
    file: &CsvFile,
    now: Timestamp,
) -> Result<(Option<Plan>, ImportReport), Error> {
    if file.0.len() > IMPORT_BYTES_MAX {
        return Err(Error::problem(ProblemCode::TooLarge, "This file is larger than 1 MB. Split it and import one part after the other."));
    }
    let read = read::read(&file.0);
    let own = organisation::find(tx, organisation).await?.ok_or_else(Error::not_found)?;
    let known = Known::load(tx, organisation, organisation::today(&own, now)).await?;
    let mut plan = plan::plan(known, &read.entries);
    let mut problems = read.problems;
    problems.append(&mut plan.problems);
    problems.sort_by_key(|problem| (problem.line, problem.column));
    let fine = problems.is_empty();
    problems.truncate(PROBLEMS_MAX);
    let lines = std::mem::take(&mut plan.lines);
    let report = ImportReport { done: false, counts: plan.counts(), lines, unread: read.unread, problems };
    Ok((fine.then_some(plan), report))
}
