//! The screen on which reminders are turned on and off.

mod screen;

use crate::route::{Screens, screen};
use leptos::prelude::*;
use leptos_router::path;

/// The address of the screen.
pub fn routes() -> Screens {
    vec![screen(path!("/app/more/reminders"), || view! { <screen::RemindersScreen /> }.into_any())]
}
