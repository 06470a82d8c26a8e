use super::{Column, Engine, Keep, Transaction};
use crate::error::Error;
use app::{
    id::OrganisationId,
    sync::{Refusal, protocol::Entity},
};
use sqlx::{AssertSqlSafe, QueryBuilder};

/// Rows of one statement. SQLite plans each number of them anew, so that most statements have this one.
pub const ROWS_MAX: usize = 250;

/// A transaction to which new rows are added many at a time: what a phone queued is mostly new, and a statement for each takes longer than all
/// else.
#[derive(Debug)]
pub struct Buffered {
    tx: Transaction,
    organisation: OrganisationId,
    /// What waits to be inserted.
    added: Vec<Table>,
}

/// The rows of one table.
#[derive(Debug)]
struct Table {
    entity: Entity,
    columns: &'static [&'static str],
    rows: Vec<Row>,
}

#[derive(Debug)]
struct Row {
    key: String,
    body: String,
    /// By column.
    values: Vec<Column>,
}

impl Buffered {
    /// With nothing waiting.
    pub(super) fn new(tx: Transaction, organisation: OrganisationId) -> Self {
        Self { tx, organisation, added: Vec::new() }
    }

    /// The transaction, with everything in it.
    ///
    /// # Errors
    /// [`Refusal::IdTaken`] where a new row was there before, or the database's.
    pub async fn up_to_date(&mut self) -> Result<&mut Transaction, Error> {
        for table in std::mem::take(&mut self.added) {
            table.insert(&mut self.tx, self.organisation).await?;
        }
        Ok(&mut self.tx)
    }

    /// The transaction, after which what waited is no more.
    pub(super) fn without_added(&mut self) -> &mut Transaction {
        self.added.clear();
        &mut self.tx
    }

    /// Makes all of it lasting.
    ///
    /// # Errors
    /// As [`Buffered::up_to_date`] has them; then nothing was written.
    pub(super) async fn commit(mut self) -> Result<(), Error> {
        self.up_to_date().await?;
        Ok(self.tx.commit().await?)
    }

    /// Its engine.
    pub fn engine(&self) -> Engine {
        self.tx.engine()
    }

    /// One more row.
    ///
    /// # Errors
    /// Where it has no JSON form.
    pub(super) fn add<T: Keep>(&mut self, thing: &T) -> Result<(), Error> {
        let row = Row { key: thing.key(), body: serde_json::to_string(thing)?, values: thing.columns() };
        match self.added.iter_mut().find(|table| table.entity == T::ENTITY) {
            Some(table) => table.rows.push(row),
            None => self.added.push(Table { entity: T::ENTITY, columns: T::COLUMNS, rows: vec![row] }),
        }
        Ok(())
    }
}

impl Table {
    /// Inserts all rows.
    ///
    /// # Errors
    /// [`Refusal::IdTaken`] where there is one of some key already, or the database's.
    async fn insert(self, tx: &mut Transaction, organisation: OrganisationId) -> Result<(), Error> {
        let (organisation, Self { entity, columns, rows }) = (organisation.to_string(), self);
        let (sent, mut written) = (rows.len() as u64, 0);
        match tx {
            Transaction::Sqlite(tx) => {
                for rows in rows.chunks(ROWS_MAX) {
                    let mut query = QueryBuilder::<sqlx::Sqlite>::new(head(entity, columns));
                    query.push_values(rows, |mut values, row| {
                        values.push_bind(&organisation).push_bind(&row.key).push_bind(&row.body);
                        for value in &row.values {
                            match value {
                                Column::Text(text) => values.push_bind(text),
                                Column::Integer(number) => values.push_bind(number),
                            };
                        }
                    });
                    query.push(TAIL);
                    let persistent = rows.len() == ROWS_MAX;
                    written += query.build().persistent(persistent).execute(&mut **tx).await?.rows_affected();
                }
            }
            // Lists of values, so that the statement is the same however many there are.
            Transaction::Postgres(tx) => {
                let is_text = |at: usize| matches!(rows[0].values[at], Column::Text(_));
                let lists: String =
                    (0..columns.len()).map(|at| format!(", ${}::{}[]", at + 4, if is_text(at) { "text" } else { "bigint" })).collect();
                let names: String = (0..columns.len()).map(|at| format!(", value_{at}")).collect();
                let sql = format!(
                    "{} select $1, id, body{names} from unnest($2::text[], $3::text[]{lists}) as new (id, body{names}){TAIL}",
                    head(entity, columns)
                );
                let (keys, bodies): (Vec<&str>, Vec<&str>) = rows.iter().map(|row| (row.key.as_str(), row.body.as_str())).unzip();
                let mut query = sqlx::query(AssertSqlSafe(sql)).bind(&organisation).bind(keys).bind(bodies);
                for at in 0..columns.len() {
                    query = if is_text(at) {
                        query.bind(rows.iter().map(|row| row.values[at].text()).collect::<Vec<_>>())
                    } else {
                        query.bind(rows.iter().map(|row| row.values[at].integer()).collect::<Vec<_>>())
                    };
                }
                written += query.execute(&mut **tx).await?.rows_affected();
            }
        }
        if written < sent {
            return Err(Refusal::IdTaken.into());
        }
        Ok(())
    }
}

const TAIL: &str = " on conflict (organisation, id) do nothing";

fn head(entity: Entity, columns: &[&str]) -> String {
    let names: String = columns.iter().map(|column| format!(", {column}")).collect();
    format!("insert into {} (organisation, id, body{names}) ", entity.as_str())
}
