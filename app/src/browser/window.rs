//! The two objects that everything else starts from, and how a thrown value is read.

use wasm_bindgen::{JsCast, JsValue};

/// The window. The app never runs in a worker.
pub(super) fn window() -> web_sys::Window {
    web_sys::window().expect("the app runs in a window")
}

/// The window's navigator.
pub(super) fn navigator() -> web_sys::Navigator {
    window().navigator()
}

/// Whether this browser offers `name` on `object`: what web_sys declares need not exist here.
pub(super) fn offers(object: &JsValue, name: &str) -> bool {
    js_sys::Reflect::get(object, &name.into()).is_ok_and(|value| !value.is_undefined() && !value.is_null())
}

/// The `name` of a thrown error, such as `AbortError`.
pub(super) fn error_name(thrown: &JsValue) -> String {
    thrown.dyn_ref::<js_sys::Error>().map(|error| String::from(error.name())).unwrap_or_default()
}

/// A thrown value as text for a log or an export.
pub(super) fn describe(thrown: &JsValue) -> String {
    match thrown.dyn_ref::<js_sys::Error>() {
        Some(error) => format!("{}: {}", error.name(), error.message()),
        None => format!("{thrown:?}"),
    }
}
