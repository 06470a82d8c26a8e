//! The number on the installed app's icon.

use wasm_bindgen::{JsCast, JsValue};

use super::window::{navigator, offers};

/// Shows `count` on the app's icon; nothing at 0. Does nothing where this browser or the home screen shows no such number.
pub fn show(count: usize) {
    let (name, argument) = if count == 0 { ("clearAppBadge", None) } else { ("setAppBadge", Some(count as f64)) };
    let navigator = navigator();
    if !offers(&navigator, name) {
        return;
    }
    let Some(function) = js_sys::Reflect::get(&navigator, &name.into()).ok().and_then(|it| it.dyn_into::<js_sys::Function>().ok()) else {
        return;
    };
    // It answers with a promise that is refused where the app is not installed: nobody misses the number then.
    let answered = match argument {
        Some(count) => function.call1(&navigator, &JsValue::from_f64(count)),
        None => function.call0(&navigator),
    };
    if let Some(promise) = answered.ok().and_then(|it| it.dyn_into::<js_sys::Promise>().ok()) {
        wasm_bindgen_futures::spawn_local(async move { drop(wasm_bindgen_futures::JsFuture::from(promise).await) });
    }
}
