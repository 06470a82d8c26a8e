//! Months that are over: closed once, published to each viewer, never changed.
//!
//! - A rating belongs to the first month at whose end it counts in managers' scores, so that names hidden from the rep come in whole batches here
//!   too. Nothing that managers saw before it was recorded who manages whom ([`watch`]) belongs to any.
//! - Reps and managers are shown the organisation, their team and those that it is part of; managers also the teams below. [`suppression`] decides
//!   what of that is safe, and what was shown is passed to it again when somebody reaches more.
//! - Of what a viewer sees singly three kinds are told apart. Of those managed when the month was published: everything. Of those managed at
//!   any other time: perhaps something, so that they are nobody to be hidden among. Of everybody else: nothing.
//! - Whoever comes to manage more people sees their old ratings too, except those of closed months in which that would undo what was shown before:
//!   all of these months' ratings of the people gained at once are withheld from that viewer, for good. A promoted rep is the usual case: the
//!   old team's sum less the others' ratings would leave the rep's own from customers who hid their names.

mod queries;
mod sight;
#[cfg(test)]
mod tests;

pub use queries::withheld;
pub use sight::watch;

use self::{
    queries::{Closing, Kept, Snapshot},
    sight::{managed, sight},
};
use super::suppression::{Cell, ClosedMonth, Lattice, path};
use crate::{
    State, clock,
    db::{self, Writing},
    error::Error,
    organisation,
};
use app::{
    account::{Member, Role},
    id::MemberId,
    score::{Aggregate, Part, PartOfMonth, Span},
    team::Team,
    time::Timestamp,
};
use chrono::{Months, NaiveDate, NaiveTime, TimeZone};
use chrono_tz::Tz;
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
    time::Duration,
};

/// The closed months of which somebody who reaches more is shown more.
const MONTHS_SHOWN: i64 = 12;
/// The most members to whom one transaction publishes, so that phones never wait long for it.
const BATCH: usize = 200;

/// How often to look for a month that is over: one small query.
const LOOK_EVERY: Duration = Duration::from_secs(60);

/// Closes months for as long as the server runs.
pub fn spawn_closing(state: State) {
    tokio::spawn(async move {
        loop {
            if let Err(error) = close_due(&state, clock::now()).await {
                tracing::error!(%error, "months could not be closed");
            }
            tokio::time::sleep(LOOK_EVERY).await;
        }
    });
}

/// Closes what is over by `now` and publishes it, in every organisation where something is.
///
/// # Errors
/// The database's; organisations after the failing one wait for the next time.
pub(super) async fn close_due(state: &State, now: Timestamp) -> Result<(), Error> {
    let mut tx = state.db.look().await?;
    let due = queries::due(&mut tx, now).await?;
    drop(tx);
    for organisation in due {
        let snapshot = Arc::new(Snapshot::read(&mut state.db.read().await?, &organisation.to_string()).await?);
        loop {
            let snapshot = snapshot.clone();
            if !state.writer.write(organisation, move |writing| Box::pin(close(writing, snapshot, now))).await? {
                break;
            }
        }
    }
    Ok(())
}

/// Closes what is over and publishes it to some members; whether others wait. What is due, and what came after `snapshot`, is read inside the
/// writing transaction, so it does not matter how many processes try.
async fn close(writing: &mut Writing, snapshot: Arc<Snapshot>, now: Timestamp) -> Result<bool, Error> {
    sight::watch_at(writing, now).await?;
    let mut closing = queries::closing(writing).await?.ok_or_else(|| Error::Internal("nothing was opened".into()))?;
    if closing.due > now.0 {
        return Ok(false);
    }
    let zone = zone(writing).await?;
    while end(closing.open_month, zone) <= now {
        close_month(writing, &snapshot, &closing, end(closing.open_month, zone)).await?;
        closing.open_month = next(closing.open_month);
    }
    closing.published_to = publish(writing, &closing.published_to).await?;
    let waits = !closing.published_to.is_empty();
    if !waits {
        closing.due = end(closing.open_month, zone).0;
    }
    queries::keep_closing(writing, &closing).await?;
    Ok(waits)
}

/// Begins to close months, with the one that `now` is in.
async fn open(writing: &mut Writing, now: Timestamp) -> Result<(), Error> {
    let zone = zone(writing).await?;
    let open_month = Span::Month.begin(now.to_utc().with_timezone(&zone).date_naive());
    let closing = Closing { since: now.0, open_month, due: end(open_month, zone).0, published_to: String::new() };
    queries::keep_closing(writing, &closing).await
}

async fn zone(writing: &mut Writing) -> Result<Tz, Error> {
    let organisation = organisation::find(writing.tx.up_to_date().await?, writing.organisation).await?.ok_or_else(Error::not_found)?;
    Ok(organisation::zone(&organisation))
}

fn next(month: NaiveDate) -> NaiveDate {
    month + Months::new(1)
}

/// When `month` is over in `zone`.
fn end(month: NaiveDate, zone: Tz) -> Timestamp {
    let midnight = next(month).and_time(NaiveTime::MIN);
    // Where the clocks skip midnight the day begins an hour later.
    let begins = [midnight, midnight + chrono::TimeDelta::hours(1)].into_iter().find_map(|at| zone.from_local_datetime(&at).earliest());
    Timestamp(begins.map_or_else(|| midnight.and_utc().timestamp_millis(), |at| at.timestamp_millis()))
}

/// Writes down how the open month stands at its end.
async fn close_month(writing: &mut Writing, snapshot: &Snapshot, closing: &Closing, until: Timestamp) -> Result<(), Error> {
    let organisation = writing.organisation.to_string();
    let ratings = queries::uncounted(writing, snapshot, Timestamp(closing.since), until).await?;
    let members: Vec<Member> = db::all(writing.tx.up_to_date().await?, &organisation).await?;
    let teams: Vec<Team> = db::all(writing.tx.up_to_date().await?, &organisation).await?;
    let rated: BTreeSet<MemberId> = ratings.iter().map(|rating| rating.rep).collect();
    let reps = members.iter().filter(|member| member.is(Role::Rep) || rated.contains(&member.id));
    let month = ClosedMonth {
        first_day: closing.open_month,
        reps: reps.map(|member| (member.id, member.managed_in(&teams))).collect(),
        teams: teams.iter().map(|team| (team.id, team.parent)).collect(),
        ratings,
    };
    queries::keep_closed(writing, &month).await
}

/// Publishes the last closed months to the next members after `published_to`; up to whom, and nothing where that was the last.
async fn publish(writing: &mut Writing, published_to: &str) -> Result<String, Error> {
    let organisation = writing.organisation.to_string();
    let months = queries::last_closed(writing, MONTHS_SHOWN).await?;
    let lattices: Vec<(&ClosedMonth, Lattice)> = months.iter().map(|month| (month, Lattice::new(month))).collect();
    let members: Vec<Member> = db::all(writing.tx.up_to_date().await?, &organisation).await?;
    let teams: Vec<Team> = db::all(writing.tx.up_to_date().await?, &organisation).await?;
    let managed = managed(&members, &teams);
    let ever = queries::managing(writing).await?;
    let is_viewer = |member: &&Member| member.active && (member.is(Role::Rep) || member.is(Role::Manager));
    // As text they have the order that they are read in.
    let mut waiting = members.iter().filter(is_viewer).filter(|member| *member.id.to_string() > *published_to);
    let (batch, rest) = (waiting.by_ref().take(BATCH).collect::<Vec<_>>(), waiting.next());
    for viewer in &batch {
        let mut kept = queries::kept_of(writing, viewer.id).await?;
        for (month, lattice) in &lattices {
            let reach = reach(viewer, month);
            let every = || managed.get(&viewer.id).cloned().unwrap_or_default();
            let mut it = kept.remove(&month.first_day).unwrap_or_else(|| Kept::new(viewer.id, month.first_day, every()));
            if reach.is_subset(&it.sight.asked) {
                continue;
            }
            let shown = lattice.publish(&sight(viewer.id, &it.sight.every, &ever), &reach, &it.cells());
            it.sight.asked.extend(reach);
            it.month.parts = parts(shown);
            queries::keep(writing, &it).await?;
        }
    }
    Ok(rest.and(batch.last()).map(|last| last.id.to_string()).unwrap_or_default())
}

/// The parts of the organisation that `viewer` may be shown of `month`.
fn reach(viewer: &Member, month: &ClosedMonth) -> BTreeSet<Part> {
    let mut reach: BTreeSet<Part> = path(viewer.team, &month.teams).into_iter().collect();
    if let Some(own) = viewer.team.filter(|_| viewer.is(Role::Manager)) {
        let below = month.teams.keys().filter(|team| path(Some(**team), &month.teams).contains(&Part::Team(own)));
        reach.extend(below.map(|team| Part::Team(*team)));
    }
    reach
}

fn parts(shown: BTreeMap<Cell, Aggregate>) -> Vec<PartOfMonth> {
    let mut parts: BTreeMap<Part, PartOfMonth> = BTreeMap::new();
    for (cell, sum) in shown {
        let part = parts.entry(cell.part).or_insert_with(|| PartOfMonth { part: cell.part, components: BTreeMap::new() });
        part.components.insert(cell.component, sum);
    }
    parts.into_values().collect()
}
