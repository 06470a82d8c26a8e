use crate::{
    browser::share::{Shared, copy, share},
    ui::{Button, ButtonVariant, Glyph, Toaster},
};
use leptos::prelude::*;

/// An address that gives something away, shown once, to be handed on.
#[component]
pub fn HandOver(
    /// The address.
    #[prop(into)]
    address: String,
    /// The id of its text, which takes the focus when it is there.
    id: &'static str,
    /// What a paste is for, as in 'Paste it into a message.'
    paste: &'static str,
) -> impl IntoView {
    let toaster = Toaster::expect();
    let say = move |given: Option<Shared>| match given {
        Some(Shared::Sent) => toaster.say("Handed over."),
        Some(Shared::Copied) => toaster.say(format!("Copied. {paste}")),
        Some(Shared::Cancelled) => {}
        None => toaster.say("This browser can neither share nor copy. Select the address by hand."),
    };
    let (shared, copied) = (address.clone(), address.clone());
    let send = move |_| {
        let text = shared.clone();
        wasm_bindgen_futures::spawn_local(async move { say(share("Qdos", &text).await.ok()) });
    };
    let take = move |_| {
        let text = copied.clone();
        wasm_bindgen_futures::spawn_local(async move { say(copy(&text).await.ok().map(|()| Shared::Copied)) });
    };
    view! {
        <p class="issued-link" id=id tabindex="-1">
            {address}
        </p>
        <div class="button-row">
            <Button variant=ButtonVariant::Primary icon=Glyph::Share on_click=send>
                "Share"
            </Button>
            <Button icon=Glyph::Copy on_click=take>
                "Copy"
            </Button>
        </div>
    }
    .into_any()
}
