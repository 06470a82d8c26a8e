//! What the engine itself needs: the statements that keep a queue of meetings, with nothing around them.

use super::Queue;
use app::{meeting::Meeting, sync::protocol::Mutation};
use serde_json::json;
use server::{
    db::{Db, Keep},
    random,
};
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

/// Expands once per engine, whose lists are taken apart by functions of different names.
macro_rules! keep_in {
    ($pool:expr, $batches:expr, $receipts:expr, $changes:expr) => {
        for batch in $batches {
            let mut tx = $pool.begin().await?;
            let sql = "update organisation set sequence = sequence + 1 returning id, sequence";
            let (organisation, sequence): (String, i64) = sqlx::query_as(sql).fetch_one(&mut *tx).await?;
            for (meeting, body) in &batch.meetings {
                let sql = "insert into meeting (organisation, id, body, customer, rep, starts_at) values ($1, $2, $3, $4, $5, $6)
                    on conflict (organisation, id) do nothing";
                let query = sqlx::query(sql).bind(&organisation).bind(meeting.id.to_string()).bind(body);
                let query = query.bind(meeting.customer.to_string()).bind(meeting.rep.to_string()).bind(meeting.starts_at.0);
                query.execute(&mut *tx).await?;
            }
            sqlx::query($receipts).bind(&organisation).bind("direct").bind(&batch.receipts).execute(&mut *tx).await?;
            sqlx::query($changes).bind(&organisation).bind(sequence).bind(&batch.changes).execute(&mut *tx).await?;
            tx.commit().await?;
        }
    };
}

/// Seconds that the meetings of `pushes` take, each push in a transaction of its own.
pub async fn keep(db: &Db, pushes: &[Queue]) -> Result<f64, Failure> {
    let batches = pushes.iter().map(Batch::new).collect::<Result<Vec<_>, _>>()?;
    let batches = || batches.iter().filter(|batch: &&Batch| !batch.meetings.is_empty());
    let started = Instant::now();
    match db {
        Db::Sqlite { writer, .. } => keep_in!(
            writer,
            batches(),
            "insert into receipt (organisation, device, mutation, member, number, body_hash, outcome, received_at)
            select $1, $2, value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, 0
            from json_each($3)",
            "insert into change (organisation, scope, entity, id, sequence, gone)
            select $1, scope.value, 'meeting', row.value ->> 0, $2, false
            from json_each($3) as row, json_each(row.value -> 1) as scope"
        ),
        Db::Postgres(pool) => keep_in!(
            pool,
            batches(),
            "insert into receipt (organisation, device, mutation, member, number, body_hash, outcome, received_at)
            select $1, $2, value ->> 0, value ->> 1, (value ->> 2)::bigint, value ->> 3, value ->> 4, 0
            from json_array_elements($3::json) as it (value)",
            "insert into change (organisation, scope, entity, id, sequence, gone)
            select $1, json_array_elements_text(value -> 1), 'meeting', value ->> 0, $2, false
            from json_array_elements($3::json) as it (value)"
        ),
    }
    Ok(started.elapsed().as_secs_f64())
}
