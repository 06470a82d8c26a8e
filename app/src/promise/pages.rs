//! The promise screens: what is open, how it went, a new one; and what colleagues are asked.

mod answer_inside;
mod ask_inside;
mod change;
mod colleagues;
mod confirm;
mod ledger;
mod list;
mod new;
mod reassign;
mod report;
mod row;
mod said;
mod settle;
mod show;
mod show_inside;
mod sides;

use crate::{
    id::{CustomerId, InsideAskId, MemberId, PromiseId},
    route::{Screens, screen},
};
use leptos::prelude::*;
use leptos_router::path;

pub use ask_inside::inside_ask_draft;
pub use new::promise_draft;
pub use row::PromiseRow;

/// The addresses of the promise screens.
pub fn routes() -> Screens {
    vec![
        screen(path!("/app/promises"), || view! { <list::OwnPromises /> }.into_any()),
        screen(path!("/app/promises/asks/:ask"), || view! { <show_inside::ShowInsideAsk /> }.into_any()),
        screen(path!("/app/promises/:promise"), || view! { <show::ShowPromise /> }.into_any()),
        screen(path!("/app/customers/:customer/promise"), || view! { <new::NewPromise /> }.into_any()),
        screen(path!("/app/customers/:customer/promises"), || view! { <list::CustomersPromises /> }.into_any()),
        screen(path!("/app/customers/:customer/ask"), || view! { <ask_inside::NewInsideAsk /> }.into_any()),
        // Below the tab that a manager comes from.
        screen(path!("/app/team/:member/promises"), || view! { <list::RepsPromises /> }.into_any()),
    ]
}

/// The address of a promise.
pub fn promise_address(promise: PromiseId) -> String {
    format!("/app/promises/{promise}")
}

/// Where something is promised to a customer outside a meeting.
pub fn new_promise_address(customer: CustomerId) -> String {
    format!("/app/customers/{customer}/promise")
}

/// Everything that was promised to a customer.
pub fn promises_to_address(customer: CustomerId) -> String {
    format!("/app/customers/{customer}/promises")
}

/// Everything that a member promised or keeps, for the manager.
pub fn promises_of_address(member: MemberId) -> String {
    format!("/app/team/{member}/promises")
}

/// Where a colleague is asked for a customer's sake.
pub fn ask_inside_address(customer: CustomerId) -> String {
    format!("/app/customers/{customer}/ask")
}

/// The address of a question to a colleague.
pub fn inside_ask_address(ask: InsideAskId) -> String {
    format!("/app/promises/asks/{ask}")
}
