//! The organisation's settings, for administrators.

mod settings;

use crate::{
    account::for_administrators,
    route::{Screens, screen},
};
use leptos::prelude::*;
use leptos_router::path;

/// The address of the settings.
pub fn routes() -> Screens {
    vec![screen(path!("/app/more/settings"), || for_administrators("Settings", || view! { <settings::SettingsScreen /> }.into_any()))]
}
