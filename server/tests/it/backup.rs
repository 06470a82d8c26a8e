use crate::{
    on_both_engines,
    support::{TestApp, new_customer},
};
use app::{
    account::Role,
    sync::protocol::{Mutation, Pull, Pulled, ScopeCursor, WIRE},
};
use serde_json::Value;
use server::backup::{BackupError, backup, restore};
use std::collections::BTreeMap;

/// A database with a customer in it, written to a file.
async fn taken(app: &TestApp, directory: &std::path::Path) -> std::path::PathBuf {
    let team = app.team("North", None).await;
    let rep = app.member("Rik", &team, &[Role::Rep]).await;
    app.phone(&rep).await.must(Mutation::CreateCustomer { customer: new_customer(rep.id, "Acme ‘quoted’\nGmbH") }).await;
    let file = directory.join("backup.jsonl");
    assert!(backup(&app.state.db, &file).await.expect("a backup is written") > 5);
    file
}

/// The columns of every table with their types, as the migrations make them: what the backup itself believes is not asked.
fn schema() -> BTreeMap<String, Vec<(String, String)>> {
    let directory = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/../migrations")).expect("there are migrations");
    let mut tables: BTreeMap<String, Vec<(String, String)>> = BTreeMap::new();
    let mut added = Vec::new();
    for file in directory {
        let text = std::fs::read_to_string(file.expect("a file").path()).expect("a migration reads");
        for statement in text.split("create table ").skip(1) {
            let (name, columns) = statement.split_once(" (\n").expect("a table has columns");
            let lines = columns.lines().take_while(|line| *line != ");").map(str::trim);
            let columns = lines.filter_map(|line| line.split_once(' ')).filter(|(name, _)| !["--", "primary", "unique"].contains(name));
            let columns = columns.map(|(name, kind)| (name.to_owned(), kind.to_owned()));
            assert!(tables.insert(name.to_owned(), columns.collect()).is_none(), "{name} is made twice");
        }
        for statement in text.split("alter table ").skip(1) {
            let (name, column) = statement.split_once(" add column ").expect("tables only grow");
            let (column, kind) = column.split(';').next().and_then(|column| column.split_once(' ')).expect("a column has a type");
            added.push((name.to_owned(), (column.to_owned(), kind.to_owned())));
        }
    }
    for (name, column) in added {
        tables.get_mut(&name).expect("a table is made before it grows").push(column);
    }
    tables
}

/// Something that is not nothing, of a column's type.
fn something(kind: &str) -> &'static str {
    match kind.split([' ', ',']).next() {
        // Both engines take this for one byte, too.
        Some("text" | "bytea") => "'x'",
        Some("bigint") => "7",
        Some("boolean") => "true",
        Some("double") => "0.5",
        _ => panic!("what is of type {kind}?"),
    }
}

/// The rows of a backup in an order of their own, the same from both engines.
fn rows(text: &str) -> Vec<Value> {
    let mut rows: Vec<Value> = text.lines().skip(1).map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let schema = schema();
    for row in &mut rows {
        let table = row[0].as_str().expect("a table's name").to_owned();
        for (column, _) in schema[&table].iter().filter(|(_, kind)| kind.starts_with("boolean")) {
            row[1][column] = (row[1][column] == true || row[1][column] == 1).into();
        }
    }
    rows.sort_by_cached_key(Value::to_string);
    rows
}

/// How many migrations have not run.
async fn pending(app: &TestApp) -> usize {
    app.state.db.pending_migrations().await.expect("the database answers")
}

on_both_engines! {
    async fn every_column_of_every_table_is_in_a_backup_and_comes_back(app) {
        let schema = schema();
        let mut tables: Vec<&String> = schema.keys().collect();
        // All others refer to it.
        tables.sort_by_key(|table| *table != "organisation");
        for table in tables {
            let (names, values): (Vec<&str>, Vec<&str>) = schema[table].iter().map(|(name, kind)| (name.as_str(), something(kind))).unzip();
            app.sql(&format!("insert into {table} ({}) values ({})", names.join(", "), values.join(", "))).await;
        }
        let directory = tempfile::tempdir().expect("a temporary directory");
        let (file, again) = (directory.path().join("backup.jsonl"), directory.path().join("again.jsonl"));
        backup(&app.state.db, &file).await.expect("a backup is written");
        let taken = rows(&std::fs::read_to_string(&file).expect("the backup reads"));
        for (table, columns) in &schema {
            let is_there = |row: &Value| row[0] == **table && columns.iter().all(|(name, _)| !row[1][name].is_null());
            assert!(taken.iter().any(is_there), "{table} is not there as a whole");
        }
        for target in [Some(TestApp::empty_sqlite().await), TestApp::empty_postgres().await].into_iter().flatten() {
            restore(&target.db, &file).await.expect("it restores");
            backup(&target.db, &again).await.expect("a backup is written");
            assert_eq!(rows(&std::fs::read_to_string(&again).expect("the backup reads")), taken);
        }
    }

    async fn a_backup_restores_into_either_engine_and_reads_the_same(app) {
        let directory = tempfile::tempdir().expect("a temporary directory");
        let file = taken(&app, directory.path()).await;
        let original = std::fs::read_to_string(&file).expect("the backup reads");
        for target in [Some(TestApp::empty_sqlite().await), TestApp::empty_postgres().await].into_iter().flatten() {
            restore(&target.db, &file).await.expect("it restores");
            let again = directory.path().join("again.jsonl");
            backup(&target.db, &again).await.expect("a backup is written");
            assert_eq!(rows(&original), rows(&std::fs::read_to_string(&again).expect("the backup reads")));
        }
    }

    async fn a_backup_restores_only_into_an_empty_database(app) {
        let directory = tempfile::tempdir().expect("a temporary directory");
        let file = taken(&app, directory.path()).await;
        assert!(matches!(restore(&app.state.db, &file).await, Err(BackupError::NotEmpty)));
    }

    async fn a_damaged_backup_restores_nothing(app) {
        let directory = tempfile::tempdir().expect("a temporary directory");
        let file = taken(&app, directory.path()).await;
        let text = std::fs::read_to_string(&file).expect("the backup reads");
        std::fs::write(&file, &text[..text.len() - 20]).expect("the backup is cut short");
        let target = TestApp::empty_sqlite().await;
        assert!(matches!(restore(&target.db, &file).await, Err(BackupError::Damaged { .. })));
        std::fs::write(&file, text).expect("the backup is whole again");
        restore(&target.db, &file).await.expect("nothing was left behind");
    }

    async fn a_phone_that_saw_more_than_the_backup_starts_afresh(app) {
        let directory = tempfile::tempdir().expect("a temporary directory");
        let file = taken(&app, directory.path()).await;
        let team = app.team("South", None).await;
        let rep = app.member("Sam", &team, &[Role::Rep]).await;
        let pulled = app.phone(&rep).await.pull().await;
        let restored = TestApp::over(TestApp::empty_sqlite().await, &app.organisation);
        restore(&restored.state.db, &file).await.expect("it restores");
        // The member was lost with the backup; the administrator makes him again, under the same id.
        restored.keep_member(&rep).await;
        let phone = restored.phone(&rep).await;
        let cursors = pulled.pages.iter().map(|page| ScopeCursor { scope: page.scope, cursor: page.cursor.clone() }).collect();
        let pull = Pull { wire: WIRE, member: rep.id, cursors };
        let body = serde_json::to_string(&pull).expect("JSON");
        let (_, answer) = restored.post("/api/sync/pull", Some(&phone.cookie), body).await;
        let answer: Pulled = serde_json::from_str(&answer).expect("a pull's answer");
        assert!(!answer.pages.is_empty() && answer.pages.iter().all(|page| page.fresh), "{answer:?}");
    }

    async fn the_doctor_learns_how_many_migrations_have_not_run(app) {
        assert_eq!(pending(&app).await, 0);
        app.sql("delete from _sqlx_migrations where version in (1, 2)").await;
        assert_eq!(pending(&app).await, 2);
        app.sql("drop table _sqlx_migrations").await;
        assert!(pending(&app).await > 2, "over an empty database all of them");
    }
}
