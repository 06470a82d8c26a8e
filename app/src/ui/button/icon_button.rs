use leptos::prelude::*;

use super::{Glyph, Icon};

/// A round button for a drawing everybody knows: close, more, search.
#[component]
pub fn IconButton(
    /// The drawing.
    glyph: Glyph,
    /// What it does, for those who listen.
    #[prop(into)]
    label: Signal<String>,
) -> impl IntoView {
    view! {
        <button class="icon-button" type="button" aria-label=move || label.get()>
            <Icon glyph />
        </button>
    }
}
