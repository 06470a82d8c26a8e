use super::{
    BackupError, FORMAT, Header,
    schema::{self, Column, Kind, Table},
};
use crate::db::{Db, Transaction, fetch_optional, on};
use data_encoding::HEXLOWER;
use serde_json::{Map, Value};
use sqlx::AssertSqlSafe;
use std::{
    collections::BTreeMap,
    fs::File,
    io::{BufRead, BufReader},
    path::Path,
};

/// Reads the backup at `path` into `db`, which must be migrated and empty; all of it or nothing. Returns the number of rows.
///
/// Phones that saw what came after the backup are told to start a fresh pull: the server opens a new epoch at its next write.
///
/// # Errors
/// [`BackupError`].
pub async fn restore(db: &Db, path: &Path) -> Result<u64, BackupError> {
    let at = |error| BackupError::File { path: path.to_owned(), error };
    let mut lines = BufReader::new(File::open(path).map_err(at)?).lines().enumerate();
    let mut tx = db.write().await?;
    if fetch_optional!(&mut tx, (String,), "select id from organisation limit 1")?.is_some() {
        return Err(BackupError::NotEmpty);
    }
    let first = lines.next().map(|(_, line)| line).transpose().map_err(at)?.unwrap_or_default();
    check_header(&first, schema::version(&mut tx).await?)?;
    let tables: BTreeMap<String, Table> = schema::tables(&mut tx).await?.into_iter().map(|table| (table.name.clone(), table)).collect();
    let mut rows = 0;
    for (number, line) in lines {
        let damaged = |what: String| BackupError::Damaged { line: number + 1, what };
        let line = line.map_err(at)?;
        let (name, row): (String, Map<String, Value>) = serde_json::from_str(&line).map_err(|error| damaged(error.to_string()))?;
        let table = tables.get(&name).ok_or_else(|| damaged(format!("there is no table {name}")))?;
        insert(&mut tx, table, row).await?.map_err(damaged)?;
        rows += 1;
    }
    tx.commit().await?;
    Ok(rows)
}

fn check_header(line: &str, known: i64) -> Result<(), BackupError> {
    let damaged = |what: String| BackupError::Damaged { line: 1, what };
    let header: Header = serde_json::from_str(line).map_err(|error| damaged(error.to_string()))?;
    if header.qdos_backup != FORMAT {
        return Err(damaged(format!("format {} is not known", header.qdos_backup)));
    }
    if header.schema > known {
        return Err(BackupError::TooNew { found: header.schema, known });
    }
    Ok(())
}

/// Inserts a row; the inner error says what does not fit the table.
async fn insert(tx: &mut Transaction, table: &Table, mut row: Map<String, Value>) -> Result<Result<(), String>, sqlx::Error> {
    let mut values = Vec::new();
    for column in &table.columns {
        // A column that is younger than the backup keeps its default.
        if let Some(value) = row.remove(&column.name) {
            match read(column, value) {
                Ok(value) => values.push((column, value)),
                Err(what) => return Ok(Err(what)),
            }
        }
    }
    if let Some(unknown) = row.keys().next() {
        return Ok(Err(format!("{} has no column {unknown}", table.name)));
    }
    let names: Vec<&str> = values.iter().map(|(column, _)| column.name.as_str()).collect();
    let places: Vec<String> = (1..=values.len()).map(|n| format!("${n}")).collect();
    let sql = format!("insert into {} ({}) values ({})", table.name, names.join(", "), places.join(", "));
    on!(tx, |connection| {
        let mut query = sqlx::query(AssertSqlSafe(sql.as_str()));
        for (_, value) in values {
            query = match value {
                Cell::Text(text) => query.bind(text),
                Cell::Integer(number) => query.bind(number),
                Cell::Real(number) => query.bind(number),
                Cell::Boolean(truth) => query.bind(truth),
                Cell::Bytes(bytes) => query.bind(bytes),
            };
        }
        query.execute(connection).await.map(|_| Ok(()))
    })
}

/// A value for a column of one kind.
enum Cell {
    Text(Option<String>),
    Integer(Option<i64>),
    Real(Option<f64>),
    Boolean(Option<bool>),
    Bytes(Option<Vec<u8>>),
}

fn read(column: &Column, value: Value) -> Result<Cell, String> {
    let wrong = || format!("{} holds a value of another kind", column.name);
    let absent = value.is_null();
    let some = |found: bool| if absent || found { Ok(()) } else { Err(wrong()) };
    Ok(match column.kind {
        Kind::Text => match value {
            Value::String(text) => Cell::Text(Some(text)),
            Value::Null => Cell::Text(None),
            _ => return Err(wrong()),
        },
        Kind::Bytes => match value {
            Value::String(text) => Cell::Bytes(Some(HEXLOWER.decode(text.as_bytes()).map_err(|_| wrong())?)),
            Value::Null => Cell::Bytes(None),
            _ => return Err(wrong()),
        },
        Kind::Integer => {
            some(value.is_i64())?;
            Cell::Integer(value.as_i64())
        }
        Kind::Real => {
            some(value.is_number())?;
            Cell::Real(value.as_f64())
        }
        Kind::Boolean => {
            // SQLite writes truth as 0 and 1.
            let truth = value.as_bool().or_else(|| value.as_i64().map(|number| number != 0));
            some(truth.is_some())?;
            Cell::Boolean(truth)
        }
    })
}
