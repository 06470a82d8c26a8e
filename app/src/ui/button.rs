//! What does something on this screen ([`Button`], [`IconButton`], [`FileButton`]) and what looks the same but leads elsewhere ([`ButtonLink`]).

mod file_button;
mod icon_button;
mod link;

use leptos::{ev::MouseEvent, prelude::*};

use super::{Glyph, Icon};

pub use file_button::*;
pub use icon_button::*;
pub use link::*;

/// How loudly a button speaks. At most one `Primary` per screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ButtonVariant {
    /// The one thing this screen is for.
    Primary,
    /// Something else one may do here.
    #[default]
    Quiet,
    /// An aside, drawn as words only.
    Plain,
    /// Takes something away.
    Danger,
}

impl ButtonVariant {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Primary => "primary",
            Self::Quiet => "quiet",
            Self::Plain => "plain",
            Self::Danger => "danger",
        }
    }
}

/// Whether a button sends its form.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ButtonKind {
    /// Acts through its `on:click`.
    #[default]
    Action,
    /// Sends the form around it.
    Submit,
}

/// A button with words on it.
#[component]
pub fn Button(
    /// How loudly it speaks.
    #[prop(optional)]
    variant: ButtonVariant,
    /// Whether it sends its form.
    #[prop(optional)]
    kind: ButtonKind,
    /// Drawn before the words.
    #[prop(optional)]
    icon: Option<Glyph>,
    /// Takes the whole width, as the action at the bottom of a screen does.
    #[prop(optional)]
    full: bool,
    /// Work is under way: a further tap does nothing, the focus stays.
    #[prop(optional, into)]
    busy: Signal<bool>,
    /// Cannot be used now; rather leave it usable and say what is missing.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// What a tap does. No `on:click`: a component that is drawn anew keeps the old listeners of such attributes.
    #[prop(optional, into)]
    on_click: Option<UnsyncCallback<MouseEvent>>,
    /// The words.
    children: Children,
) -> impl IntoView {
    // Not `disabled`, which would throw the focus back to the top of the page.
    let act = move |event: MouseEvent| match (busy.get_untracked(), &on_click) {
        (true, _) => event.prevent_default(),
        (false, Some(on_click)) => on_click.run(event),
        (false, None) => {}
    };
    let kind = match kind {
        ButtonKind::Action => "button",
        ButtonKind::Submit => "submit",
    };
    view! {
        <button
            class="button"
            type=kind
            data-variant=variant.name()
            data-width=full.then_some("full")
            aria-busy=move || busy.get().then_some("true")
            disabled=move || disabled.get()
            on:click=act
        >
            {icon.map(|glyph| view! { <Icon glyph /> })}
            <span class="button-label">{children()}</span>
        </button>
    }
    .into_any()
}
