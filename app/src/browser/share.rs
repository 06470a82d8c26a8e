//! Handing a text to another app.

use wasm_bindgen_futures::JsFuture;
use web_sys::ShareData;

use super::window::{describe, error_name, navigator, offers};

/// What became of a text offered for sharing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shared {
    /// Given to the app that the person chose.
    Sent,
    /// The person closed the list of apps.
    Cancelled,
    /// On the clipboard, because this browser has no such list: say so.
    Copied,
}

/// Neither sharing nor copying is possible here: show the text, to be selected by hand.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the text can be neither shared nor copied: {0}")]
pub struct ShareError(String);

/// Opens the system's share sheet, or copies. Call it straight from a tap: browsers refuse it otherwise.
pub async fn share(title: &str, text: &str) -> Result<Shared, ShareError> {
    if offers(&navigator(), "share") {
        let data = ShareData::new();
        data.set_title(title);
        data.set_text(text);
        match JsFuture::from(navigator().share_with_data(&data)).await {
            Ok(_) => return Ok(Shared::Sent),
            Err(thrown) if error_name(&thrown) == "AbortError" => return Ok(Shared::Cancelled),
            // Forbidden by policy or unable to show a sheet: copying may still work.
            Err(_) => {}
        }
    }
    copy(text).await.map(|()| Shared::Copied)
}

/// Puts the text on the clipboard.
pub async fn copy(text: &str) -> Result<(), ShareError> {
    if !offers(&navigator(), "clipboard") {
        return Err(ShareError("no clipboard on this page".to_owned()));
    }
    let copied = JsFuture::from(navigator().clipboard().write_text(text)).await;
    copied.map(drop).map_err(|thrown| ShareError(describe(&thrown)))
}
