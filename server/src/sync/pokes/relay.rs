//! Between the processes that serve one database. On PostgreSQL they tell each other, and themselves, by NOTIFY: nothing but which
//! organisation. Only one process serves an SQLite file.

use crate::{State, db::Db};
use app::id::OrganisationId;
use sqlx::{Executor, PgPool, postgres::PgListener};
use std::{collections::BTreeSet, convert::Infallible, time::Duration};
use tokio::time::{sleep, timeout};

const CHANNEL: &str = "qdos_committed";
/// How long what is committed after a NOTIFY waits for the next, which all commits of all processes with one queue for.
const PAUSE: Duration = Duration::from_millis(50);
/// How long to wait after a failure.
const RETRY_AFTER: Duration = Duration::from_secs(1);
/// How long a connection may be silent before it is asked whether it still stands, and how long it may take to say so.
const SILENCE: Duration = Duration::from_secs(30);

/// Tells all processes what this one has committed, for ever.
pub(super) async fn tell(state: State) {
    loop {
        let organisations = state.writer.committed().await;
        match &state.db {
            Db::Sqlite { .. } => state.pokes.look_at(organisations),
            Db::Postgres(pool) => {
                while let Err(error) = notify(pool, &organisations).await {
                    tracing::warn!(%error, "telling the other processes failed");
                    sleep(RETRY_AFTER).await;
                }
                sleep(PAUSE).await;
            }
        }
    }
}

async fn notify(pool: &PgPool, organisations: &BTreeSet<OrganisationId>) -> Result<(), sqlx::Error> {
    let organisations: Vec<String> = organisations.iter().map(ToString::to_string).collect();
    // In a statement of its own after the commit: a transaction with a NOTIFY commits under a lock of the whole server. There is nothing
    // to lose in it either, so that it waits neither for the disk nor for a standby.
    let sql = "with hurried as (select set_config('synchronous_commit', 'off', true))
        select pg_notify($1, organisation)
        from hurried, unnest($2) as organisation";
    sqlx::query(sql).bind(CHANNEL).bind(organisations).execute(pool).await.map(|_| ())
}

/// Hears what any process has committed, for ever.
pub(super) async fn hear(state: State) {
    if matches!(state.db, Db::Sqlite { .. }) {
        return;
    }
    loop {
        let Err(error) = listen(&state).await;
        tracing::warn!(%error, "listening to the other processes failed");
        sleep(RETRY_AFTER).await;
    }
}

/// Listens on a connection of its own until it fails.
async fn listen(state: &State) -> Result<Infallible, sqlx::Error> {
    let mut listener = PgListener::connect(&state.config.direct_database()).await?;
    listener.listen(CHANNEL).await?;
    // Nobody knows what was said before.
    state.pokes.poke_all();
    loop {
        match timeout(SILENCE, listener.try_recv()).await {
            Ok(Ok(Some(notification))) => state.pokes.look_at(notification.payload().parse()),
            // It broke, and stands again.
            Ok(Ok(None)) => state.pokes.poke_all(),
            Ok(Err(error)) => return Err(error),
            Err(_) => {
                let answer = timeout(SILENCE, listener.execute("select 1")).await;
                answer.map_err(|_| sqlx::Error::PoolTimedOut)??;
            }
        }
    }
}
