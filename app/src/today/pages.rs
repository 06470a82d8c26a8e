//! The Today screen.

mod first_pull;
mod put_off;
mod quiet;
mod reason;
mod row;
mod rows;
mod screen;
mod title;
mod unfinished;

use crate::route::{Screens, screen as at};
use leptos::prelude::*;
use leptos_router::path;

/// The address of Today.
pub fn routes() -> Screens {
    vec![at(path!("/app"), || view! { <screen::Today /> }.into_any())]
}
