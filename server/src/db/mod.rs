//! SQLite and PostgreSQL behind one type. One SQL text serves both; a macro expands each call once per engine, so that no generic
//! reaches a handler.

mod added;
mod held;
mod record;
mod waiting;
mod writer;
mod writing;

pub use added::{Buffered, ROWS_MAX};
pub use held::Held;
pub use record::{Column, Keep, add, all, bodies, by, delete, find, save};
pub use waiting::Waiting;
pub use writer::Writer;
pub use writing::Writing;

use crate::error::Error;
use sqlx::{
    Connection, PgPool, Postgres, Sqlite, SqlitePool,
    migrate::Migrator,
    postgres::PgPoolOptions,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};
use std::{str::FromStr, time::Duration};

/// How long an idle connection is taken to be alive.
const TRUSTED_FOR: Duration = Duration::from_secs(1);

static MIGRATIONS: Migrator = sqlx::migrate!();

/// A database.
#[derive(Clone, Debug)]
pub enum Db {
    /// An embedded file: one writer, several readers.
    Sqlite {
        /// One connection.
        writer: SqlitePool,
        /// Several.
        readers: SqlitePool,
    },
    /// A server, perhaps shared by several of our processes.
    Postgres(PgPool),
}

/// A transaction; rolled back unless committed. Of [`Db::look`] it is a connection without one, where there is nothing to commit.
#[derive(Debug)]
pub enum Transaction {
    /// On SQLite.
    Sqlite(Held<Sqlite>),
    /// On PostgreSQL.
    Postgres(Held<Postgres>),
}

/// The database's engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// Embedded.
    Sqlite,
    /// A server.
    Postgres,
}

/// Reads an id or something else that is kept as its text.
///
/// # Errors
/// [`Error::Internal`] where the text was not written by us.
pub fn read_kept<T: FromStr>(text: &str) -> Result<T, Error> {
    text.parse().map_err(|_| Error::Internal(format!("{text} was not kept by us")))
}

impl Db {
    /// Opens `url` (`sqlite:FILE` or `postgres://...`), without migrating it. A missing SQLite file is made.
    ///
    /// # Errors
    /// Where the address is wrong or nobody answers there.
    pub async fn open(url: &str) -> Result<Self, sqlx::Error> {
        if url.starts_with("postgres:") || url.starts_with("postgresql:") {
            let pool = PgPoolOptions::new()
                .max_connections(16)
                .acquire_timeout(Duration::from_secs(10))
                // Whether the server is still there is asked only after a pause: asking costs as much as a query.
                .test_before_acquire(false)
                .before_acquire(|connection, about| {
                    Box::pin(async move {
                        if about.idle_for > TRUSTED_FOR {
                            connection.ping().await?;
                        }
                        Ok(true)
                    })
                })
                .connect(url)
                .await?;
            return Ok(Self::Postgres(pool));
        }
        // FULL: what was acknowledged survives a power cut.
        let options = SqliteConnectOptions::from_str(url)?
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(Duration::from_secs(10))
            // What a savepoint may have to restore stays in memory: a push is one.
            .pragma("temp_store", "memory")
            // Kilobytes.
            .pragma("cache_size", "-8192");
        // A file does not go away between two uses.
        let pool = SqlitePoolOptions::new().test_before_acquire(false);
        let writer = pool.clone().max_connections(1).connect_with(options.clone()).await?;
        let readers = pool.max_connections(4).connect_with(options).await?;
        Ok(Self::Sqlite { writer, readers })
    }

    /// Brings the schema up to date; safe to repeat and to run from several processes.
    ///
    /// # Errors
    /// Where a migration fails or was edited after it ran.
    pub async fn migrate(&self) -> Result<(), sqlx::migrate::MigrateError> {
        match self {
            Self::Sqlite { writer, .. } => MIGRATIONS.run(writer).await,
            Self::Postgres(pool) => MIGRATIONS.run(pool).await,
        }
    }

    /// Begins a transaction that reads one snapshot.
    ///
    /// # Errors
    /// Where no connection can be had.
    pub async fn read(&self) -> Result<Transaction, sqlx::Error> {
        Ok(match self {
            Self::Sqlite { readers, .. } => Transaction::Sqlite(readers.begin().await?.into()),
            Self::Postgres(pool) => begin(pool, "begin transaction isolation level repeatable read read only").await?,
        })
    }

    /// For reading without a transaction, and so without the two round trips that begin and end one. Each statement reads a snapshot of its
    /// own, perhaps later than that of the statement before: whoever makes several chooses their order accordingly.
    ///
    /// # Errors
    /// Where no connection can be had.
    pub async fn look(&self) -> Result<Transaction, sqlx::Error> {
        Ok(match self {
            Self::Sqlite { readers, .. } => Transaction::Sqlite(readers.acquire().await?.into()),
            Self::Postgres(pool) => Transaction::Postgres(pool.acquire().await?.into()),
        })
    }

    /// Begins a transaction that writes. What phones see is written through [`Writer`] instead, which numbers and shares transactions.
    ///
    /// # Errors
    /// Where no connection can be had.
    pub async fn write(&self) -> Result<Transaction, sqlx::Error> {
        Ok(match self {
            Self::Sqlite { writer, .. } => Transaction::Sqlite(writer.begin_with("begin immediate").await?.into()),
            Self::Postgres(pool) => begin(pool, "begin").await?,
        })
    }

    /// How many migrations have not run yet.
    ///
    /// # Errors
    /// Where the database does not answer.
    pub async fn pending_migrations(&self) -> Result<usize, sqlx::Error> {
        let mut tx = self.read().await?;
        let table = match tx.engine() {
            Engine::Sqlite => "select name from sqlite_master where name = '_sqlx_migrations'",
            Engine::Postgres => "select table_name::text from information_schema.tables where table_name = '_sqlx_migrations'",
        };
        if fetch_optional!(&mut tx, (String,), table)?.is_none() {
            return Ok(MIGRATIONS.iter().count());
        }
        let ran = fetch_all!(&mut tx, (i64,), "select version from _sqlx_migrations where success")?;
        Ok(MIGRATIONS.iter().filter(|migration| !ran.contains(&(migration.version,))).count())
    }

    /// Whether the database answers.
    ///
    /// # Errors
    /// Where it does not.
    pub async fn ping(&self) -> Result<(), sqlx::Error> {
        let mut tx = self.read().await?;
        execute!(&mut tx, "select 1")?;
        Ok(())
    }

    /// Which engine it is.
    pub fn engine(&self) -> Engine {
        match self {
            Self::Sqlite { .. } => Engine::Sqlite,
            Self::Postgres(_) => Engine::Postgres,
        }
    }

    /// Closes all connections, finishing what runs.
    pub async fn close(&self) {
        match self {
            Self::Sqlite { writer, readers } => {
                readers.close().await;
                writer.close().await;
            }
            Self::Postgres(pool) => pool.close().await,
        }
    }
}

/// Begins a transaction on PostgreSQL, and rolls it back where whoever asked for it has gone meanwhile, as a phone does that loses the network.
/// By itself sqlx 0.9.0 leaves what was given up before `begin` was answered to the next who uses the connection
/// (<https://github.com/transact-rs/sqlx/issues/4393>).
async fn begin(pool: &PgPool, sql: &'static str) -> Result<Transaction, sqlx::Error> {
    let pool = pool.clone();
    // A task goes on to its end although nobody waits for it.
    let begun = tokio::spawn(async move { pool.begin_with(sql).await }).await;
    Ok(Transaction::Postgres(begun.map_err(|_| sqlx::Error::WorkerCrashed)??.into()))
}

impl Transaction {
    /// Makes it lasting; after [`Db::look`], whose statements stand by themselves, it does nothing.
    ///
    /// # Errors
    /// Where the engine could not; then nothing was written.
    pub async fn commit(self) -> Result<(), sqlx::Error> {
        match self {
            Self::Sqlite(transaction) => transaction.commit().await,
            Self::Postgres(transaction) => transaction.commit().await,
        }
    }

    /// Its engine.
    pub fn engine(&self) -> Engine {
        match self {
            Self::Sqlite(_) => Engine::Sqlite,
            Self::Postgres(_) => Engine::Postgres,
        }
    }
}

/// Expands `$body` once per engine with `$connection` bound to that engine's connection.
macro_rules! on {
    ($transaction:expr, |$connection:ident| $body:expr) => {
        match $transaction {
            $crate::db::Transaction::Sqlite(transaction) => {
                let $connection = &mut **transaction;
                $body
            }
            $crate::db::Transaction::Postgres(transaction) => {
                let $connection = &mut **transaction;
                $body
            }
        }
    };
}

/// `execute!(transaction, SQL, argument, ...)`: rows affected.
macro_rules! execute {
    ($transaction:expr, $sql:expr $(, $argument:expr)* $(,)?) => {
        $crate::db::on!($transaction, |connection| {
            sqlx::query($sql)$(.bind($argument))*.execute(connection).await.map(|done| done.rows_affected())
        })
    };
}

/// `fetch_all!(transaction, (Column, ...), SQL, argument, ...)`: every row as a tuple.
macro_rules! fetch_all {
    ($transaction:expr, $row:ty, $sql:expr $(, $argument:expr)* $(,)?) => {
        $crate::db::on!($transaction, |connection| {
            sqlx::query_as::<_, $row>($sql)$(.bind($argument))*.fetch_all(connection).await
        })
    };
}

/// `fetch_optional!(transaction, (Column, ...), SQL, argument, ...)`: the first row, if any.
macro_rules! fetch_optional {
    ($transaction:expr, $row:ty, $sql:expr $(, $argument:expr)* $(,)?) => {
        $crate::db::on!($transaction, |connection| {
            sqlx::query_as::<_, $row>($sql)$(.bind($argument))*.fetch_optional(connection).await
        })
    };
}

pub(crate) use {execute, fetch_all, fetch_optional, on};
