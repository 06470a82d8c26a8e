//! A phone whose app is newer than the server: it is told to wait, and nothing of what it sends is kept, so that it can be sent again.

use crate::{
    on_both_engines,
    support::{Phone, TestApp, new_customer},
};
use app::{
    account::Role,
    sync::protocol::{Envelope, Mutation, Outcome, Problem, ProblemCode, Pull, Row, WIRE},
};

/// What the server says: 'upgrade required'.
const WAIT: (u16, ProblemCode) = (426, ProblemCode::TooNew);

on_both_engines! {
    async fn what_a_newer_app_sends_waits_as_a_whole_until_the_server_is_as_new(app) {
        let rep = app.member("Rik", &app.team("North", None).await, &[Role::Rep]).await;
        let mut phone = app.phone(&rep).await;
        let known = phone.envelope(Mutation::CreateCustomer { customer: new_customer(rep.id, "Acme") });
        let newer = phone.envelope(Mutation::CreateCustomer { customer: new_customer(rep.id, "Bakker") });
        let sent = phone.batch(vec![known.clone(), Envelope { wire: WIRE + 1, ..newer.clone() }]);
        let sent = serde_json::to_string(&sent).expect("JSON");
        // What cannot be read is waited with, too, and not refused for good.
        for sent in [sent.clone(), sent.replace("create_customer", "teleport_customer")] {
            assert_eq!(refused(&app, &phone, "/api/sync/push", sent).await, WAIT);
        }
        assert_eq!(kept(&app).await, 0);
        assert_eq!(customers(&mut phone).await, 0);

        let pushed = phone.push(&phone.batch(vec![known, newer])).await;
        assert!(pushed.receipts.iter().all(|receipt| matches!(receipt.outcome, Outcome::Accepted { .. })), "{pushed:?}");
        assert_eq!(pushed.missing, Vec::<u64>::new());
        assert_eq!(customers(&mut phone).await, 2);
    }

    async fn a_newer_app_does_not_pull_what_it_would_read_otherwise(app) {
        let rep = app.member("Rik", &app.team("North", None).await, &[Role::Rep]).await;
        let phone = app.phone(&rep).await;
        let pull = Pull { wire: WIRE + 1, member: rep.id, cursors: Vec::new() };
        assert_eq!(refused(&app, &phone, "/api/sync/pull", serde_json::to_string(&pull).expect("JSON")).await, WAIT);
    }
}

/// With which status and problem the server answers what it does not do.
async fn refused(app: &TestApp, phone: &Phone<'_>, path: &str, sent: String) -> (u16, ProblemCode) {
    let (status, body) = app.post(path, Some(&phone.cookie), sent).await;
    let problem: Problem = serde_json::from_str(&body).expect("a problem");
    (status.as_u16(), problem.code)
}

/// How many rows there are of what a push leaves behind.
async fn kept(app: &TestApp) -> i64 {
    let sql = "select (select count(*) from device) + (select count(*) from receipt) + (select count(*) from quarantine)
            + (select count(*) from customer)";
    app.number(sql).await
}

async fn customers(phone: &mut Phone<'_>) -> usize {
    phone.rows().await.iter().filter(|row| matches!(row, Row::Customer(_))).count()
}
