use crate::{
    sync::{Phone, client::Connection},
    ui::{Banner, Glyph},
};
use leptos::prelude::*;

/// Says, for as long as there is no network, that what is on this screen needs it.
#[component]
pub fn NeedsNetwork() -> impl IntoView {
    let connection = Phone::get().connection();
    view! {
        <Show when=move || connection.get() == Connection::Offline>
            <div role="status">
                <Banner icon=Glyph::WifiOff>
                    "You are offline. This screen asks the server and saves there at once, so it waits until there is a network."
                </Banner>
            </div>
        </Show>
    }
    .into_any()
}
