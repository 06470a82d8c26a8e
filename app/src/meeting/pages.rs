//! The meeting screens: log, plan, look at, change; and touches.

mod asking;
mod edit;
mod facts;
mod form;
mod log;
mod outcome;
mod plan;
mod saved;
mod show;
mod summary;
mod touch;

use crate::{
    id::{CustomerId, MeetingId},
    route::{Screens, screen},
};
use leptos::prelude::*;
use leptos_router::path;

pub use log::log_draft;
pub use touch::TouchButtons;

/// The addresses of the meeting screens.
pub fn routes() -> Screens {
    vec![
        screen(path!("/app/log"), || view! { <log::Log /> }.into_any()),
        screen(path!("/app/log/customer/:customer"), || view! { <log::Log /> }.into_any()),
        screen(path!("/app/log/plan/:plan"), || view! { <log::Log /> }.into_any()),
        screen(path!("/app/plan"), || view! { <plan::Plan /> }.into_any()),
        screen(path!("/app/plan/customer/:customer"), || view! { <plan::Plan /> }.into_any()),
        screen(path!("/app/meetings/:meeting"), || view! { <show::ShowMeeting /> }.into_any()),
        screen(path!("/app/meetings/:meeting/edit"), || view! { <edit::EditMeeting /> }.into_any()),
        screen(path!("/app/meetings/:meeting/saved"), || view! { <saved::Saved /> }.into_any()),
    ]
}

/// The address of a meeting's screen.
pub fn meeting_address(meeting: MeetingId) -> String {
    format!("/app/meetings/{meeting}")
}

/// Where a meeting is logged, with a customer where one is known.
pub fn log_address(customer: Option<CustomerId>) -> String {
    customer.map_or("/app/log".to_owned(), |customer| format!("/app/log/customer/{customer}"))
}

/// Where a log that was just saved is confirmed. One that was opened for a customer is taken back there.
fn saved_address(meeting: MeetingId, opened_for: Option<CustomerId>) -> String {
    let opened_for = opened_for.map(|customer| format!("?customer={customer}")).unwrap_or_default();
    format!("{}/saved{opened_for}", meeting_address(meeting))
}

/// Where a planned visit is turned into a log.
pub fn log_plan_address(plan: MeetingId) -> String {
    format!("/app/log/plan/{plan}")
}

/// Where a visit is planned, with a customer where one is known.
pub fn plan_address(customer: Option<CustomerId>) -> String {
    customer.map_or("/app/plan".to_owned(), |customer| format!("/app/plan/customer/{customer}"))
}
