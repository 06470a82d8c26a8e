//! What the engine itself needs: the statements that keep a queue of meetings, with nothing around them.

use super::Queue;
use app::{meeting::Meeting, sync::protocol::Mutation};
use serde::Serialize;
use server::{
    db::{Db, Keep, ROWS_MAX},
    random,
};
use sqlx::QueryBuilder;
use std::{error::Error, time::Instant};

type Failure = Box<dyn Error + Send + Sync>;

/// Mutation, member, number, hash of the body, outcome.
#[derive(Serialize)]
struct Receipt(String, String, i64, String, String);

/// What one push keeps.
struct Batch {
    meetings: Vec<(Meeting, String)>,
    receipts: Vec<Receipt>,
    /// Meeting, its scopes.
    changes: Vec<(String, [String; 2])>,
    /// The same two as JSON, which SQLite takes instead.
    json: [String; 2],
}

impl Batch {
    fn new(push: &Queue) -> Result<Self, Failure> {
        let (mut meetings, mut receipts, mut changes) = (Vec::new(), Vec::new(), Vec::new());
        for sent in &push.mutations {
            if let Mutation::CreateMeeting { meeting } = serde_json::from_str(sent.mutation.get())? {
                let (id, member, number) = (random::uuid().to_string(), sent.member.to_string(), sent.sequence.cast_signed());
                receipts.push(Receipt(id, member, number, random::sha256(sent.mutation.get()), "accepted".to_owned()));
                changes.push((meeting.key(), [format!("member/{}", meeting.rep), format!("team/{}", meeting.rep)]));
                let body = serde_json::to_string(&meeting)?;
                meetings.push((meeting, body));
            }
        }
        let json = [serde_json::to_string(&receipts)?, serde_json::to_string(&changes)?];
        Ok(Self { meetings, receipts, changes, json })
    }
}

/// Seconds that the meetings of `pushes` take, each push in a transaction of its own.
pub async fn keep(db: &Db, pushes: &[Queue]) -> Result<f64, Failure> {
    let batches = pushes.iter().map(Batch::new).collect::<Result<Vec<_>, _>>()?;
    let number = "update organisation set sequence = sequence + 1 returning id, sequence";
    let started = Instant::now();
    match db {
        Db::Sqlite { writer, .. } => {
            for batch in &batches {
                let mut tx = writer.begin().await?;
                let (organisation, sequence): (String, i64) = sqlx::query_as(number).fetch_one(&mut *tx).await?;
                for meetings in batch.meetings.chunks(ROWS_MAX) {
                    let mut query =
                        QueryBuilder::<sqlx::Sqlite>::new("insert into meeting (organisation, id, body, customer, rep, starts_at) ");
                    query.push_values(meetings, |mut values, (meeting, body)| {
                        values.push_bind(&organisation).push_bind(meeting.id.to_string()).push_bind(body);
                        values.push_bind(meeting.customer.to_string()).push_bind(meeting.rep.to_string()).push_bind(meeting.starts_at.0);
                    });
                    query.push(" on conflict (organisation, id) do nothing").build().execute(&mut *tx).await?;
                }
                let receipts = "insert into receipt (organisation, device, mutation, member, number, body_hash, outcome, received_at)
                    select $1, $2, value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, 0
                    from json_each($3)";
                sqlx::query(receipts).bind(&organisation).bind("direct").bind(&batch.json[0]).execute(&mut *tx).await?;
                let changes = "insert into change (organisation, scope, entity, id, sequence, gone)
                    select $1, scope.value, 'meeting', row.value ->> 0, $2, false
                    from json_each($3) as row, json_each(row.value -> 1) as scope";
                sqlx::query(changes).bind(&organisation).bind(sequence).bind(&batch.json[1]).execute(&mut *tx).await?;
                tx.commit().await?;
            }
        }
        Db::Postgres(pool) => {
            for batch in &batches {
                let mut tx = pool.begin().await?;
                let (organisation, sequence): (String, i64) = sqlx::query_as(number).fetch_one(&mut *tx).await?;
                let meetings = "insert into meeting (organisation, id, body, customer, rep, starts_at)
                    select $1, id, body, customer, rep, starts_at
                    from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::bigint[]) as new (id, body, customer, rep, starts_at)
                    on conflict (organisation, id) do nothing";
                let list = |of: fn(&(Meeting, String)) -> String| batch.meetings.iter().map(of).collect::<Vec<_>>();
                let query =
                    sqlx::query(meetings).bind(&organisation).bind(list(|(it, _)| it.id.to_string())).bind(list(|(_, body)| body.clone()));
                let query = query.bind(list(|(it, _)| it.customer.to_string())).bind(list(|(it, _)| it.rep.to_string()));
                let starts: Vec<i64> = batch.meetings.iter().map(|(it, _)| it.starts_at.0).collect();
                query.bind(starts).execute(&mut *tx).await?;
                let receipts = "insert into receipt (organisation, device, mutation, member, number, body_hash, outcome, received_at)
                    select $1, $2, mutation, member, number, body_hash, outcome, 0
                    from unnest($3::text[], $4::text[], $5::bigint[], $6::text[], $7::text[])
                        as new (mutation, member, number, body_hash, outcome)";
                let list = |of: fn(&Receipt) -> &str| batch.receipts.iter().map(of).collect::<Vec<_>>();
                let numbers: Vec<i64> = batch.receipts.iter().map(|it| it.2).collect();
                let query = sqlx::query(receipts).bind(&organisation).bind("direct").bind(list(|it| &it.0)).bind(list(|it| &it.1));
                query.bind(numbers).bind(list(|it| &it.3)).bind(list(|it| &it.4)).execute(&mut *tx).await?;
                let changes = "insert into change (organisation, scope, entity, id, sequence, gone)
                    select $1, scope, 'meeting', id, $2, false
                    from unnest($3::text[], $4::text[]) as stamped (scope, id)";
                let stamped = batch.changes.iter().flat_map(|(id, scopes)| scopes.iter().map(move |scope| (scope.as_str(), id.as_str())));
                let (scopes, ids): (Vec<&str>, Vec<&str>) = stamped.unzip();
                sqlx::query(changes).bind(&organisation).bind(sequence).bind(scopes).bind(ids).execute(&mut *tx).await?;
                tx.commit().await?;
            }
        }
    }
    Ok(started.elapsed().as_secs_f64())
}
