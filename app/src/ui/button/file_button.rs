use leptos::{ev::Event, prelude::*};

use super::{ButtonVariant, Glyph, Icon};

/// A button that asks for a file of the person's, or for several.
#[component]
pub fn FileButton(
    /// Unlike any other on the screen.
    id: &'static str,
    /// Which kinds, as an input's `accept` says it.
    accept: &'static str,
    /// Whether several may be chosen at once.
    #[prop(optional)]
    multiple: bool,
    /// Takes a picture, where the device has a camera.
    #[prop(optional)]
    camera: bool,
    /// Drawn before the words.
    #[prop(default = Glyph::Upload)]
    icon: Glyph,
    /// How loudly it speaks.
    #[prop(optional, into)]
    variant: Signal<ButtonVariant>,
    /// Takes the whole width.
    #[prop(optional)]
    full: bool,
    /// What comes once something was chosen.
    #[prop(into)]
    on_choose: UnsyncCallback<Event>,
    /// The words.
    children: Children,
) -> impl IntoView {
    view! {
        <div class="file-button">
            <input
                id=id
                class="visually-hidden"
                type="file"
                accept=accept
                multiple=multiple
                capture=camera.then_some("environment")
                on:change=move |event| on_choose.run(event)
            />
            <label class="button" for=id data-variant=move || variant.get().name() data-width=full.then_some("full")>
                <Icon glyph=icon />
                <span class="button-label">{children()}</span>
            </label>
        </div>
    }
    .into_any()
}
