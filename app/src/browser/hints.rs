//! Small conveniences in localStorage. All of it may be lost, at any moment, without harm.

use std::collections::BTreeSet;

use gloo_storage::{LocalStorage, Storage};

const DISMISSED: &str = "qdos.dismissed";
const RATINGS_SEEN: &str = "qdos.ratings";
const LAST_TAB: &str = "qdos.tab";

/// Whether this hint was dismissed on this device.
pub fn is_dismissed(hint: &str) -> bool {
    dismissed().contains(hint)
}

/// Does not show the hint again.
pub fn dismiss(hint: &str) {
    let mut all = dismissed();
    if all.insert(hint.to_owned()) {
        keep(DISMISSED, &all);
    }
}

/// The path of the tab that was open last.
pub fn last_tab() -> Option<String> {
    LocalStorage::get(LAST_TAB).ok()
}

/// Remembers the tab that is open.
pub fn remember_tab(path: &str) {
    keep(LAST_TAB, &path);
}

/// Forgets it: somebody else may begin here.
pub fn forget_tab() {
    LocalStorage::delete(LAST_TAB);
}

/// How many ratings were there when the person last looked at them; nothing on a device where nobody looked yet.
pub fn ratings_seen() -> Option<usize> {
    LocalStorage::get(RATINGS_SEEN).ok()
}

/// Remembers that so many ratings were there.
pub fn remember_ratings(seen: usize) {
    keep(RATINGS_SEEN, &seen);
}

fn dismissed() -> BTreeSet<String> {
    LocalStorage::get(DISMISSED).unwrap_or_default()
}

fn keep(key: &str, value: &impl serde::Serialize) {
    // Full or forbidden: the hint comes back, which is all that is lost.
    let _ = LocalStorage::set(key, value);
}
