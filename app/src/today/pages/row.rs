use super::reason::Reason;
use crate::{
    today::Item,
    ui::{Glyph, Icon},
};
use chrono::NaiveDate;
use leptos::prelude::*;

/// One thing to do: what it is, where it leads, the one tap that does it, and why it is there.
#[component]
pub(super) fn AgendaRow(
    /// The thing.
    item: Item,
    /// Today.
    today: NaiveDate,
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
    /// What following the link does, besides.
    #[prop(optional)]
    followed: Option<Callback<()>>,
    /// The one tap.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let follow = move || {
        if let Some(followed) = followed {
            followed.run(());
        }
    };
    view! {
        <li class="agenda-row">
            <span class="agenda-mark">
                <Icon glyph />
            </span>
            <a class="agenda-link" href=href on:click=move |_| follow()>
                <span class="agenda-title">{move || title.get()}</span>
                <span class="agenda-detail">{move || detail.get()}</span>
            </a>
            <div class="agenda-action">
                {children.map(|children| children())}
                <Reason item title today />
            </div>
        </li>
    }
    .into_any()
}
