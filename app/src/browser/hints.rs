//! Small conveniences in localStorage. All of it may be lost, at any moment, without harm.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use gloo_storage::{LocalStorage, Storage};

const DISMISSED: &str = "qdos.dismissed";
const RATINGS_SEEN: &str = "qdos.ratings";
/// Also read by `public/boot.js`: whoever has a tab will need the whole app.
const LAST_TAB: &str = "qdos.tab";
const REFLECTION_SKIPPED: &str = "qdos.not-today";
const REFLECTION_OFFERED: &str = "qdos.offered";
const WANTING_TAPS: &str = "qdos.taps";

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

/// The day on which the person last did not want to reflect.
pub fn reflection_skipped() -> Option<NaiveDate> {
    LocalStorage::get(REFLECTION_SKIPPED).ok()
}

/// Remembers that the person does not want to reflect on `day`.
pub fn skip_reflection(day: NaiveDate) {
    keep(REFLECTION_SKIPPED, &day);
}

/// The day on which the person was last offered to reflect right after a meeting.
pub fn reflection_offered() -> Option<NaiveDate> {
    LocalStorage::get(REFLECTION_OFFERED).ok()
}

/// Remembers that the person was offered it on `day`.
pub fn offer_reflection(day: NaiveDate) {
    keep(REFLECTION_OFFERED, &day);
}

/// Whether `member` wants to be asked for energy, confidence and mood on this device.
pub fn wants_taps(member: &str) -> bool {
    wanting_taps().contains(member)
}

/// Asks `member` for them from now on, or no longer.
pub fn want_taps(member: &str, wanted: bool) {
    let mut all = wanting_taps();
    if if wanted { all.insert(member.to_owned()) } else { all.remove(member) } {
        keep(WANTING_TAPS, &all);
    }
}

fn wanting_taps() -> BTreeSet<String> {
    LocalStorage::get(WANTING_TAPS).unwrap_or_default()
}

fn dismissed() -> BTreeSet<String> {
    LocalStorage::get(DISMISSED).unwrap_or_default()
}

fn keep(key: &str, value: &impl serde::Serialize) {
    // Full or forbidden: the hint comes back, which is all that is lost.
    let _ = LocalStorage::set(key, value);
}
