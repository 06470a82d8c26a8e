//! Light or dark, as the person or the system wishes.

use gloo_storage::{LocalStorage, Storage};
use serde::{Deserialize, Serialize};

use super::window::window;

const KEY: &str = "qdos.theme";

/// The colours chosen on this device.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    /// As the system says, also when it changes in the evening.
    #[default]
    System,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
}

/// The choice kept on this device.
pub fn chosen() -> Theme {
    LocalStorage::get(KEY).unwrap_or_default()
}

/// Keeps the choice and shows it.
pub fn choose(theme: Theme) {
    // What may be lost: the system's colours come back.
    let _ = LocalStorage::set(KEY, theme);
    show(theme);
}

/// Shows a theme: the attribute `data-theme` on the root element, absent for the system's.
pub fn show(theme: Theme) {
    let root = window().document().and_then(|document| document.document_element()).expect("a page has a root element");
    let shown = match theme {
        Theme::System => root.remove_attribute("data-theme"),
        Theme::Light => root.set_attribute("data-theme", "light"),
        Theme::Dark => root.set_attribute("data-theme", "dark"),
    };
    shown.expect("`data-theme` is a valid attribute name");
}
