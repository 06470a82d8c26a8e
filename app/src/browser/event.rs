//! Events of the page, as subscriptions that end when their guard is dropped.

use wasm_bindgen::prelude::*;
use web_sys::{EventTarget, VisibilityState};

use super::window::window;

/// Keeps a subscription alive; dropping it unsubscribes.
#[must_use = "dropping the guard unsubscribes"]
pub struct Listening {
    target: EventTarget,
    name: &'static str,
    captures: bool,
    callback: Closure<dyn FnMut(web_sys::Event)>,
}

impl Drop for Listening {
    fn drop(&mut self) {
        // Fails only for a name that no listener can have.
        let callback = self.callback.as_ref().unchecked_ref();
        let _ = self.target.remove_event_listener_with_callback_and_bool(self.name, callback, self.captures);
    }
}

/// The network came back, as far as the operating system knows.
pub fn on_online(act: impl FnMut() + 'static) -> Listening {
    listen(window(), "online", act)
}

/// The network went away.
pub fn on_offline(act: impl FnMut() + 'static) -> Listening {
    listen(window(), "offline", act)
}

/// Whether the app is looked at.
pub fn is_visible() -> bool {
    window().document().is_some_and(|document| document.visibility_state() == VisibilityState::Visible)
}

/// The app became visible: a tab chosen, a phone unlocked.
pub fn on_visible(act: impl FnMut() + 'static) -> Listening {
    on_visibility(VisibilityState::Visible, act)
}

/// The app is being left. On a phone this is the last event that is sure to arrive.
pub fn on_hidden(act: impl FnMut() + 'static) -> Listening {
    on_visibility(VisibilityState::Hidden, act)
}

/// Something was tapped or chosen with a key: before anything on the page hears of it.
pub fn on_tap(act: impl FnMut() + 'static) -> Listening {
    listen_in_phase(window().into(), "click", true, act)
}

/// A step was taken back or forth through what was visited.
pub fn on_step(act: impl FnMut() + 'static) -> Listening {
    listen(window(), "popstate", act)
}

fn on_visibility(state: VisibilityState, mut act: impl FnMut() + 'static) -> Listening {
    let document = window().document().expect("a window has a document");
    let seen = document.clone();
    listen(document, "visibilitychange", move || {
        if seen.visibility_state() == state {
            act();
        }
    })
}

/// Subscribes to any event by name.
pub(super) fn listen(target: impl Into<EventTarget>, name: &'static str, act: impl FnMut() + 'static) -> Listening {
    listen_in_phase(target.into(), name, false, act)
}

fn listen_in_phase(target: EventTarget, name: &'static str, captures: bool, mut act: impl FnMut() + 'static) -> Listening {
    let callback = Closure::<dyn FnMut(web_sys::Event)>::new(move |_| act());
    let listener = callback.as_ref().unchecked_ref();
    target.add_event_listener_with_callback_and_bool(name, listener, captures).expect("a listener can be added to any target");
    Listening { target, name, captures, callback }
}
