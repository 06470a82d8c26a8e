use crate::ui::{ButtonLink, EmptyState, Glyph, Leave, Page};
use leptos::prelude::*;

/// The address names no screen.
#[component]
pub(super) fn NotFound() -> impl IntoView {
    view! {
        <Page title="Page not found" leave=Leave::Back("/app".to_owned())>
            <EmptyState
                glyph=Glyph::Search
                title="There is nothing at this address"
                action=|| view! { <ButtonLink href="/app".to_owned()>"Go to Today"</ButtonLink> }
            >
                "It may have been mistyped, or what was here is gone."
            </EmptyState>
        </Page>
    }
}
