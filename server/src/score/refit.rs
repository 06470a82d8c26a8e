//! Learning anew from all ratings, in the background: minutes of arithmetic for a large organisation, whose scores meanwhile go on with what
//! is held.
//!
//! One process at a time does it for an organisation; where that process stops, the next that finds it due begins again. What it learned is
//! held at once, in one transaction, and the scores that rest on it are then written in another.

use super::{fit::Fit, held::Held, queries, readings::Readings};
use crate::{State, clock, db::Writing, error::Error};
use app::{id::OrganisationId, organisation::Rules, score::Audience, time::Timestamp};
use std::time::Duration;

/// How long nobody else begins after the last sign of life ...
const SILENCE_MAX_MILLIS: i64 = 5 * 60_000;
/// ... which is given this often.
const SIGN_EVERY: Duration = Duration::from_secs(60);

/// Learns anew what is held of an organisation, unless somebody is at it. Whether something else is held now.
pub(super) async fn refit(state: &State, organisation: OrganisationId) -> Result<bool, Error> {
    if !state.writer.write(organisation, |writing| Box::pin(queries::begin_fitting(writing, SILENCE_MAX_MILLIS))).await? {
        return Ok(false);
    }
    let now = clock::now();
    let mut tx = state.db.read().await?;
    let id = organisation.to_string();
    let rules = crate::organisation::find(&mut tx, organisation).await?.ok_or_else(Error::not_found)?.rules;
    let readings: Readings = queries::readings(&mut tx, &id, -1).await?;
    let mut held = Vec::new();
    for audience in Audience::ALL {
        held.extend(queries::held(&mut tx, &id, audience).await?.map(|held| (audience, held)));
    }
    drop(tx);
    let mut learning = tokio::task::spawn_blocking(move || learn(&readings, held, &rules, now));
    let learned = loop {
        match tokio::time::timeout(SIGN_EVERY, &mut learning).await {
            Ok(learned) => break learned.map_err(|error| Error::Internal(error.to_string()))?,
            Err(_) => state.writer.write(organisation, |writing| Box::pin(queries::go_on_fitting(writing, SILENCE_MAX_MILLIS))).await?,
        }
    };
    state.writer.write(organisation, move |writing| Box::pin(hold(writing, learned))).await
}

/// What was learned for one audience, and instead of what.
struct Learned {
    audience: Audience,
    before: Fit,
    fit: Fit,
}

fn learn(readings: &Readings, held: Vec<(Audience, Held)>, rules: &Rules, now: Timestamp) -> Vec<Learned> {
    let learn = |(audience, held): (Audience, Held)| {
        let counted = readings.all(audience).counted_at(now);
        let formula = held.wanted(counted.iter().count(), rules)?;
        Some(Learned { audience, before: held.fit, fit: Fit::new(&counted, formula, now) })
    };
    held.into_iter().filter_map(learn).collect()
}

/// Holds what was `learned` where the same is still held as when that began.
async fn hold(writing: &mut Writing, learned: Vec<Learned>) -> Result<bool, Error> {
    let organisation = writing.organisation.to_string();
    let mut is_held_anew = false;
    for Learned { audience, before, fit } in learned {
        if let Some(held) = queries::held(writing.tx.up_to_date().await?, &organisation, audience).await?
            && held.fit == before
        {
            queries::hold(writing, audience, &held.refitted(fit)).await?;
            is_held_anew = true;
        }
    }
    queries::end_fitting(writing, is_held_anew).await?;
    if is_held_anew {
        queries::mark_stale(writing).await?;
    }
    Ok(is_held_anew)
}
