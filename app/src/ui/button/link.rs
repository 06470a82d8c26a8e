use leptos::prelude::*;

use super::{ButtonVariant, Glyph, Icon};

/// A link that stands where a button would.
#[component]
pub fn ButtonLink(
    /// Where it leads.
    #[prop(into)]
    href: Signal<String>,
    /// How loudly it speaks.
    #[prop(optional)]
    variant: ButtonVariant,
    /// Drawn before the words.
    #[prop(optional)]
    icon: Option<Glyph>,
    /// Takes the whole width.
    #[prop(optional)]
    full: bool,
    /// The words.
    children: Children,
) -> impl IntoView {
    view! {
        <a class="button" href=move || href.get() data-variant=variant.name() data-width=full.then_some("full")>
            {icon.map(|glyph| view! { <Icon glyph /> })}
            <span class="button-label">{children()}</span>
        </a>
    }
    .into_any()
}
