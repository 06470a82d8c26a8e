//! The engagement screen: one's own view, reached from Feedback and More.

mod mirror;
mod show;

use crate::route::{Screens, screen};
use leptos::prelude::*;
use leptos_router::path;

/// Where it is.
pub const ADDRESS: &str = "/app/engagement";

/// The addresses of the engagement screens.
pub fn routes() -> Screens {
    vec![screen(path!("/app/engagement"), || view! { <show::OwnEngagement /> }.into_any())]
}
