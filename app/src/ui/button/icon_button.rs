use leptos::{ev::MouseEvent, prelude::*};

use super::{Glyph, Icon};

/// A round button for a drawing everybody knows: close, more, search.
#[component]
pub fn IconButton(
    /// The drawing.
    glyph: Glyph,
    /// What it does, for those who listen.
    #[prop(into)]
    label: Signal<String>,
    /// What a tap does.
    #[prop(optional, into)]
    on_click: Option<UnsyncCallback<MouseEvent>>,
) -> impl IntoView {
    let act = move |event| {
        if let Some(on_click) = &on_click {
            on_click.run(event);
        }
    };
    view! {
        <button class="icon-button" type="button" aria-label=move || label.get() on:click=act>
            <Icon glyph />
        </button>
    }
}
