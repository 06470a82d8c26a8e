//! Several processes on one PostgreSQL: commits overtake each other, and no puller may skip what was committed late.

use crate::support::{Phone, TestApp, new_customer};
use app::{
    account::{Member, Role},
    id::CustomerId,
    sync::protocol::{Mutation, Row},
};
use futures_util::future::join_all;
use std::{
    collections::BTreeSet,
    time::{Duration, Instant},
};

/// How long people write and pull unless `QDOS_SECONDS` says otherwise.
const SECONDS: u64 = 4;

/// Lets every commit that publishes something take up to 20 ms longer, at random.
const DAWDLE: [&str; 2] = [
    "create function dawdle() returns trigger language plpgsql
    as $$ begin perform pg_sleep(random() * 0.02); return null; end $$",
    "create constraint trigger dawdle after insert or update on change
    deferrable initially deferred
    for each row execute function dawdle()",
];

#[tokio::test(flavor = "multi_thread")]
async fn no_puller_misses_a_row_however_commits_overtake_each_other() {
    let Some(app) = TestApp::postgres().await else { return };
    for sql in DAWDLE {
        app.sql(sql).await;
    }
    let beside = app.beside().await;
    let team = app.team("North", None).await;
    let manager = app.member("Mia", &team, &[Role::Manager]).await;
    let mut reps = Vec::new();
    for n in 0..6 {
        reps.push(app.member(&format!("Rep {n}"), &team, &[Role::Rep]).await);
    }
    let seconds = std::env::var("QDOS_SECONDS").map_or(SECONDS, |text| text.parse().expect("a number"));
    let until = Instant::now() + Duration::from_secs(seconds);
    let (written, mut pullers) = tokio::join!(
        join_all(reps.iter().enumerate().map(|(n, rep)| write(if n % 2 == 0 { &app } else { &beside }, rep, until))),
        join_all([&app, &beside, &app, &beside].map(|process| pull(process, &manager, until))),
    );
    let written: BTreeSet<CustomerId> = written.into_iter().flatten().collect();
    assert!(written.len() > reps.len(), "much is written");
    pullers.push(app.phone(&manager).await);
    for puller in &mut pullers {
        assert_eq!(customers(puller).await, written);
    }
}

/// Makes customers, one after the other.
async fn write(process: &TestApp, rep: &Member, until: Instant) -> Vec<CustomerId> {
    let (mut phone, mut made) = (process.phone(rep).await, Vec::new());
    while Instant::now() < until {
        let customer = new_customer(rep.id, "Acme");
        made.push(customer.id);
        phone.must(Mutation::CreateCustomer { customer }).await;
    }
    made
}

/// Pulls without a rest.
async fn pull<'a>(process: &'a TestApp, manager: &Member, until: Instant) -> Phone<'a> {
    let mut phone = process.phone(manager).await;
    while Instant::now() < until {
        phone.pull().await;
    }
    phone
}

/// What a phone holds after a last pull.
async fn customers(phone: &mut Phone<'_>) -> BTreeSet<CustomerId> {
    let rows = phone.rows().await;
    rows.iter().filter_map(|row| if let Row::Customer(it) = row { Some(it.id) } else { None }).collect()
}
