//! The preparation card's screen.

mod known;
mod prepare;
mod standing;

use crate::{
    id::CustomerId,
    meeting::{Meeting, MeetingFormat},
    route::{Screens, screen},
};
use leptos::prelude::*;
use leptos_router::path;

/// The address of the preparation card.
pub fn routes() -> Screens {
    vec![screen(path!("/app/customers/:customer/prepare"), || view! { <prepare::Prepare /> }.into_any())]
}

/// Where a visit to `customer` is prepared, in a format where one is known.
pub fn prepare_address(customer: CustomerId, format: Option<MeetingFormat>) -> String {
    let format = format.map(|format| format!("?format={}", format.key())).unwrap_or_default();
    format!("/app/customers/{customer}/prepare{format}")
}

/// Where a planned visit is prepared.
pub fn prepare_visit_address(plan: &Meeting) -> String {
    format!("{}&visit={}", prepare_address(plan.customer, Some(plan.format)), plan.id)
}
