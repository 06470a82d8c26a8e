//! The promise screens: what is open, how it went, a new one.

mod list;
mod new;
mod row;
mod settle;
mod show;

use crate::{
    id::{CustomerId, PromiseId},
    route::{Screens, screen},
};
use leptos::prelude::*;
use leptos_router::path;

pub use row::PromiseRow;

/// The addresses of the promise screens.
pub fn routes() -> Screens {
    vec![
        screen(path!("/app/promises"), || view! { <list::PromiseList /> }.into_any()),
        screen(path!("/app/promises/:promise"), || view! { <show::ShowPromise /> }.into_any()),
        screen(path!("/app/customers/:customer/promise"), || view! { <new::NewPromise /> }.into_any()),
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
