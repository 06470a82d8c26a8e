use leptos::{children::ViewFnOnce, html, prelude::*};

use super::{Glyph, Icon};

/// The way out of a screen that lies below a tab.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Leave {
    /// One level up, to this address.
    Back(String),
    /// Out of a task such as a form, to this address.
    Close(String),
}

/// The title of the screen, the way back, and what belongs to the whole screen.
#[component]
pub fn TopBar(
    /// The screen's name: its heading of the first level.
    #[prop(into)]
    title: Signal<String>,
    /// The way out; a tab's own screen has none.
    #[prop(optional)]
    leave: Option<Leave>,
    /// At the other end: a state, a button.
    #[prop(optional, into)]
    trailing: Option<ViewFnOnce>,
    /// Where the heading is to be found, to focus it when the screen opens.
    #[prop(optional)]
    heading: NodeRef<html::H1>,
) -> impl IntoView {
    let level = if leave.is_some() { "page" } else { "tab" };
    let leave = leave.map(|leave| {
        let (href, label, glyph) = match leave {
            Leave::Back(href) => (href, "Back", Glyph::ChevronLeft),
            Leave::Close(href) => (href, "Close", Glyph::X),
        };
        view! { <a class="icon-button" href=href aria-label=label><Icon glyph /></a> }
    });
    let trailing = trailing.map(|trailing| view! { <div class="top-bar-trailing">{trailing.run()}</div> });
    view! {
        <header class="top-bar" data-level=level>
            <div class="top-bar-row">
                {leave}
                <h1 tabindex="-1" node_ref=heading>{move || title.get()}</h1>
                {trailing}
            </div>
        </header>
    }
    .into_any()
}
