use crate::{
    customer::{WayToReach, ways_to_reach},
    id::ContactId,
    sync::Phone,
    ui::{ButtonLink, Glyph},
};
use leptos::prelude::*;

/// Calls or writes to somebody, as far as it is known how.
#[component]
pub fn Reach(
    /// Whom.
    contact: ContactId,
) -> impl IntoView {
    let ways = Phone::get().derive(move |replica| replica.contacts.get(&contact).map(|contact| ways_to_reach(contact)).unwrap_or_default());
    let link = |way: WayToReach| {
        let icon = match way {
            WayToReach::Phone(_) => Glyph::Phone,
            WayToReach::Email(_) => Glyph::Mail,
        };
        let (href, words) = (way.href(), way.words().to_owned());
        view! { <ButtonLink href icon=icon>{words}</ButtonLink> }
    };
    move || {
        let ways = ways.get();
        (!ways.is_empty()).then(|| view! { <div class="button-row">{ways.into_iter().map(link).collect_view()}</div> })
    }
}
