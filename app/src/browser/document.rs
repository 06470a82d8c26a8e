//! The page around the app.

use wasm_bindgen::prelude::*;
use web_sys::HtmlElement;

use super::window::{navigator, window};

/// The title of the tab and of the entry in the history.
pub fn set_title(title: &str) {
    document().set_title(title);
}

/// Moves the focus to an element, as after a change of page or to the first error of a form. `false` if it is not there.
pub fn focus(id: &str) -> bool {
    let element = document().get_element_by_id(id).and_then(|element| element.dyn_into::<HtmlElement>().ok());
    element.is_some_and(|element| element.focus().is_ok())
}

/// Moves the focus with the next frame and leaves the page where it is. Focusing makes the browser lay the page out at once; with the
/// frame that work is done once, when everything that belongs to the new page is there.
pub fn focus_in_place(element: &HtmlElement) {
    let element = element.clone();
    let focus = Closure::once_into_js(move || {
        let options = web_sys::FocusOptions::new();
        options.set_prevent_scroll(true);
        // Fails only for an element that has left the page, and then nothing is to be done.
        let _ = element.focus_with_options(&options);
    });
    window().request_animation_frame(focus.unchecked_ref()).expect("a function is what it takes");
}

/// Takes the focus off the element that has it, and returns that.
///
/// A page whose form goes while something in it has the focus is laid out once more for that; done while one waits anyway, it costs
/// nothing.
pub fn release_focus() -> Option<HtmlElement> {
    let focused = document().active_element()?.dyn_into::<HtmlElement>().ok()?;
    focused.blur().ok()?;
    Some(focused)
}

/// [`focus`] once what was just changed is on the page.
pub fn focus_soon(id: &str) {
    let id = id.to_owned();
    let focus = move || {
        // What has gone by then needs no focus.
        let _ = focus(&id);
    };
    gloo_timers::callback::Timeout::new(0, focus).forget();
}

/// Whether the app runs in a window of its own: installed, or on the home screen.
pub fn is_standalone() -> bool {
    let by_query = window().match_media("(display-mode: standalone)").ok().flatten().is_some_and(|query| query.matches());
    // Safari answered the media query late in its life, and this property from the start.
    by_query || js_sys::Reflect::get(&navigator(), &"standalone".into()).is_ok_and(|value| value == true)
}

/// Whether this is an iPhone or iPad, where storage outlives a week of disuse only once the app is on the home screen.
pub fn is_ios() -> bool {
    let agent = navigator().user_agent().unwrap_or_default();
    // An iPad calls itself a Macintosh, but no Macintosh is touched.
    agent.contains("iPhone") || agent.contains("iPad") || (agent.contains("Macintosh") && navigator().max_touch_points() > 1)
}

/// Where the app comes from: scheme, host and port.
pub fn origin() -> String {
    window().location().origin().expect("a page of ours has an origin")
}

/// The path of the page in view.
pub fn path() -> String {
    window().location().pathname().expect("a page of ours has a path")
}

/// What stands in the address from its question mark on; empty where there is none.
pub fn query() -> String {
    window().location().search().expect("a page of ours has an address")
}

/// The build that this page came with, short enough to read out.
pub fn build() -> Option<String> {
    document().document_element().and_then(|root| root.get_attribute("data-build"))
}

/// Loads the page anew.
pub fn reload() {
    // A window of our own origin may always reload.
    let _ = window().location().reload();
}

/// Leaves for another page of our own origin, starting the app again if it is one of the app's. No way back leads to this one.
pub fn open(path: &str) {
    // A path of our own origin may always be opened.
    let _ = window().location().replace(path);
}

/// Says something at the top of the page without any of the app's own parts, which may be what failed.
pub fn say(words: &str) {
    let said = document().create_element("p").and_then(|said| {
        said.set_attribute("role", "alert")?;
        said.set_class_name("last-words");
        said.set_text_content(Some(words));
        document().body().map_or(Ok(()), |body| body.prepend_with_node_1(&said))
    });
    // If even this fails, the console has it.
    drop(said);
}

fn document() -> web_sys::Document {
    window().document().expect("a window has a document")
}
