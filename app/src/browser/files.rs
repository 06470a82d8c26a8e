//! Files that go out of the app and come into it.

use js_sys::{Array, Uint8Array};
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

/// A file that the person chose, not yet read.
pub struct Chosen(File);

impl Chosen {
    /// The one chosen in the file input that fired this event. The input forgets it, so that the same file, mended, can be chosen again.
    pub fn of(event: &Event) -> Option<Self> {
        let input = event.target()?.dyn_into::<HtmlInputElement>().ok()?;
        let file = input.files()?.get(0);
        input.set_value("");
        file.map(Self)
    }

    /// All that were chosen in the file input that fired this event, which forgets them.
    pub fn all_of(event: &Event) -> Vec<Self> {
        let Some(input) = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok()) else { return Vec::new() };
        let Some(files) = input.files() else { return Vec::new() };
        let chosen = (0..files.length()).filter_map(|at| files.get(at)).map(Self).collect();
        input.set_value("");
        chosen
    }

    /// The browser's own handle of it.
    pub(super) fn file(&self) -> &File {
        &self.0
    }

    /// What it is called.
    pub fn name(&self) -> String {
        self.0.name()
    }

    /// How large it is, bytes.
    pub fn size(&self) -> f64 {
        self.0.size()
    }

    /// All of it.
    pub async fn read(&self) -> Result<Vec<u8>, FileError> {
        let bytes = JsFuture::from(self.0.array_buffer()).await?;
        Ok(Uint8Array::new(&bytes).to_vec())
    }
}
