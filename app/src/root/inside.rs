//! All but the sign-in: loaded when somebody uses this device, or a customer holds it.

use super::{crash, shell::Shell};
use crate::{
    account::Device,
    browser::storage::StorageError,
    sync::{Opening, Phone},
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

/// Loads the rest of the app and shows it to whoever uses `device`: the member whose store is `opening`, or else a customer.
///
/// # Errors
/// It could not be loaded.
#[wasm_split(inside, wasm_split_path = leptos::wasm_split, fallible)]
pub(super) fn begin(device: Device, opening: Option<Opening>) -> Result<(), SplitLoaderError> {
    wasm_bindgen_futures::spawn_local(async move {
        match open(device, opening).await {
            Ok(start) => mount_to_body(move || view! { <Shell start /> }),
            Err(error) => crash::show_no_storage(error),
        }
    });
    Ok(())
}

async fn open(device: Device, opening: Option<Opening>) -> Result<Start, StorageError> {
    match opening {
        Some(opening) => Ok(Start::Open(device, Phone::open(opening).await?)),
        None => Ok(Start::Locked(device)),
    }
}
