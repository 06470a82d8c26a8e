use leptos::prelude::*;

use super::{Glyph, Icon, IconSize};

/// What a [`Badge`] says by its colour, beside its words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum BadgeTone {
    /// A property.
    #[default]
    Plain,
    /// Chosen, planned, ours.
    Accent,
    /// Wants to be looked at.
    Attention,
}

/// One or two words about the thing they stand beside.
#[component]
pub fn Badge(
    /// What the colour says.
    #[prop(optional)]
    tone: BadgeTone,
    /// Drawn before the words.
    #[prop(optional)]
    icon: Option<Glyph>,
    /// The words.
    children: Children,
) -> impl IntoView {
    let tone = match tone {
        BadgeTone::Plain => None,
        BadgeTone::Accent => Some("accent"),
        BadgeTone::Attention => Some("attention"),
    };
    view! {
        <span class="badge" data-tone=tone>
            {icon.map(|glyph| view! { <Icon glyph size=IconSize::Small /> })}
            {children()}
        </span>
    }
}
