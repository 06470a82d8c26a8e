//! The team screen.

mod not_met;
mod people;
mod team;

use crate::route::{Screens, screen};
use leptos::prelude::*;
use leptos_router::path;

/// The address of the team screen.
pub fn routes() -> Screens {
    vec![screen(path!("/app/team"), || view! { <team::Team /> }.into_any())]
}
