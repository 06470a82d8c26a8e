use leptos::{children::ViewFnOnce, either::Either, prelude::*};

use crate::ui::{Glyph, Icon, IconSize};

/// One row; a link if it leads somewhere.
#[component]
pub fn ListRow(
    /// The first line.
    #[prop(into)]
    title: Signal<String>,
    /// A second, quieter line.
    #[prop(optional, into)]
    detail: MaybeProp<String>,
    /// Where the whole row leads.
    #[prop(optional, into)]
    href: Option<String>,
    /// Before the words: an [`Icon`], an avatar.
    #[prop(optional, into)]
    lead: Option<ViewFnOnce>,
    /// After the words: a date, a state, a number.
    #[prop(optional, into)]
    trailing: Option<ViewFnOnce>,
    /// Under the words, as wide as they: an interval, badges.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let lead = lead.map(|lead| view! { <span class="list-row-lead">{lead.run()}</span> });
    let trailing = trailing.map(|trailing| view! { <span class="list-row-trail">{trailing.run()}</span> });
    let words = view! {
        <span class="list-row-words">
            <span class="list-row-body">
            <span class="list-row-title">{move || title.get()}</span>
            {move || detail.get().map(|detail| view! { <span class="list-row-detail">{detail}</span> })}
            {children.map(|children| children())}
            </span>
            {trailing}
        </span>
    };
    let row = match href {
        Some(href) => Either::Left(view! {
            <a class="list-row" href=href>
                {lead} {words} <Icon glyph=Glyph::ChevronRight size=IconSize::Small />
            </a>
        }),
        None => Either::Right(view! { <div class="list-row">{lead} {words}</div> }),
    };
    view! { <li>{row}</li> }.into_any()
}
