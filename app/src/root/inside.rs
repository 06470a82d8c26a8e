//! All but the sign-in: loaded when somebody uses this device, or a customer holds it.

use super::{crash, notices::AT_REST, shell::Shell};
use crate::{
    account::Device,
    browser::{document, storage::StorageError},
    sync::Phone,
};
use leptos::{
    mount::mount_to_body,
    prelude::*,
    wasm_split::{SplitLoaderError, wasm_split},
};

/// Who is in front of the app.
#[derive(Clone, Copy)]
pub(super) enum Start {
    /// A customer to whom the device was handed.
    Locked(Device),
    /// The member whose store is open.
    Open(Device, Phone),
}

/// Loads the rest of the app and shows it to whoever uses `device`.
///
/// # Errors
/// It could not be loaded.
#[wasm_split(inside, wasm_split_path = leptos::wasm_split, fallible)]
pub(super) fn begin(device: Device) -> Result<(), SplitLoaderError> {
    wasm_bindgen_futures::spawn_local(async move {
        match open(device).await {
            Ok(start) => mount_to_body(move || view! { <Shell start /> }),
            Err(error) => crash::show_no_storage(error),
        }
    });
    Ok(())
}

async fn open(device: Device) -> Result<Start, StorageError> {
    match device.member() {
        Some(member) if device.handover().with_untracked(Option::is_none) => {
            // A screen deeper inside may be about something old.
            let in_part = AT_REST.contains(&document::path().as_str());
            Ok(Start::Open(device, Phone::open(member, in_part, document::reload).await?))
        }
        _ => Ok(Start::Locked(device)),
    }
}
