use leptos::{ev::MouseEvent, html, prelude::*};

use super::IconButton;
use crate::ui::Glyph;

/// How many sheets are up on a screen that holds still meanwhile; see [`still_beneath_sheets`].
#[derive(Clone, Copy)]
struct SheetsUp(RwSignal<usize>);

/// What a screen shows, as it was when a sheet of it came up: what arrives meanwhile is shown once the sheet is down, since drawn anew the screen
/// would take away the sheet and all that was written on it.
pub fn still_beneath_sheets<T: Clone + PartialEq + Send + Sync + 'static>(shown: Memo<T>) -> Memo<T> {
    let up = RwSignal::new(0);
    provide_context(SheetsUp(up));
    Memo::new(move |before: Option<&T>| match before {
        Some(before) if up.get() > 0 => before.clone(),
        _ => shown.get(),
    })
}

/// What comes up from the bottom edge for a short task, over the screen it belongs to.
///
/// A modal `<dialog>`: the browser keeps the focus inside, closes it on Escape and on the back gesture, and gives the focus back.
#[component]
pub fn Sheet(
    /// Whether it is up; closing by any way sets it to false.
    open: RwSignal<bool>,
    /// Its heading.
    #[prop(into)]
    title: Signal<String>,
    /// What is on it; a `.sheet-action` stays at the bottom.
    children: Children,
) -> impl IntoView {
    let dialog = NodeRef::<html::Dialog>::new();
    Effect::new(move || {
        let Some(dialog) = dialog.get() else { return };
        match (open.get(), dialog.open()) {
            // Refused only while the screen is being taken away, and the sheet with it.
            (true, false) => drop(dialog.show_modal()),
            (false, true) => dialog.close(),
            _ => {}
        }
    });
    if let Some(SheetsUp(up)) = use_context() {
        let was_up = StoredValue::new(false);
        let count = move |is_up: bool| {
            if was_up.get_value() != is_up {
                was_up.set_value(is_up);
                up.try_update(|up| if is_up { *up += 1 } else { *up -= 1 });
            }
        };
        Effect::new(move || count(open.get()));
        on_cleanup(move || count(false));
    }
    // The dialog has no padding of its own, so a tap that reaches it and nothing inside is a tap beside the sheet.
    let close_beside = move |event: MouseEvent| {
        if event.target() == event.current_target() {
            open.set(false);
        }
    };
    view! {
        <dialog class="sheet" node_ref=dialog aria-label=move || title.get() on:close=move |_| open.set(false) on:click=close_beside>
            <div class="sheet-body">
                <header class="sheet-head">
                    <h2 tabindex="-1" autofocus>{move || title.get()}</h2>
                    <IconButton glyph=Glyph::X label="Close" on_click=move |_| open.set(false) />
                </header>
                {children()}
            </div>
        </dialog>
    }
    .into_any()
}
