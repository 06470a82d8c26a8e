//! Pictures that were looked at lately, kept by the browser so that they show without network: one album per member.
//!
//! What is in it can be had again, so that a failure is nothing but an empty album.

use js_sys::{Array, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Cache, CacheStorage, Request, Response};

use super::window::{offers, window};

/// The album of one member.
pub struct Album(String);

impl Album {
    /// Of `member`.
    pub fn of(member: &str) -> Self {
        Self(format!("qdos-photos-{member}"))
    }

    /// The picture under `path`, if it is here. It is now the one looked at last.
    pub async fn take_out(&self, path: &str) -> Option<Vec<u8>> {
        let cache = self.open().await.ok()?;
        let found: Response = JsFuture::from(cache.match_with_str(path)).await.ok()?.dyn_into().ok()?;
        let bytes = Uint8Array::new(&JsFuture::from(found.array_buffer().ok()?).await.ok()?).to_vec();
        self.put_in(path, &bytes).await;
        Some(bytes)
    }

    /// Keeps a picture under `path`, as the one looked at last.
    pub async fn put_in(&self, path: &str, bytes: &[u8]) {
        let put = async {
            let cache = self.open().await?;
            // A cache lists what it holds in the order in which it came.
            JsFuture::from(cache.delete_with_str(path)).await?;
            let picture = Response::new_with_opt_js_u8_array(Some(&Uint8Array::from(bytes)))?;
            JsFuture::from(cache.put_with_str(path, &picture)).await
        };
        // Where there is no room the picture is asked for again.
        let _ = put.await;
    }

    /// Forgets all but the `most` looked at last, and whatever is not `wanted` any more, by path.
    pub async fn thin_out(&self, most: usize, wanted: impl Fn(&str) -> bool) {
        let thin_out = async {
            let cache = self.open().await?;
            let kept: Array = JsFuture::from(cache.keys()).await?.unchecked_into();
            for (at, request) in kept.iter().enumerate() {
                let request: Request = request.unchecked_into();
                let path = path_of(&request.url());
                if at + most < kept.length() as usize || !wanted(&path) {
                    JsFuture::from(cache.delete_with_request(&request)).await?;
                }
            }
            Ok::<_, JsValue>(())
        };
        let _ = thin_out.await;
    }

    /// Forgets everything.
    pub async fn remove(&self) {
        if let Some(caches) = caches() {
            let _ = JsFuture::from(caches.delete(&self.0)).await;
        }
    }

    async fn open(&self) -> Result<Cache, JsValue> {
        let caches = caches().ok_or(JsValue::UNDEFINED)?;
        Ok(JsFuture::from(caches.open(&self.0)).await?.unchecked_into())
    }
}

/// The browser's caches: none where the page is not secure.
fn caches() -> Option<CacheStorage> {
    offers(&window(), "caches").then(|| window().caches().ok()).flatten()
}

/// The path of an address of our own.
fn path_of(address: &str) -> String {
    address.strip_prefix(&super::document::origin()).unwrap_or(address).to_owned()
}
