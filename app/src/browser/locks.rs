//! Web Locks: one holder at a time over all tabs, released by the browser when a tab dies.
//!
//! Bound by hand, because web_sys offers them only under a compiler flag for unstable APIs.

use js_sys::{Function, Object, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::AbortController;

use super::window::{describe, navigator};

#[wasm_bindgen]
extern "C" {
    type LockManager;

    #[wasm_bindgen(method, catch)]
    fn request(this: &LockManager, name: &str, options: &Object, callback: &Function) -> Result<Promise, JsValue>;
}

/// Why a lock cannot be had.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LockError {
    /// The browser has no locks, or none on an insecure page.
    #[error("this browser has no Web Locks")]
    Unavailable,
    /// The browser refused the request.
    #[error("the lock was refused: {0}")]
    Refused(String),
}

/// A held lock; dropping it lets the next one in.
#[must_use = "dropping the guard releases the lock"]
pub struct Held {
    release: Function,
    _granted: Closure<dyn FnMut() -> Promise>,
}

impl Drop for Held {
    fn drop(&mut self) {
        // Resolving a promise does not throw.
        let _ = self.release.call0(&JsValue::NULL);
    }
}

/// Waits until the lock is granted. Dropping the future gives the place in the queue up.
pub async fn hold(name: &str) -> Result<Held, LockError> {
    let manager = Reflect::get(&navigator(), &"locks".into()).ok().filter(JsValue::is_object).ok_or(LockError::Unavailable)?;
    let manager: LockManager = manager.unchecked_into();

    // The browser holds the lock until the promise that the callback returned is settled.
    let (kept, release) = open_promise();
    let (granted, grant) = open_promise();
    let on_granted = Closure::<dyn FnMut() -> Promise>::new(move || {
        let _ = grant.call0(&JsValue::NULL);
        kept.clone()
    });
    let held = Held { release, _granted: on_granted };

    let waiting = Waiting::new()?;
    let options = Object::new();
    Reflect::set(&options, &"signal".into(), &waiting.0.signal()).expect("a plain object takes any property");
    let request =
        manager.request(name, &options, held._granted.as_ref().unchecked_ref()).map_err(|thrown| LockError::Refused(describe(&thrown)))?;

    // The request's own promise settles at the release, or at once if it was refused.
    let race = js_sys::Array::of2(&granted, &request);
    JsFuture::from(Promise::race(&race)).await.map_err(|thrown| LockError::Refused(describe(&thrown)))?;
    Ok(held)
}

/// Leaves the queue when dropped; without effect once the lock is granted.
struct Waiting(AbortController);

impl Waiting {
    fn new() -> Result<Self, LockError> {
        AbortController::new().map(Waiting).map_err(|thrown| LockError::Refused(describe(&thrown)))
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// A promise and the function that resolves it.
fn open_promise() -> (Promise, Function) {
    let mut resolver = None;
    let promise = Promise::new(&mut |resolve, _reject| resolver = Some(resolve));
    (promise, resolver.expect("a promise runs its executor at once"))
}
