//! Files that go out of the app and come into it.

use js_sys::Array;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, Event, File, HtmlAnchorElement, HtmlInputElement, Url};

use super::window::{describe, window};

/// A file could not be offered or read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the file failed: {0}")]
pub struct FileError(String);

impl From<JsValue> for FileError {
    fn from(thrown: JsValue) -> Self {
        FileError(describe(&thrown))
    }
}

/// Offers a text as a download. `media_type` as in `text/csv`.
pub fn offer(name: &str, media_type: &str, text: &str) -> Result<(), FileError> {
    let kind = BlobPropertyBag::new();
    kind.set_type(media_type);
    let blob = Blob::new_with_str_sequence_and_options(&Array::of1(&text.into()), &kind)?;
    let address = Url::create_object_url_with_blob(&blob)?;

    let document = window().document().expect("a window has a document");
    let link: HtmlAnchorElement = document.create_element("a")?.unchecked_into();
    link.set_href(&address);
    link.set_download(name);
    link.click();
    // The download has begun: the browser holds the bytes itself from here on.
    Ok(Url::revoke_object_url(&address)?)
}

/// The file chosen in the file input that fired this event.
pub fn chosen(event: &Event) -> Option<File> {
    event.target()?.dyn_into::<HtmlInputElement>().ok()?.files()?.get(0)
}

/// The whole file as text; bytes that are not UTF-8 become replacement characters.
pub async fn read_text(file: &File) -> Result<String, FileError> {
    let text = JsFuture::from(file.text()).await?;
    Ok(text.as_string().expect("a file's text is text"))
}
