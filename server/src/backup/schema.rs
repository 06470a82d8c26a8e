//! What tables there are, asked of the database itself, so that no table can be forgotten.

use crate::db::{Transaction, fetch_all};
use sqlx::AssertSqlSafe;

/// A column's type in both engines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    Integer,
    Real,
    Boolean,
    /// In hexadecimal: the one form that both engines write by themselves.
    Bytes,
}

#[derive(Clone, Debug)]
pub(super) struct Column {
    pub(super) name: String,
    pub(super) kind: Kind,
}

#[derive(Clone, Debug)]
pub(super) struct Table {
    pub(super) name: String,
    pub(super) columns: Vec<Column>,
}

/// Every table of ours, those that others refer to first.
pub(super) async fn tables(tx: &mut Transaction) -> Result<Vec<Table>, sqlx::Error> {
    let names: Vec<(String,)> = match tx {
        Transaction::Sqlite(_) => fetch_all!(
            tx,
            (String,),
            "select name from sqlite_master where type = 'table' and name not like 'sqlite_%' and name <> '_sqlx_migrations' order by name"
        )?,
        Transaction::Postgres(_) => fetch_all!(
            tx,
            (String,),
            "select table_name::text from information_schema.tables
            where table_schema = current_schema() and table_name <> '_sqlx_migrations' order by table_name"
        )?,
    };
    let mut tables = Vec::with_capacity(names.len());
    for (name,) in names {
        let columns = columns(tx, &name).await?;
        tables.push(Table { name, columns });
    }
    // Every foreign key leads to the organisation and to nothing else.
    tables.sort_by_key(|table| table.name != "organisation");
    Ok(tables)
}

async fn columns(tx: &mut Transaction, table: &str) -> Result<Vec<Column>, sqlx::Error> {
    let rows: Vec<(String, String)> = match tx {
        Transaction::Sqlite(_) => {
            let sql = format!("select name, lower(type) from pragma_table_info('{table}') order by cid");
            fetch_all!(tx, (String, String), AssertSqlSafe(sql.as_str()))?
        }
        Transaction::Postgres(_) => fetch_all!(
            tx,
            (String, String),
            "select column_name::text, data_type::text from information_schema.columns
            where table_schema = current_schema() and table_name = $1 order by ordinal_position",
            table
        )?,
    };
    let kind = |declared: &str| match declared {
        "bigint" => Kind::Integer,
        "double precision" => Kind::Real,
        "boolean" => Kind::Boolean,
        "bytea" => Kind::Bytes,
        _ => Kind::Text,
    };
    Ok(rows.into_iter().map(|(name, declared)| Column { kind: kind(&declared), name }).collect())
}

/// The newest migration that ran.
pub(super) async fn version(tx: &mut Transaction) -> Result<i64, sqlx::Error> {
    let rows = fetch_all!(tx, (i64,), "select version from _sqlx_migrations order by version desc limit 1")?;
    Ok(rows.first().map_or(0, |(version,)| *version))
}
