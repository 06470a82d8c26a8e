//! The screens of this tab in the order they were visited.
//!
//! Positions on them are the browser's: it keeps where each was scrolled to and restores that on the way back. So the way back has to
//! be a step back, and not a new visit of the same address.
//!
//! Bound by hand, because web_sys offers the Navigation API only under a compiler flag for unstable APIs.

use js_sys::{Array, JsString, Reflect};
use wasm_bindgen::prelude::*;

use super::{document, window::window};

#[wasm_bindgen]
extern "C" {
    type Navigation;

    #[wasm_bindgen(method)]
    fn entries(this: &Navigation) -> Array;

    #[wasm_bindgen(method, getter, js_name = currentEntry)]
    fn current_entry(this: &Navigation) -> Option<Entry>;

    type Entry;

    #[wasm_bindgen(method, getter)]
    fn index(this: &Entry) -> i32;
}

/// The addresses visited in this tab, without the origin, up to and with the one in view; empty where the browser does not tell.
pub fn visited() -> Vec<String> {
    let Some(navigation) = Reflect::get(&window(), &"navigation".into()).ok().filter(JsValue::is_object) else { return Vec::new() };
    let navigation: Navigation = navigation.unchecked_into();
    let Some(current) = navigation.current_entry().and_then(|entry| usize::try_from(entry.index()).ok()) else { return Vec::new() };
    let origin = document::origin();
    let address = |entry: JsValue| {
        let address = Reflect::get(&entry, &"url".into()).ok().and_then(|url| url.dyn_into::<JsString>().ok()).map(String::from);
        address.and_then(|address| address.strip_prefix(&origin).map(str::to_owned)).unwrap_or_default()
    };
    navigation.entries().iter().take(current + 1).map(address).collect()
}

/// Goes so many steps back.
pub fn go_back(steps: usize) {
    let history = window().history().expect("a window has a history");
    // Past its beginning the browser stays where it is.
    let _ = history.go_with_delta(-i32::try_from(steps).unwrap_or(i32::MAX));
}

/// Puts `path` in the place of the address in view, without going anywhere.
pub fn rename(path: &str) {
    let history = window().history().expect("a window has a history");
    // A path of our own origin may always be shown.
    let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(path));
}
