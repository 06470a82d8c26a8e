//! The share screen: one text, whom it is about, what it becomes.

mod screen;

use crate::route::{Screens, screen};
use leptos::prelude::*;
use leptos_router::path;

/// The address of the share screen, as the manifest names it to other apps.
pub const ADDRESS: &str = "/app/share";

/// The addresses of the share screen.
pub fn routes() -> Screens {
    vec![screen(path!("/app/share"), || view! { <screen::Share /> }.into_any())]
}
