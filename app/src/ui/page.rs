use std::sync::atomic::{AtomicBool, Ordering};

use leptos::{children::ViewFnOnce, html, prelude::*};

use super::{Leave, TopBar};

/// What kind of screen a [`Page`] is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PageKind {
    /// Something to read and choose from.
    #[default]
    Reading,
    /// A `<form>` whose last child is a `.page-action` that stays at the thumb.
    Form,
}

/// One screen: its bar, its main landmark, its name in the browser.
///
/// A screen that opens by navigation takes the focus to its heading, so that those who listen learn where they are.
#[component]
pub fn Page(
    /// The screen's name.
    #[prop(into)]
    title: Signal<String>,
    /// The way out; a tab's own screen has none.
    #[prop(optional)]
    leave: Option<Leave>,
    /// At the other end of the bar.
    #[prop(optional, into)]
    trailing: Option<ViewFnOnce>,
    /// What kind of screen.
    #[prop(optional)]
    kind: PageKind,
    /// What is on it.
    children: Children,
) -> impl IntoView {
    let heading = NodeRef::<html::H1>::new();
    Effect::new(move || {
        if let Some(heading) = heading.get()
            && ENTERED.swap(true, Ordering::Relaxed)
        {
            take_focus(&heading);
        }
    });
    Effect::new(move || document().set_title(&format!("{} · Qdos", title.get())));
    let kind = match kind {
        PageKind::Reading => None,
        PageKind::Form => Some("form"),
    };
    let trailing = trailing.unwrap_or_else(|| ViewFnOnce::from(|| ()));
    let bar = match leave {
        Some(leave) => view! { <TopBar title leave trailing heading /> },
        None => view! { <TopBar title trailing heading /> },
    };
    view! {
        <div class="page" data-kind=kind>
            {bar}
            <main class="page-main" id="main" tabindex="-1">
                {children()}
            </main>
        </div>
    }
    .into_any()
}

/// Without scrolling: on the way back the page is where it was left.
#[cfg(feature = "csr")]
fn take_focus(heading: &leptos::web_sys::HtmlElement) {
    crate::browser::document::focus_in_place(heading);
}

#[cfg(not(feature = "csr"))]
fn take_focus(_: &leptos::web_sys::HtmlElement) {}

/// The first screen after a start leaves the focus where the browser put it.
static ENTERED: AtomicBool = AtomicBool::new(false);
