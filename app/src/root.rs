//! The app on a phone: starts, sees who is in front of it, shows the screen that the address names.
//!
//! Start-up, in this order: a device in a customer's hands shows the survey and loads nothing of the rep's; a device that nobody uses
//! asks to sign in; otherwise the member's store is opened and every screen reads from it.

mod crash;
mod not_found;
mod notices;
mod shell;
mod tabs;

use crate::{
    account::Device,
    browser::{document, storage::StorageError, theme},
    sync::Phone,
};
use leptos::{mount::mount_to_body, prelude::*};
use shell::Shell;
use wasm_bindgen::prelude::wasm_bindgen;

/// Who is in front of the app.
#[derive(Clone, Copy)]
enum Start {
    /// A customer to whom the device was handed.
    Locked(Device),
    /// Somebody who has not signed in.
    SignedOut(Device),
    /// The member whose store is open.
    Open(Device, Phone),
}

/// Starts the app. Until it is up the page shows the skeleton that came with it.
#[wasm_bindgen(start)]
pub fn start() {
    crash::say_so();
    theme::show(theme::chosen());
    wasm_bindgen_futures::spawn_local(async {
        match open().await {
            Ok(start) => mount_to_body(move || view! { <Shell start /> }),
            Err(error) => mount_to_body(move || view! { <crash::NoStorage error=error.clone() /> }),
        }
    });
}

async fn open() -> Result<Start, StorageError> {
    let device = Device::open().await?;
    if device.handover().with_untracked(Option::is_some) {
        return Ok(Start::Locked(device));
    }
    match device.member() {
        Some(member) => Ok(Start::Open(device, Phone::open(member, document::reload).await?)),
        None => Ok(Start::SignedOut(device)),
    }
}
