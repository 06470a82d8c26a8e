use super::{
    BackupError, FORMAT, Header,
    schema::{self, Column, Kind},
};
use crate::{
    clock,
    db::{Db, Engine, on},
};
use futures_util::TryStreamExt;
use sqlx::AssertSqlSafe;
use std::{
    fs::File,
    io::{BufWriter, Write},
    path::Path,
};

/// Writes a backup of `db` to `path`, from one snapshot; safe while serving. Returns the number of rows.
///
/// # Errors
/// Where the file cannot be written or the database cannot be read; then `path` is left as it was.
pub async fn backup(db: &Db, path: &Path) -> Result<u64, BackupError> {
    let unfinished = path.with_extension("unfinished");
    let at = |error| BackupError::File { path: unfinished.clone(), error };
    let mut file = BufWriter::new(File::create(&unfinished).map_err(at)?);
    let mut tx = db.read().await?;
    let header = Header { qdos_backup: FORMAT, schema: schema::version(&mut tx).await?, taken_at: clock::now() };
    let header = serde_json::to_string(&header).expect("a header writes as JSON");
    writeln!(file, "{header}").map_err(at)?;
    let mut rows = 0;
    for table in schema::tables(&mut tx).await? {
        let sql = select_sql(&table, tx.engine());
        on!(&mut tx, |connection| {
            let mut bodies = sqlx::query_as::<_, (String,)>(AssertSqlSafe(sql.as_str())).fetch(connection);
            while let Some((body,)) = bodies.try_next().await? {
                writeln!(file, "[\"{}\",{body}]", table.name).map_err(at)?;
                rows += 1;
            }
        });
    }
    let file = file.into_inner().map_err(|error| at(error.into_error()))?;
    file.sync_all().map_err(at)?;
    std::fs::rename(&unfinished, path).map_err(|error| BackupError::File { path: path.to_owned(), error })?;
    Ok(rows)
}

/// Each row as one JSON object, made by the engine.
fn select_sql(table: &schema::Table, engine: Engine) -> String {
    let name = &table.name;
    match engine {
        Engine::Sqlite => {
            let pair = |column: &Column| match column.kind {
                Kind::Bytes => format!("'{0}', lower(hex({0}))", column.name),
                _ => format!("'{0}', {0}", column.name),
            };
            let pairs: Vec<String> = table.columns.iter().map(pair).collect();
            format!("select json_object({}) from {name}", pairs.join(", "))
        }
        Engine::Postgres => {
            let value = |column: &Column| match column.kind {
                Kind::Bytes => format!("encode({0}, 'hex') as {0}", column.name),
                _ => column.name.clone(),
            };
            let values: Vec<String> = table.columns.iter().map(value).collect();
            format!("select row_to_json(it)::text from (select {} from {name}) as it", values.join(", "))
        }
    }
}
