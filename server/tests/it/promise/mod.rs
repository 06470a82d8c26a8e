//! Promises between makers, keepers and customers; questions to colleagues.

mod inside;
mod keeping;
mod reliability;

use crate::support::{Phone, TestApp, visitor::Visit};
use app::{
    id::{MemberId, PromiseId},
    promise::{Promise, PromiseState},
    sync::protocol::Row,
};
use chrono::Days;
use server::{clock, random};

/// A rep's visit, and a colleague in delivery who sees nothing of the customer.
struct Two<'a> {
    visit: Visit<'a>,
    dora: Phone<'a>,
}

impl<'a> Two<'a> {
    async fn new(app: &'a TestApp) -> Self {
        let visit = Visit::new(app).await;
        let delivery = app.team("Delivery", None).await;
        let dora = app.member("Dora Delivery", &delivery, &[]).await;
        Self { visit, dora: app.phone(&dora).await }
    }
}

/// A promise of the rep's, kept by `keeper`, that fell due yesterday.
fn promise_of(visit: &Visit<'_>, keeper: MemberId) -> Promise {
    Promise {
        id: PromiseId(random::uuid()),
        customer: visit.customer.id,
        meeting: None,
        maker: visit.rep.id,
        keeper,
        what: "Replace the valve".into(),
        due: clock::now().date_at(0) - Days::new(1),
        evidence: String::new(),
        state: PromiseState::Open,
        course: Default::default(),
    }
}

fn promises(rows: Vec<Row>) -> Vec<Promise> {
    rows.into_iter().filter_map(|row| if let Row::Promise(promise) = row { Some(promise) } else { None }).collect()
}
