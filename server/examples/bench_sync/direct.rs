//! What the engine itself needs: the statements that keep a queue of meetings, with nothing around them.

use super::Queue;
use app::{meeting::Meeting, sync::protocol::Mutation};
use serde_json::json;
use server::{
    db::{Db, Keep},
    random,
};
use sqlx::QueryBuilder;
use std::{error::Error, time::Instant};

type Failure = Box<dyn Error + Send + Sync>;

/// What one push keeps.
struct Batch {
    meetings: Vec<(Meeting, String)>,
    /// JSON, a list each: mutation, member, number, hash of the body, outcome.
    receipts: String,
    /// JSON, a list each: meeting, its scopes.
    changes: String,
}

impl Batch {
    fn new(push: &Queue) -> Result<Self, Failure> {
        let (mut meetings, mut receipts, mut changes) = (Vec::new(), Vec::new(), Vec::new());
        for sent in &push.mutations {
            if let Mutation::CreateMeeting { meeting } = serde_json::from_str(sent.mutation.get())? {
                receipts.push(json!([random::uuid(), sent.member, sent.sequence, random::sha256(sent.mutation.get()), "accepted"]));
                changes.push(json!([meeting.key(), [format!("member/{}", meeting.rep), format!("team/{}", meeting.rep)]]));
                let body = serde_json::to_string(&meeting)?;
                meetings.push((meeting, body));
            }
        }
        Ok(Self { meetings, receipts: serde_json::to_string(&receipts)?, changes: serde_json::to_string(&changes)? })
    }
}

/// Meetings in one statement on SQLite, as the server has it.
const ROWS: usize = 50;

/// Seconds that the meetings of `pushes` take, each push in a transaction of its own.
pub async fn keep(db: &Db, pushes: &[Queue]) -> Result<f64, Failure> {
    let batches = pushes.iter().map(Batch::new).collect::<Result<Vec<_>, _>>()?;
    let batches = || batches.iter().filter(|batch: &&Batch| !batch.meetings.is_empty());
    let number = "update organisation set sequence = sequence + 1 returning id, sequence";
    let started = Instant::now();
    match db {
        Db::Sqlite { writer, .. } => {
            for batch in batches() {
                let mut tx = writer.begin().await?;
                let (organisation, sequence): (String, i64) = sqlx::query_as(number).fetch_one(&mut *tx).await?;
                for meetings in batch.meetings.chunks(ROWS) {
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
                sqlx::query(receipts).bind(&organisation).bind("direct").bind(&batch.receipts).execute(&mut *tx).await?;
                let changes = "insert into change (organisation, scope, entity, id, sequence, gone)
                    select $1, scope.value, 'meeting', row.value ->> 0, $2, false
                    from json_each($3) as row, json_each(row.value -> 1) as scope";
                sqlx::query(changes).bind(&organisation).bind(sequence).bind(&batch.changes).execute(&mut *tx).await?;
                tx.commit().await?;
            }
        }
        Db::Postgres(pool) => {
            for batch in batches() {
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
                    select $1, $2, value ->> 0, value ->> 1, (value ->> 2)::bigint, value ->> 3, value ->> 4, 0
                    from json_array_elements($3::json) as it (value)";
                sqlx::query(receipts).bind(&organisation).bind("direct").bind(&batch.receipts).execute(&mut *tx).await?;
                let changes = "insert into change (organisation, scope, entity, id, sequence, gone)
                    select $1, json_array_elements_text(value -> 1), 'meeting', value ->> 0, $2, false
                    from json_array_elements($3::json) as it (value)";
                sqlx::query(changes).bind(&organisation).bind(sequence).bind(&batch.changes).execute(&mut *tx).await?;
                tx.commit().await?;
            }
        }
    }
    Ok(started.elapsed().as_secs_f64())
}
