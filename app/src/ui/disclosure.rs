use leptos::prelude::*;

use super::{Glyph, Icon};

/// What is there for those who want more: 'Add more', 'The ratings behind it'. Works without script.
#[component]
pub fn Disclosure(
    /// What opens.
    #[prop(into)]
    title: Signal<String>,
    /// What is inside, in a few words.
    #[prop(optional, into)]
    detail: MaybeProp<String>,
    /// Open from the start, because something inside is filled in.
    #[prop(optional)]
    open: bool,
    /// What is inside.
    children: Children,
) -> impl IntoView {
    view! {
        <details class="disclosure" open=open>
            <summary>
                <span class="disclosure-words">
                    <span class="disclosure-title">{move || title.get()}</span>
                    {move || detail.get().map(|detail| view! { <span class="disclosure-detail">{detail}</span> })}
                </span>
                <Icon glyph=Glyph::ChevronDown />
            </summary>
            <div class="disclosure-body">{children()}</div>
        </details>
    }
    .into_any()
}
