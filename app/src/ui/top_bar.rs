use leptos::{children::ViewFnOnce, ev::MouseEvent, html, prelude::*};

use super::{Glyph, Icon};

/// The way out of a screen that lies below a tab: a step back to the screen that one came from, which is as one left it. The address is
/// for whoever came from elsewhere, as by a link.
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
        view! { <a class="icon-button" href=href aria-label=label on:click=move |event| step_back(&event)><Icon glyph /></a> }
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

/// Goes back to where one came from; otherwise the link is followed.
#[cfg(feature = "csr")]
fn step_back(event: &MouseEvent) {
    use crate::browser::history;

    // With a key held down it opens elsewhere.
    if event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key() {
        return;
    }
    if let Some(steps) = steps_back(&history::visited()) {
        event.prevent_default();
        history::go_back(steps);
    }
}

#[cfg(not(feature = "csr"))]
fn step_back(_: &MouseEvent) {}

/// How many steps lead back to the screen `visited` before the one in view, which is the last of them; nothing where that is none of the
/// app's. A form that made or changed what is in view has left its address twice.
#[cfg(any(feature = "csr", test))]
fn steps_back(visited: &[String]) -> Option<usize> {
    let here = visited.last()?;
    let (position, before) = visited.iter().enumerate().rev().find(|(_, address)| *address != here)?;
    let is_ours = before == "/app" || before.starts_with("/app/");
    is_ours.then(|| visited.len() - 1 - position)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_out_is_a_step_back_to_where_one_came_from_in_the_app() {
        for (visited, steps) in [
            (&["/app", "/app/promises"] as &[&str], Some(1)),
            (&["/app", "/app/customers", "/app/customers/7", "/app/customers/7"], Some(2)),
            (&["/app", "/s/token", "/app/customers/7"], None),
            (&["/apples", "/app/customers/7"], None),
            (&["/app/customers/7"], None),
            (&["/app/customers/7", "/app/customers/7"], None),
            (&[], None),
        ] {
            let visited: Vec<String> = visited.iter().map(|address| (*address).to_owned()).collect();
            assert_eq!(steps_back(&visited), steps, "{visited:?}");
        }
    }
}
