use leptos::{children::ViewFnOnce, prelude::*};

use super::{Glyph, Icon, IconSize};

/// Where a list is still empty: what will be here, and the next step towards it.
#[component]
pub fn EmptyState(
    /// What will be here.
    glyph: Glyph,
    /// In a few words.
    #[prop(into)]
    title: Signal<String>,
    /// The button that takes the next step.
    #[prop(optional, into)]
    action: Option<ViewFnOnce>,
    /// One sentence on how it comes to be.
    children: Children,
) -> impl IntoView {
    view! {
        <div class="empty-state">
            <span class="empty-state-mark">
                <Icon glyph size=IconSize::Large />
            </span>
            <h2>{move || title.get()}</h2>
            <p>{children()}</p>
            {action.map(ViewFnOnce::run)}
        </div>
    }
    .into_any()
}
