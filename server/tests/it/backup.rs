use crate::{
    on_both_engines,
    support::{TestApp, new_customer},
};
use app::{
    account::Role,
    sync::protocol::{Mutation, Pull, Pulled, ScopeCursor, WIRE},
};
use server::backup::{BackupError, backup, restore};

/// A database with a customer in it, written to a file.
async fn taken(app: &TestApp, directory: &std::path::Path) -> std::path::PathBuf {
    let team = app.team("North", None).await;
    let rep = app.member("Rik", &team, &[Role::Rep]).await;
    app.phone(&rep).await.must(Mutation::CreateCustomer { customer: new_customer(rep.id, "Acme ‘quoted’\nGmbH") }).await;
    let file = directory.join("backup.jsonl");
    assert!(backup(&app.state.db, &file).await.expect("a backup is written") > 5);
    file
}

on_both_engines! {
    async fn a_backup_restores_into_either_engine_and_reads_the_same(app) {
        let directory = tempfile::tempdir().expect("a temporary directory");
        let file = taken(&app, directory.path()).await;
        let original = std::fs::read_to_string(&file).expect("the backup reads");
        for target in [Some(TestApp::empty_sqlite().await), TestApp::empty_postgres().await].into_iter().flatten() {
            restore(&target.db, &file).await.expect("it restores");
            let again = directory.path().join("again.jsonl");
            backup(&target.db, &again).await.expect("a backup is written");
            let rows = |text: &str| {
                let mut rows: Vec<serde_json::Value> = text.lines().skip(1).map(|line| serde_json::from_str(line).expect("JSON")).collect();
                rows.iter_mut().for_each(|row| if let Some(gone) = row[1].get_mut("gone") {
                    *gone = serde_json::json!(*gone == true || *gone == 1);
                });
                let mut rows: Vec<String> = rows.iter().map(ToString::to_string).collect();
                rows.sort();
                rows
            };
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
}
