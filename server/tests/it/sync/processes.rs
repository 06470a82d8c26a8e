//! Several processes on one PostgreSQL: what is written at one is heard of at the other, and nothing is done twice.

use crate::support::{Pokes, TestApp, new_customer};
use app::{
    account::Role,
    customer::{Customer, CustomerEdit},
    sync::protocol::{Mutation, Outcome, Row},
};
use futures_util::future::join_all;
use serde_json::json;
use server::{config::Config, db::Db};

#[tokio::test]
async fn what_is_written_at_one_process_is_heard_at_the_other() {
    let Some(app) = TestApp::postgres().await else { return };
    let beside = app.beside().await;
    let team = app.team("North", None).await;
    let (rik, mia) = (app.member("Rik", &team, &[Role::Rep]).await, app.member("Mia", &team, &[Role::Manager]).await);
    let (mut phone, manager) = (app.phone(&rik).await, app.phone(&mia).await.cookie);
    let (mut here, mut there) = (Pokes::open(&app, &manager).await, Pokes::open(&beside, &manager).await);
    app.begin_poking(&mut [&mut here]).await;
    beside.begin_poking(&mut [&mut there]).await;
    phone.must(Mutation::CreateCustomer { customer: new_customer(rik.id, "Acme") }).await;
    for pokes in [&mut here, &mut there] {
        pokes.must_be_poked().await;
    }
    app.call("account/sign_out", Some(&manager), json!({})).await.ok::<()>();
    for pokes in [&mut here, &mut there] {
        pokes.must_end().await;
    }
}

#[tokio::test]
async fn a_process_that_could_not_listen_for_a_while_pokes_everybody_and_listens_on() {
    let Some(app) = TestApp::postgres().await else { return };
    let mut beside = app.beside().await;
    // Named, so that it is told from the connections of the pool.
    let database_direct_url = Some(format!("{}?application_name=direct", app.state.config.database()));
    beside.state.config = Config { database_direct_url, ..Config::clone(&beside.state.config) }.into();
    let (north, south) = (app.team("North", None).await, app.team("South", None).await);
    let (rik, sam) = (app.member("Rik", &north, &[Role::Rep]).await, app.member("Sam", &south, &[Role::Rep]).await);
    let (mut phone, other) = (app.phone(&rik).await, app.phone(&sam).await.cookie);
    let (mut riks, mut sams) = (Pokes::open(&beside, &phone.cookie).await, Pokes::open(&beside, &other).await);
    app.begin_poking(&mut []).await;
    beside.begin_poking(&mut [&mut riks, &mut sams]).await;
    assert_eq!(end_connections(&beside, "direct").await, 1);
    for pokes in [&mut riks, &mut sams] {
        pokes.must_be_poked().await;
    }
    phone.must(Mutation::CreateCustomer { customer: new_customer(rik.id, "Acme") }).await;
    riks.must_be_poked().await;
    assert!(sams.is_silent().await);
}

/// Ends the connections of that name, as an operator or a failing network does; how many there were.
async fn end_connections(app: &TestApp, name: &str) -> i64 {
    let Db::Postgres(pool) = &app.state.db else { unreachable!("it is PostgreSQL") };
    let sql = "select count(pg_terminate_backend(pid))
        from pg_stat_activity
        where datname = current_database() and application_name = $1";
    sqlx::query_scalar(sql).bind(name).fetch_one(pool).await.expect("connections can be ended")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_batch_that_is_tried_again_and_again_at_two_processes_at_once_is_applied_once() {
    let Some(app) = TestApp::postgres().await else { return };
    let beside = app.beside().await;
    let team = app.team("North", None).await;
    let rik = app.member("Rik", &team, &[Role::Rep]).await;
    let mut phone = app.phone(&rik).await;
    for round in 0..5 {
        let customer = new_customer(rik.id, &format!("Customer {round}"));
        let id = customer.id;
        let mut batch = vec![phone.envelope(Mutation::CreateCustomer { customer })];
        for edit in 0..9 {
            let edit = CustomerEdit { place: Some(format!("Place {edit}")), ..CustomerEdit::default() };
            batch.push(phone.envelope(Mutation::EditCustomer { id, base: 0, edit, saw: CustomerEdit::default() }));
        }
        let batch = serde_json::to_string(&phone.batch(batch)).expect("JSON");
        let tries = (0..12).map(|n| {
            let process = if n % 2 == 0 { &app } else { &beside };
            process.post("/api/sync/push", Some(&phone.cookie), batch.clone())
        });
        let receipts: Vec<Vec<Outcome>> = join_all(tries).await.into_iter().map(|(_, body)| outcomes(&body)).collect();
        assert!(receipts[0].iter().all(|outcome| matches!(outcome, Outcome::Accepted { .. })), "{receipts:?}");
        assert!(receipts.iter().all(|other| *other == receipts[0]), "every try got the same answer: {receipts:?}");
        let found: Vec<Customer> = customers(phone.rows().await);
        let versions: Vec<u32> = found.iter().filter(|it| it.id == id).map(|it| it.version).collect();
        assert_eq!(versions, [9], "each edit counts one up");
    }
}

fn outcomes(body: &str) -> Vec<Outcome> {
    let pushed: app::sync::protocol::Pushed = serde_json::from_str(body).unwrap_or_else(|error| panic!("{error}: {body}"));
    pushed.receipts.into_iter().map(|receipt| receipt.outcome).collect()
}

fn customers(rows: Vec<Row>) -> Vec<Customer> {
    rows.into_iter().filter_map(|row| if let Row::Customer(it) = row { Some(it) } else { None }).collect()
}
