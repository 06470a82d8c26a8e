//! The primary dies in the midst of pushes and a standby takes over: with synchronous replication no acknowledged change is lost.

use crate::support::{Cluster, Phone, TestApp, new_customer, postgres_server};
use app::{
    account::Role,
    customer::CustomerEdit,
    id::{CustomerId, MutationId},
    sync::protocol::{Mutation, Outcome, Push, Pushed, Receipt, Row},
};
use axum::http::StatusCode;
use futures_util::future::join_all;
use server::db::Db;
use sqlx::PgPool;
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Mutex,
    time::Duration,
};
use tokio::time::sleep;

/// How many people push at the same time.
const PHONES: usize = 6;
/// How many pushes are acknowledged before the primary dies.
const ACKNOWLEDGED: usize = 60;

/// A push on its way, and what came back.
struct Sent {
    cookie: String,
    push: Push,
    receipts: Option<Vec<Receipt>>,
}

/// Everything that was ever sent, in order.
type Log = Mutex<Vec<Sent>>;

#[tokio::test(flavor = "multi_thread")]
async fn what_was_acknowledged_outlives_the_primary_and_the_rest_arrives_once() {
    // It makes servers of its own, which the machine can where it has one for the tests.
    if postgres_server().is_none() {
        return;
    }
    let primary = Cluster::primary();
    let standby = primary.standby();
    follow_synchronously(&primary).await;
    let app = TestApp::on(primary.url()).await;
    let team = app.team("North", None).await;
    let mut phones = Vec::new();
    for n in 0..PHONES {
        phones.push(app.phone(&app.member(&format!("Rep {n}"), &team, &[Role::Rep]).await).await);
    }
    let manager = app.member("Mia", &team, &[Role::Manager]).await;
    let log = Log::default();
    let die = async {
        while acknowledged(&log).len() < ACKNOWLEDGED {
            sleep(Duration::from_millis(1)).await;
        }
        primary.kill();
    };
    tokio::select! {
        () = die => {}
        _ = join_all(phones.iter_mut().map(|phone| push_on(&app, phone, &log))) => panic!("a push failed before the primary died"),
    }
    standby.promote();

    let after = app.at(standby.url()).await;
    let acknowledged = acknowledged(&log);
    let sent = log.into_inner().expect("nobody panicked");
    assert!(sent.iter().any(|it| it.receipts.is_none()), "some were on their way");
    let kept = receipts(&after).await;
    for receipt in &acknowledged {
        assert_eq!(kept.get(&receipt.mutation), Some(&receipt.outcome), "acknowledged and lost");
    }
    // The phones send again whatever they have no answer to; and, as if those answers had been cut off, the rest as well.
    let mut edits: BTreeMap<CustomerId, u32> = BTreeMap::new();
    for Sent { cookie, push, receipts } in &sent {
        let (status, body) = after.post("/api/sync/push", Some(cookie), serde_json::to_string(push).expect("JSON")).await;
        assert_eq!(status, StatusCode::OK, "{body}");
        let again: Pushed = serde_json::from_str(&body).expect("a push's answer");
        assert!(again.receipts.iter().all(|receipt| matches!(receipt.outcome, Outcome::Accepted { .. })), "{body}");
        assert!(receipts.as_ref().is_none_or(|receipts| *receipts == again.receipts), "the first answer stands");
        for envelope in &push.mutations {
            match &envelope.mutation {
                Mutation::CreateCustomer { customer } => drop(edits.insert(customer.id, 0)),
                Mutation::EditCustomer { id, .. } => *edits.entry(*id).or_default() += 1,
                other => unreachable!("nobody sent {other:?}"),
            }
        }
    }
    let rows = after.phone(&manager).await.rows().await;
    let versions = rows.iter().filter_map(|row| if let Row::Customer(it) = row { Some((it.id, it.version)) } else { None });
    assert_eq!(versions.collect::<BTreeMap<_, _>>(), edits, "every edit counts one up");
    let mutations: BTreeSet<MutationId> = sent.iter().flat_map(|it| &it.push.mutations).map(|envelope| envelope.id).collect();
    assert_eq!(self::receipts(&after).await.into_keys().collect::<BTreeSet<_>>(), mutations);
}

/// Lets every commit on `primary` wait until its standby has it.
async fn follow_synchronously(primary: &Cluster) {
    let pool = PgPool::connect(&primary.url()).await.expect("the primary answers");
    for sql in ["alter system set synchronous_standby_names = 'standby'", "select pg_reload_conf()"] {
        sqlx::query(sql).execute(&pool).await.expect("the primary can be set");
    }
    let sql = "select count(*) from pg_stat_replication where application_name = 'standby' and sync_state = 'sync'";
    while sqlx::query_scalar::<_, i64>(sql).fetch_one(&pool).await.expect("the primary answers") == 0 {
        sleep(Duration::from_millis(10)).await;
    }
    pool.close().await;
}

/// Makes a customer and edits it, push after push, until one fails.
async fn push_on(app: &TestApp, phone: &mut Phone<'_>, log: &Log) {
    let customer = new_customer(phone.member.id, "Acme");
    let id = customer.id;
    let mut batch = vec![phone.envelope(Mutation::CreateCustomer { customer })];
    for n in 0.. {
        let push = phone.batch(std::mem::take(&mut batch));
        let text = serde_json::to_string(&push).expect("JSON");
        let index = {
            let mut log = log.lock().expect("nobody panicked");
            log.push(Sent { cookie: phone.cookie.clone(), push, receipts: None });
            log.len() - 1
        };
        let (status, body) = app.post("/api/sync/push", Some(&phone.cookie), text).await;
        if status != StatusCode::OK {
            return;
        }
        let pushed: Pushed = serde_json::from_str(&body).expect("a push's answer");
        log.lock().expect("nobody panicked")[index].receipts = Some(pushed.receipts);
        for part in 0..3 {
            let edit = CustomerEdit { place: Some(format!("Place {n}.{part}")), ..CustomerEdit::default() };
            batch.push(phone.envelope(Mutation::EditCustomer { id, base: 0, edit, saw: CustomerEdit::default() }));
        }
    }
}

fn acknowledged(log: &Log) -> Vec<Receipt> {
    log.lock().expect("nobody panicked").iter().filter_map(|it| it.receipts.clone()).flatten().collect()
}

/// Every receipt that is kept.
async fn receipts(app: &TestApp) -> BTreeMap<MutationId, Outcome> {
    let Db::Postgres(pool) = &app.state.db else { unreachable!("it is PostgreSQL") };
    let rows: Vec<(String, String)> =
        sqlx::query_as("select mutation, outcome from receipt").fetch_all(pool).await.expect("receipts can be read");
    rows.into_iter()
        .map(|(mutation, outcome)| (mutation.parse().expect("an id"), serde_json::from_str(&outcome).expect("an outcome")))
        .collect()
}
