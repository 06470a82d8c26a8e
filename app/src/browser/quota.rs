//! How much the browser lets the app keep, and how firmly.

use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{StorageEstimate, StorageManager};

use super::window::{navigator, offers};

/// The browser's own estimate, in bytes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Space {
    /// In use by this origin.
    pub used: f64,
    /// Granted to this origin.
    pub granted: f64,
}

/// Asks that the app's databases not be cleared when the device runs short. `false` if refused.
pub async fn persist() -> bool {
    let Some(manager) = manager() else { return false };
    let Ok(asked) = manager.persist() else { return false };
    JsFuture::from(asked).await.is_ok_and(|granted| granted == true)
}

/// Whether that was granted before.
pub async fn is_persisted() -> bool {
    let Some(manager) = manager() else { return false };
    let Ok(asked) = manager.persisted() else { return false };
    JsFuture::from(asked).await.is_ok_and(|granted| granted == true)
}

/// Space used and granted, where the browser says.
pub async fn space() -> Option<Space> {
    let estimate = JsFuture::from(manager()?.estimate().ok()?).await.ok()?;
    let estimate: StorageEstimate = estimate.unchecked_into();
    Some(Space { used: estimate.get_usage()?, granted: estimate.get_quota()? })
}

fn manager() -> Option<StorageManager> {
    offers(&navigator(), "storage").then(|| navigator().storage())
}
