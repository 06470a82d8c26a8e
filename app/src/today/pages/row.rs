use crate::ui::{Glyph, Icon};
use leptos::prelude::*;

/// One thing to do: what it is, where it leads, and the one tap that does it.
#[component]
pub(super) fn AgendaRow(
    /// Its drawing.
    glyph: Glyph,
    /// What it is.
    #[prop(into)]
    title: Signal<String>,
    /// When, with whom.
    #[prop(into)]
    detail: Signal<String>,
    /// Where it is told in full.
    #[prop(into)]
    href: String,
    /// The one tap.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <li class="agenda-row">
            <span class="agenda-mark">
                <Icon glyph />
            </span>
            <a class="agenda-link" href=href>
                <span class="agenda-title">{move || title.get()}</span>
                <span class="agenda-detail">{move || detail.get()}</span>
            </a>
            {children.map(|children| view! { <div class="agenda-action">{children()}</div> })}
        </li>
    }
    .into_any()
}
