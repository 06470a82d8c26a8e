use crate::{
    db::{Transaction, Writing, execute, fetch_all, fetch_optional, read_kept},
    error::Error,
};
use app::{
    id::{DeviceId, EpochId, MemberId, MutationId, OrganisationId},
    sync::{
        Refusal,
        protocol::{Cursor, Entity, Envelope, Outcome, ProblemCode, Scope},
    },
};
use serde_json::value::RawValue;
use sqlx::AssertSqlSafe;
use std::collections::BTreeMap;

/// A receipt as kept.
pub struct Kept {
    /// SHA-256 of the mutation as first sent.
    pub body_hash: String,
    /// The first answer.
    pub outcome: Outcome,
}

/// Notes that a device was here; it belongs to the member that used it first.
pub async fn claim_device(writing: &mut Writing, device: DeviceId, member: MemberId) -> Result<(), Error> {
    let organisation = writing.organisation.to_string();
    let (owner,) = fetch_optional!(
        &mut writing.tx,
        (String,),
        "insert into device (organisation, id, member, last_seen_at)
        values ($1, $2, $3, $4)
        on conflict (organisation, id) do update set last_seen_at = excluded.last_seen_at
        returning member",
        &organisation,
        device.to_string(),
        member.to_string(),
        writing.now.0
    )?
    .ok_or_else(|| Error::Internal("an upsert returned no row".into()))?;
    if owner == member.to_string() {
        Ok(())
    } else {
        Err(Error::problem(ProblemCode::AnotherMember, "This device's queue belongs to another member. Sign in as that member."))
    }
}

/// The receipt of a mutation, if it came before.
pub async fn receipt(writing: &mut Writing, device: DeviceId, mutation: MutationId) -> Result<Option<Kept>, Error> {
    let organisation = writing.organisation.to_string();
    let row = fetch_optional!(
        &mut writing.tx,
        (String, String),
        "select body_hash, outcome from receipt where organisation = $1 and device = $2 and mutation = $3",
        &organisation,
        device.to_string(),
        mutation.to_string()
    )?;
    row.map(|(body_hash, outcome)| Ok(Kept { body_hash, outcome: serde_json::from_str(&outcome)? })).transpose()
}

/// Keeps a receipt for good.
pub async fn keep_receipt(
    writing: &mut Writing,
    device: DeviceId,
    sent: &Envelope<Box<RawValue>>,
    body_hash: &str,
    outcome: &Outcome,
) -> Result<(), Error> {
    let organisation = writing.organisation.to_string();
    execute!(
        &mut writing.tx,
        "insert into receipt (organisation, device, mutation, member, number, body_hash, outcome, received_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8)",
        &organisation,
        device.to_string(),
        sent.id.to_string(),
        sent.member.to_string(),
        sent.sequence.cast_signed(),
        body_hash,
        serde_json::to_string(outcome)?,
        writing.now.0
    )?;
    Ok(())
}

/// Keeps a refused mutation whole, for an administrator.
pub async fn quarantine(writing: &mut Writing, device: DeviceId, sent: &Envelope<Box<RawValue>>, refusal: &Refusal) -> Result<(), Error> {
    let organisation = writing.organisation.to_string();
    execute!(
        &mut writing.tx,
        "insert into quarantine (organisation, device, mutation, member, body, refusal, received_at)
        values ($1, $2, $3, $4, $5, $6, $7)",
        &organisation,
        device.to_string(),
        sent.id.to_string(),
        sent.member.to_string(),
        sent.mutation.get(),
        serde_json::to_string(refusal)?,
        writing.now.0
    )?;
    Ok(())
}

/// Numbers below `lowest_unsent` that never arrived from the device, at most 100.
pub async fn missing(writing: &mut Writing, device: DeviceId, lowest_unsent: u64) -> Result<Vec<u64>, Error> {
    let organisation = writing.organisation.to_string();
    let below = i64::try_from(lowest_unsent).unwrap_or(i64::MAX);
    let (arrived,) = fetch_optional!(
        &mut writing.tx,
        (i64,),
        "select count(distinct number) from receipt where organisation = $1 and device = $2 and number < $3",
        &organisation,
        device.to_string(),
        below
    )?
    .unwrap_or_default();
    if arrived >= below.saturating_sub(1) {
        return Ok(Vec::new());
    }
    // Rare enough to afford reading the numbers: something was lost, and the device should say so.
    let numbers = fetch_all!(
        &mut writing.tx,
        (i64,),
        "select distinct number from receipt where organisation = $1 and device = $2 and number < $3 order by number",
        &organisation,
        device.to_string(),
        below
    )?;
    let mut missing = Vec::new();
    let mut expected = 1;
    for number in numbers.into_iter().map(|(number,)| number).chain([below]) {
        while expected < number && missing.len() < 100 {
            missing.push(expected.cast_unsigned());
            expected += 1;
        }
        expected = number + 1;
    }
    Ok(missing)
}

/// A row of `change`.
pub struct Stamp {
    /// When it changed.
    pub sequence: i64,
    /// What kind.
    pub entity: Entity,
    /// Which.
    pub id: String,
    /// Whether it left the scope.
    pub gone: bool,
}

/// The organisation's head: the sequence of its last committed transaction.
pub async fn head(tx: &mut Transaction, organisation: OrganisationId) -> Result<i64, Error> {
    let row = fetch_optional!(tx, (i64,), "select sequence from organisation where id = $1", organisation.to_string())?;
    Ok(row.map(|(sequence,)| sequence).unwrap_or_default())
}

/// All epochs of the organisation, by first sequence.
pub async fn epochs(tx: &mut Transaction, organisation: OrganisationId) -> Result<BTreeMap<i64, EpochId>, Error> {
    let rows = fetch_all!(tx, (i64, String), "select first_sequence, id from epoch where organisation = $1", organisation.to_string())?;
    rows.into_iter().map(|(first, id)| Ok((first, read_kept(&id)?))).collect()
}

/// The stamps of a scope after `cursor`, at most `limit`.
pub async fn stamps(
    tx: &mut Transaction,
    organisation: OrganisationId,
    scope: Scope,
    cursor: Option<&Cursor>,
    limit: usize,
) -> Result<Vec<Stamp>, Error> {
    let (sequence, entity, id) = cursor.map_or((0, "", ""), |c| (c.sequence, c.entity.as_str(), c.id.as_str()));
    let rows = fetch_all!(
        tx,
        (i64, String, String, bool),
        "select sequence, entity, id, gone
        from change
        where organisation = $1 and scope = $2 and (sequence, entity, id) > ($3, $4, $5)
        order by sequence, entity, id
        limit $6",
        organisation.to_string(),
        scope.to_string(),
        sequence,
        entity,
        id,
        limit as i64
    )?;
    rows.into_iter()
        .map(|(sequence, entity, id, gone)| {
            let entity = entity.parse().map_err(|_| Error::Internal(format!("{entity} is stamped but not known")))?;
            Ok(Stamp { sequence, entity, id, gone })
        })
        .collect()
}

/// Bodies of the rows of one kind, by key.
pub async fn bodies(
    tx: &mut Transaction,
    organisation: OrganisationId,
    entity: Entity,
    ids: &[&str],
) -> Result<BTreeMap<String, String>, Error> {
    let organisation = organisation.to_string();
    // The organisation is a row of itself.
    let key = if entity == Entity::Organisation { "id" } else { "organisation" };
    let table = entity.as_str();
    let rows: Vec<(String, String)> = match tx {
        // SQLite has no arrays; a JSON list is its table-valued parameter.
        Transaction::Sqlite(tx) => {
            let sql = format!("select id, body from {table} where {key} = $1 and id in (select value from json_each($2))");
            sqlx::query_as(AssertSqlSafe(sql.as_str())).bind(organisation).bind(serde_json::to_string(ids)?).fetch_all(&mut **tx).await?
        }
        Transaction::Postgres(tx) => {
            let sql = format!("select id, body from {table} where {key} = $1 and id = any($2)");
            sqlx::query_as(AssertSqlSafe(sql.as_str())).bind(organisation).bind(ids).fetch_all(&mut **tx).await?
        }
    };
    Ok(rows.into_iter().collect())
}
