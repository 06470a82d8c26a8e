use super::ratings::{Observation, Ratings, batched};
use crate::{
    db::{self, Transaction, Writing, execute, fetch_all, fetch_optional},
    error::Error,
};
use app::{
    id::OrganisationId,
    meeting::Meeting,
    score::{Audience, Score},
    survey::{Invitation, Rating},
    sync::protocol::{Entity, Scope},
    time::Timestamp,
};
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

/// Notes, in the transaction that changes what scores rest on, that they are to be computed again.
///
/// # Errors
/// The database's.
pub async fn mark_stale(writing: &mut Writing) -> Result<(), Error> {
    if !writing.first("mark_stale") {
        return Ok(());
    }
    execute!(
        &mut writing.tx,
        "insert into scoring (organisation, changed, computed, computed_on)
        values ($1, $2, 0, '')
        on conflict (organisation) do update set changed = excluded.changed",
        writing.organisation.to_string(),
        writing.sequence
    )?;
    Ok(())
}

/// Organisations whose scores do not rest on what there is, or were not computed for `today`.
pub(super) async fn stale(tx: &mut Transaction, today: NaiveDate) -> Result<Vec<OrganisationId>, Error> {
    let rows = fetch_all!(
        tx,
        (String,),
        "select organisation.id
        from organisation
        left join scoring on scoring.organisation = organisation.id
        where scoring.organisation is null or scoring.changed > scoring.computed or scoring.computed_on <> $1",
        today.to_string()
    )?;
    rows.iter().map(|(id,)| id.parse().map_err(|_| Error::Internal("an organisation's id is no id".into()))).collect()
}

/// What the scores computed from this snapshot rest on.
pub(super) async fn changed(tx: &mut Transaction, organisation: &str) -> Result<i64, Error> {
    let row = fetch_optional!(tx, (i64,), "select changed from scoring where organisation = $1", organisation)?;
    Ok(row.map_or(0, |(changed,)| changed))
}

/// Notes that the scores rest on `changed` and were computed for `today`. False, and nothing noted, where they rest on something newer.
pub(super) async fn mark_computed(writing: &mut Writing, changed: i64, today: NaiveDate) -> Result<bool, Error> {
    let rows = execute!(
        &mut writing.tx,
        "insert into scoring (organisation, changed, computed, computed_on)
        values ($1, $2, $2, $3)
        on conflict (organisation) do update
        set computed = excluded.computed, computed_on = excluded.computed_on
        where scoring.computed <= excluded.computed",
        writing.organisation.to_string(),
        changed,
        today.to_string()
    )?;
    Ok(rows > 0)
}

/// The ratings that scores for `audience` rest on. Hidden names count in whole batches, in the order in which they reached the managers.
pub(super) async fn ratings(tx: &mut Transaction, organisation: &str, audience: Audience) -> Result<Ratings, Error> {
    let sql = match audience {
        Audience::Rep => {
            "select hidden, body from rating
            where organisation = $1 and (rep_at is not null or hidden and manager_at is not null)
            order by manager_at, id"
        }
        Audience::Manager => {
            "select hidden, body from rating
            where organisation = $1 and manager_at is not null
            order by manager_at, id"
        }
    };
    let (mut plain, mut hidden) = (Vec::new(), BTreeMap::<_, Vec<Observation>>::new());
    for (is_hidden, body) in fetch_all!(tx, (bool, String), sql, organisation)? {
        let rating: Rating = serde_json::from_str(&body)?;
        let observation = Observation {
            id: rating.id,
            rep: rating.rep,
            customer: rating.customer,
            meeting: rating.meeting,
            given_at: rating.given_at,
            components: rating.answers.components,
        };
        if is_hidden {
            hidden.entry(observation.rep).or_default().push(observation);
        } else {
            plain.push(observation);
        }
    }
    Ok(plain.into_iter().chain(hidden.into_values().flat_map(batched)).collect())
}

/// Every meeting that starts between the two instants.
pub(super) async fn meetings(tx: &mut Transaction, organisation: &str, from: Timestamp, to: Timestamp) -> Result<Vec<Meeting>, Error> {
    let sql = "select body from meeting where organisation = $1 and starts_at >= $2 and starts_at <= $3";
    read(fetch_all!(tx, (String,), sql, organisation, from.0, to.0)?)
}

/// Every request since `from`.
pub(super) async fn invitations(tx: &mut Transaction, organisation: &str, from: Timestamp) -> Result<Vec<Invitation>, Error> {
    let sql = "select body from invitation where organisation = $1 and asked_at >= $2";
    read(fetch_all!(tx, (String,), sql, organisation, from.0)?)
}

/// The scores as kept, by key.
pub(super) async fn scores(tx: &mut Transaction, organisation: &str) -> Result<BTreeMap<String, Score>, Error> {
    let scores: Vec<Score> = db::all(tx, organisation).await?;
    Ok(scores.into_iter().map(|score| (Score::key(score.member, score.audience), score)).collect())
}

/// Which scopes hold which score.
pub(super) async fn scopes(tx: &mut Transaction, organisation: &str) -> Result<BTreeMap<String, BTreeSet<Scope>>, Error> {
    let sql = "select id, scope from change where organisation = $1 and entity = $2 and not gone";
    let mut scopes: BTreeMap<String, BTreeSet<Scope>> = BTreeMap::new();
    for (id, scope) in fetch_all!(tx, (String, String), sql, organisation, Entity::Score.as_str())? {
        scopes.entry(id).or_default().extend(scope.parse::<Scope>().ok());
    }
    Ok(scopes)
}

fn read<T: serde::de::DeserializeOwned>(rows: Vec<(String,)>) -> Result<Vec<T>, Error> {
    rows.iter().map(|(body,)| serde_json::from_str(body).map_err(Error::from)).collect()
}
