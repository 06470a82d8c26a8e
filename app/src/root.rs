//! The app on a phone: starts, sees who is in front of it, shows the screen that the address names.
//!
//! Start-up, in this order: a device in a customer's hands shows the survey and loads nothing of the rep's; a device that nobody uses
//! asks to sign in; otherwise the member's store is opened and every screen reads from it. Who has not signed in loads no more than that.

mod crash;
mod inside;
mod not_found;
mod notices;
mod shell;
mod tabs;

use crate::{
    account::{Device, SignedOut},
    browser::{document, storage, theme},
    sync::{Opening, Phone},
};
use leptos::{mount::mount_to_body, prelude::*};
use wasm_bindgen::prelude::wasm_bindgen;

/// Starts the app. Until it is up the page shows the skeleton that came with it.
#[wasm_bindgen(start)]
pub fn start() {
    crash::say_so();
    theme::show(theme::chosen());
    wasm_bindgen_futures::spawn_local(async {
        match Device::open().await {
            Ok(device) if device.is_used() => {
                if inside::begin(device, opening(device)).await.is_err() {
                    document::say(
                        "Qdos could not load. Check your connection, then load the page again. What you saved on this phone is safe.",
                    );
                }
            }
            Ok(device) => mount_to_body(move || {
                provide_context(device);
                view! { <SignedOut /> }
            }),
            Err(error) => crash::show_no_storage(error),
        }
    });
}

/// The store of whoever uses `device`, on its way; nothing of it while a customer holds the device.
fn opening(device: Device) -> Option<Opening> {
    let member = device.member().filter(|_| device.handover().with_untracked(Option::is_none))?;
    // A screen deeper inside may be about something old.
    let in_part = notices::AT_REST.contains(&document::path().as_str());
    Some(Phone::opening(member, in_part, storage::give_way))
}
