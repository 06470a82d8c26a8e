use leptos::{children::ViewFnOnce, ev::MouseEvent, prelude::*};

use crate::ui::{Glyph, Icon};

/// Whether a [`ListAction`] takes something away.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ActionTone {
    /// It does not.
    #[default]
    Plain,
    /// It does.
    Danger,
}

/// One row that does something, such as in the sheet behind 'More'.
#[component]
pub fn ListAction(
    /// Before the words.
    #[prop(optional)]
    glyph: Option<Glyph>,
    /// Before the words, instead of a drawing: an avatar.
    #[prop(optional, into)]
    lead: Option<ViewFnOnce>,
    /// What it does.
    #[prop(into)]
    title: Signal<String>,
    /// What that means, in a second line.
    #[prop(optional, into)]
    detail: MaybeProp<String>,
    /// Whether it takes something away.
    #[prop(optional)]
    tone: ActionTone,
    /// What a tap does.
    #[prop(optional, into)]
    on_click: Option<UnsyncCallback<MouseEvent>>,
) -> impl IntoView {
    let act = move |event| {
        if let Some(on_click) = &on_click {
            on_click.run(event);
        }
    };
    let tone = (tone == ActionTone::Danger).then_some("danger");
    view! {
        <li>
            <button class="list-row" type="button" data-tone=tone on:click=act>
                <span class="list-row-lead">
                    {glyph.map(|glyph| view! { <Icon glyph /> })} {lead.map(ViewFnOnce::run)}
                </span>
                <span class="list-row-words">
                    <span class="list-row-body">
                        <span class="list-row-title">{move || title.get()}</span>
                        {move || detail.get().map(|detail| view! { <span class="list-row-detail">{detail}</span> })}
                    </span>
                </span>
            </button>
        </li>
    }
    .into_any()
}
