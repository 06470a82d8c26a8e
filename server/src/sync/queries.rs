use super::{arrived::Arrived, push::Sent};
use crate::{
    db::{Engine, Transaction, Writing, execute, fetch_all, fetch_optional, read_kept},
    error::Error,
};
use app::{
    id::{DeviceId, EpochId, MemberId, MutationId, OrganisationId},
    sync::{
        Refusal,
        protocol::{Cursor, Entity, Outcome, ProblemCode, Scope},
    },
    time::Timestamp,
};
use serde::Serialize;
use sqlx::AssertSqlSafe;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// A receipt as kept.
#[derive(Clone)]
pub struct Kept {
    /// From which device.
    pub device: DeviceId,
    /// SHA-256 of the mutation as first sent.
    pub body_hash: String,
    /// The first answer.
    pub outcome: Outcome,
}

/// A receipt to keep, as the database takes it: id, member, number, hash of the body, outcome.
#[derive(Serialize)]
pub struct NewReceipt(String, String, i64, String, String);

impl NewReceipt {
    /// Of `sent`.
    pub fn new(sent: &Sent, outcome: &Outcome) -> Result<Self, Error> {
        let (id, member, number) = (sent.id.to_string(), sent.member.to_string(), sent.sequence.cast_signed());
        Ok(Self(id, member, number, sent.mutation.hash.clone(), serde_json::to_string(outcome)?))
    }
}

/// Notes that a device was here, and says which of its numbers have arrived; it belongs to the member that used it first.
pub async fn claim_device(writing: &mut Writing, device: DeviceId, member: MemberId) -> Result<Arrived, Error> {
    let organisation = writing.organisation.to_string();
    let (owner, arrived) = fetch_optional!(
        writing.tx.up_to_date().await?,
        (String, Option<String>),
        "insert into device (organisation, id, member, last_seen_at)
        values ($1, $2, $3, $4)
        on conflict (organisation, id) do update set last_seen_at = excluded.last_seen_at
        returning member, arrived",
        &organisation,
        device.to_string(),
        member.to_string(),
        writing.now.0
    )?
    .ok_or_else(|| Error::Internal("an upsert returned no row".into()))?;
    if owner != member.to_string() {
        return Err(Error::problem(ProblemCode::AnotherMember, "This device's queue belongs to another member. Sign in as that member."));
    }
    match arrived {
        Some(text) => Ok(serde_json::from_str(&text)?),
        None => arrived_by_receipts(writing, device).await,
    }
}

/// What had arrived from a device before that was kept beside it.
async fn arrived_by_receipts(writing: &mut Writing, device: DeviceId) -> Result<Arrived, Error> {
    let sql = "select number from receipt where organisation = $1 and device = $2 order by number";
    let mut arrived = Arrived::default();
    for (number,) in fetch_all!(writing.tx.up_to_date().await?, (i64,), sql, writing.organisation.to_string(), device.to_string())? {
        arrived.add(number.cast_unsigned());
    }
    Ok(arrived)
}

/// Keeps which of a device's numbers have arrived.
pub async fn keep_arrived(writing: &mut Writing, device: DeviceId, arrived: &Arrived) -> Result<(), Error> {
    let organisation = writing.organisation.to_string();
    let sql = "update device set arrived = $3 where organisation = $1 and id = $2";
    execute!(writing.tx.up_to_date().await?, sql, organisation, device.to_string(), serde_json::to_string(arrived)?)?;
    Ok(())
}

/// The receipts of those of a member's mutations that came before: from this device, or else from another, from which they were carried here.
pub async fn receipts(
    writing: &mut Writing,
    device: DeviceId,
    member: MemberId,
    sent: &[Sent],
) -> Result<HashMap<MutationId, Kept>, Error> {
    let (organisation, member, device) = (writing.organisation.to_string(), member.to_string(), device.to_string());
    let ids: Vec<String> = sent.iter().map(|sent| sent.id.to_string()).collect();
    let rows: Vec<(String, String, String, String)> = match writing.tx.up_to_date().await? {
        // SQLite has no arrays; a JSON list is its table-valued parameter.
        Transaction::Sqlite(tx) => {
            // Ids are in the order of their making: what is new comes after what was there, and one look tells instead of one for each. Only here, where text is
            // ordered by its bytes whatever the database was made with.
            let among = "select mutation from receipt where organisation = $1 and mutation between $2 and $3 limit 1";
            let query = sqlx::query(among).bind(&organisation).bind(ids.iter().min()).bind(ids.iter().max());
            if query.fetch_optional(&mut **tx).await?.is_none() {
                return Ok(HashMap::new());
            }
            // This device's own come last and stand.
            let sql = "select mutation, device, body_hash, outcome
                from receipt
                where organisation = $1 and member = $2 and mutation in (select value from json_each($3))
                order by device = $4, received_at desc";
            let ids = serde_json::to_string(&ids)?;
            sqlx::query_as(sql).bind(organisation).bind(member).bind(ids).bind(device).fetch_all(&mut **tx).await?
        }
        // Each is looked up by its key: a plan made while there were few receipts would read them all.
        Transaction::Postgres(tx) => {
            let sql = "select kept.mutation, kept.device, kept.body_hash, kept.outcome
                from unnest($3) as sent (id)
                cross join lateral (
                    select mutation, device, body_hash, outcome
                    from receipt
                    where organisation = $1 and member = $2 and mutation = sent.id
                    order by device <> $4, received_at
                    limit 1
                ) as kept";
            sqlx::query_as(sql).bind(organisation).bind(member).bind(ids).bind(device).fetch_all(&mut **tx).await?
        }
    };
    rows.into_iter()
        .map(|(id, device, body_hash, outcome)| {
            Ok((read_kept(&id)?, Kept { device: read_kept(&device)?, body_hash, outcome: serde_json::from_str(&outcome)? }))
        })
        .collect()
}

/// Keeps receipts for good.
pub async fn keep_receipts(writing: &mut Writing, device: DeviceId, new: &[NewReceipt]) -> Result<(), Error> {
    let (organisation, device, received_at) = (writing.organisation.to_string(), device.to_string(), writing.now.0);
    match writing.tx.up_to_date().await? {
        // SQLite has no arrays; a JSON list is its table-valued parameter.
        Transaction::Sqlite(tx) => {
            let sql = "insert into receipt (organisation, device, mutation, member, number, body_hash, outcome, received_at)
                select $1, $2, value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, $3
                from json_each($4)";
            let new = serde_json::to_string(new)?;
            sqlx::query(sql).bind(organisation).bind(device).bind(received_at).bind(new).execute(&mut **tx).await?;
        }
        Transaction::Postgres(tx) => {
            let sql = "insert into receipt (organisation, device, mutation, member, number, body_hash, outcome, received_at)
                select $1, $2, mutation, member, number, body_hash, outcome, $3
                from unnest($4::text[], $5::text[], $6::bigint[], $7::text[], $8::text[])
                    as new (mutation, member, number, body_hash, outcome)";
            let texts = |of: fn(&NewReceipt) -> &str| new.iter().map(of).collect::<Vec<_>>();
            let query = sqlx::query(sql).bind(organisation).bind(device).bind(received_at).bind(texts(|it| &it.0)).bind(texts(|it| &it.1));
            let numbers: Vec<i64> = new.iter().map(|it| it.2).collect();
            query.bind(numbers).bind(texts(|it| &it.3)).bind(texts(|it| &it.4)).execute(&mut **tx).await?;
        }
    }
    Ok(())
}

/// Keeps a refused mutation whole, for an administrator.
pub async fn quarantine(writing: &mut Writing, device: DeviceId, sent: &Sent, refusal: &Refusal) -> Result<(), Error> {
    let organisation = writing.organisation.to_string();
    execute!(
        writing.tx.up_to_date().await?,
        "insert into quarantine (organisation, device, mutation, member, body, refusal, received_at)
        values ($1, $2, $3, $4, $5, $6, $7)",
        &organisation,
        device.to_string(),
        sent.id.to_string(),
        sent.member.to_string(),
        sent.mutation.body.get(),
        serde_json::to_string(refusal)?,
        writing.now.0
    )?;
    Ok(())
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

/// The keys of the rows of `kinds` that one of `scopes` holds.
pub async fn held(
    tx: &mut Transaction,
    organisation: OrganisationId,
    scopes: &[Scope],
    kinds: &[Entity],
) -> Result<BTreeMap<Entity, BTreeSet<String>>, Error> {
    // Kinds are told apart here: asked for the kind, too, SQLite reads all of that kind that the organisation has.
    let sql = "select entity, id from change where organisation = $1 and scope = $2 and not gone";
    let mut held: BTreeMap<Entity, BTreeSet<String>> = BTreeMap::new();
    for scope in scopes {
        for (entity, id) in fetch_all!(tx, (String, String), sql, organisation.to_string(), scope.to_string())? {
            if let Some(kind) = kinds.iter().find(|kind| kind.as_str() == entity) {
                held.entry(*kind).or_default().insert(id);
            }
        }
    }
    Ok(held)
}

/// Those of `ids`, rows of one kind, that one of `scopes` holds.
pub async fn held_of(
    tx: &mut Transaction,
    organisation: OrganisationId,
    scopes: &[Scope],
    entity: Entity,
    ids: &[String],
) -> Result<BTreeSet<String>, Error> {
    let (organisation, sql) =
        (organisation.to_string(), "select id, scope from change where organisation = $1 and entity = $2 and not gone");
    let rows: Vec<(String, String)> = match tx {
        Transaction::Sqlite(tx) => {
            let sql = format!("{sql} and id in (select value from json_each($3))");
            let ids = serde_json::to_string(ids)?;
            sqlx::query_as(AssertSqlSafe(sql.as_str())).bind(organisation).bind(entity.as_str()).bind(ids).fetch_all(&mut **tx).await?
        }
        Transaction::Postgres(tx) => {
            let sql = format!("{sql} and id = any($3)");
            sqlx::query_as(AssertSqlSafe(sql.as_str())).bind(organisation).bind(entity.as_str()).bind(ids).fetch_all(&mut **tx).await?
        }
    };
    let scopes: BTreeSet<String> = scopes.iter().map(Scope::to_string).collect();
    Ok(rows.into_iter().filter(|(_, scope)| scopes.contains(scope)).map(|(id, _)| id).collect())
}

/// Those of `scopes` in which something is later than `seen`.
pub async fn changed_scopes(
    tx: &mut Transaction,
    organisation: OrganisationId,
    scopes: &BTreeSet<Scope>,
    seen: i64,
) -> Result<BTreeSet<Scope>, Error> {
    // The engines take a list apart by functions of different names.
    let sql = match tx.engine() {
        Engine::Sqlite => {
            "select value
            from json_each($2)
            where exists (select 1 from change where organisation = $1 and scope = value and sequence > $3)"
        }
        Engine::Postgres => {
            "select value
            from json_array_elements_text($2::json)
            where exists (select 1 from change where organisation = $1 and scope = value and sequence > $3)"
        }
    };
    let scopes: Vec<String> = scopes.iter().map(Scope::to_string).collect();
    let rows = fetch_all!(tx, (String,), sql, organisation.to_string(), serde_json::to_string(&scopes)?, seen)?;
    rows.into_iter().map(|(scope,)| read_kept(&scope)).collect()
}

/// Those of `sessions` that have not ended by `now`.
pub async fn lasting_sessions(
    tx: &mut Transaction,
    organisation: OrganisationId,
    sessions: &BTreeSet<String>,
    now: Timestamp,
) -> Result<BTreeSet<String>, Error> {
    let sql = match tx.engine() {
        Engine::Sqlite => {
            "select id
            from session
            where organisation = $1 and expires_at > $2 and revoked_at is null and id in (select value from json_each($3))"
        }
        Engine::Postgres => {
            "select id
            from session
            where organisation = $1 and expires_at > $2 and revoked_at is null and id in (select json_array_elements_text($3::json))"
        }
    };
    let rows = fetch_all!(tx, (String,), sql, organisation.to_string(), now.0, serde_json::to_string(sessions)?)?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}
