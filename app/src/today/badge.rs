//! The number of things that wait, on the installed app's icon.

use super::{Extent, Looking, agenda, ratings_of};
use crate::{
    browser::{badge, clock, event, hints},
    sync::Phone,
};
use leptos::prelude::*;

/// Keeps the number up to date while the app is open, and leaves the right one when it is left.
pub fn keep_badge(phone: Phone) {
    phone.on_quiet(move || count(phone));
    StoredValue::new_local(event::on_hidden(move || count(phone)));
}

fn count(phone: Phone) {
    let looking = Looking { member: phone.me(), wall: clock::wall(), seen: ratings_seen(phone), extent: Extent::ForNow };
    badge::show(phone.replica().with_untracked(|replica| agenda(replica, &looking).due()));
}

/// How many ratings the person has looked at; before anybody looked on this device, what is there is not new.
pub fn ratings_seen(phone: Phone) -> usize {
    hints::ratings_seen().unwrap_or_else(|| phone.replica().with_untracked(|replica| ratings_of(replica, phone.me())))
}
