//! What concerns the whole app: a newer version.

use crate::{
    browser::{document, service_worker},
    ui::{Banner, Button, Glyph},
};
use leptos::prelude::*;
use leptos_router::hooks::use_location;

/// The screens on which nothing is being typed, so that a new start loses nothing.
const AT_REST: [&str; 5] = ["/app", "/app/customers", "/app/feedback", "/app/team", "/app/more"];

/// Offers a newer version once it is loaded, where nothing is being typed.
#[component]
pub(super) fn UpdateNotice() -> impl IntoView {
    let worker = RwSignal::new_local(None::<service_worker::Worker>);
    let waits = RwSignal::new(false);
    let keeping = StoredValue::new_local(None);
    wasm_bindgen_futures::spawn_local(async move {
        let Some(ready) = service_worker::ready().await else { return };
        waits.set(ready.update_is_waiting());
        keeping.set_value(Some(ready.on_update_waiting(move || waits.set(true))));
        worker.set(Some(ready));
    });
    let taking_over = StoredValue::new_local(None);
    let update = move |_| {
        let listening = worker.with(|worker| worker.as_ref().and_then(|worker| worker.take_update(document::reload)));
        taking_over.set_value(Some(listening));
    };
    let path = use_location().pathname;
    let shown = move || waits.get() && path.with(|path| AT_REST.contains(&path.as_str()));
    view! {
        <Show when=shown>
            <aside class="notices" aria-label="A newer version">
                <Banner icon=Glyph::RefreshCw action=move || view! { <Button on:click=update>"Update now"</Button> }>
                    "A newer version of Qdos is ready. It takes a second."
                </Banner>
            </aside>
        </Show>
    }
}
