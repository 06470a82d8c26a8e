use app::{
    browser::record::{Durability, Records, Table, Write},
    sync::stored,
};
use sqlx::{
    Connection, QueryBuilder, Sqlite, SqlitePool,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};
use std::path::Path;

const TABLES: &[Table] = Table::OF_MEMBER;
/// Records in one statement.
const ROWS: usize = 500;

/// A phone's database, whose commits are as durable as they have to be.
#[derive(Clone)]
pub struct Store(SqlitePool);

impl Store {
    /// An empty one, in place of what was there.
    pub async fn create(path: &Path) -> Result<Self, sqlx::Error> {
        for suffix in ["", "-wal", "-shm"] {
            let mut name = path.as_os_str().to_owned();
            name.push(suffix);
            // What is not there need not go.
            let _ = std::fs::remove_file(name);
        }
        let options = SqliteConnectOptions::new()
            .filename(path)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            // Kilobytes: a browser keeps what it works on in memory, too.
            .pragma("cache_size", "-65536");
        let pool = SqlitePoolOptions::new().max_connections(1).connect_with(options).await?;
        sqlx::query("create table record (kind text, key text, value text, primary key (kind, key)) without rowid").execute(&pool).await?;
        Ok(Self(pool))
    }

    /// Does all of it, or nothing.
    pub async fn commit(&self, writes: &[Write], durability: Durability) -> Result<(), sqlx::Error> {
        let mut connection = self.0.acquire().await?;
        let synchronous = match durability {
            Durability::Strict => "pragma synchronous = full",
            Durability::Relaxed => "pragma synchronous = normal",
        };
        sqlx::query(synchronous).execute(&mut *connection).await?;
        let mut tx = connection.begin().await?;
        for run in writes.chunk_by(|one, next| std::mem::discriminant(one) == std::mem::discriminant(next)) {
            match &run[0] {
                Write::Put { .. } => {
                    for puts in run.chunks(ROWS) {
                        let mut query = QueryBuilder::<Sqlite>::new("insert into record (kind, key, value) ");
                        query.push_values(puts.iter().filter_map(put), |mut values, (table, key, value)| {
                            values.push_bind(table).push_bind(key).push_bind(value);
                        });
                        query.push(" on conflict (kind, key) do update set value = excluded.value");
                        query.build().persistent(puts.len() == ROWS).execute(&mut *tx).await?;
                    }
                }
                Write::Delete { .. } => {
                    let gone: Vec<_> = run.iter().filter_map(deleted).collect();
                    let sql = "delete from record where (kind, key) in (select value ->> 0, value ->> 1 from json_each($1))";
                    let list = serde_json::to_string(&gone).expect("texts have a JSON form");
                    sqlx::query(sql).bind(list).execute(&mut *tx).await?;
                }
                Write::DeleteUnder { .. } => {
                    for (table, prefix) in run.iter().filter_map(deleted_under) {
                        let sql = "delete from record where kind = $1 and key >= $2 and key < $2 || '~'";
                        sqlx::query(sql).bind(table).bind(prefix).execute(&mut *tx).await?;
                    }
                }
            }
        }
        tx.commit().await
    }

    /// Once it returns, everything that was committed is on the medium: one more record takes along what the log holds.
    pub async fn settle(&self) -> Result<(), sqlx::Error> {
        self.commit(&[Write::put(Table::Meta, "settled", &true)], Durability::Strict).await
    }

    /// Everything.
    pub async fn load(&self) -> Result<Records, sqlx::Error> {
        Ok(read(sqlx::query_as("select kind, key, value from record").fetch_all(&self.0).await?))
    }

    /// The outbox from that number on, and meta.
    pub async fn load_outbox(&self, from: u64) -> Result<Records, sqlx::Error> {
        let sql = "select kind, key, value from record where kind = $1 and key >= $2 or kind = $3";
        let query = sqlx::query_as(sql).bind(Table::Outbox.name()).bind(stored::outbox_keys(from).start).bind(Table::Meta.name());
        Ok(read(query.fetch_all(&self.0).await?))
    }
}

fn read(rows: Vec<(String, String, String)>) -> Records {
    let table = |kind: &str| TABLES.iter().copied().find(|table| table.name() == kind);
    rows.into_iter().filter_map(|(kind, key, value)| Some(((table(&kind)?, key), value))).collect()
}

fn put(write: &Write) -> Option<(&str, &str, &str)> {
    match write {
        Write::Put { table, key, value } => Some((table.name(), key, value)),
        Write::Delete { .. } | Write::DeleteUnder { .. } => None,
    }
}

fn deleted(write: &Write) -> Option<(&str, &str)> {
    match write {
        Write::Delete { table, key } => Some((table.name(), key)),
        Write::Put { .. } | Write::DeleteUnder { .. } => None,
    }
}

fn deleted_under(write: &Write) -> Option<(&str, &str)> {
    match write {
        Write::DeleteUnder { table, prefix } => Some((table.name(), prefix)),
        Write::Put { .. } | Write::Delete { .. } => None,
    }
}
