//! The screen that says where everything saved on this phone is, and the row that leads to it.

mod carry;
mod needs_you;
mod settled;
mod show;
mod status;
mod whole;

use crate::route::{Screens, screen};
use leptos::prelude::*;
use leptos_router::path;

pub use status::{StatusRow, Warnings};

/// Where what is only on this device is sent, or saved in a locked file.
pub const CARRY_ADDRESS: &str = "/app/outbox?open=by-hand";

/// The addresses of the outbox screens.
pub fn routes() -> Screens {
    vec![screen(path!("/app/outbox"), || view! { <show::ShowOutbox /> }.into_any())]
}
