//! What concerns the whole app: a newer version, a session that ended, another tab that took over.

use crate::{
    browser::{
        document, service_worker,
        storage::{self, StorageError},
    },
    sync::{Phone, client::Connection, storage_words},
    ui::{Banner, BannerTone, Button, ButtonLink, Glyph},
};
use leptos::prelude::*;
use leptos_router::hooks::use_location;

/// The screens on which nothing is being typed, so that a new start loses nothing.
pub(super) const AT_REST: [&str; 5] = ["/app", "/app/customers", "/app/feedback", "/app/team", "/app/more"];

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
                <Banner icon=Glyph::RefreshCw action=move || view! { <Button on_click=update>"Update now"</Button> }>
                    "A newer version of Qdos is ready. It takes a second."
                </Banner>
            </aside>
        </Show>
    }
}

/// Says that nothing is saved here any more because another tab took the storage over. What is typed stays, to be copied before the page is
/// loaded again.
#[component]
pub(super) fn TakeoverNotice() -> impl IntoView {
    let (phone, taken_over) = (Phone::get(), RwSignal::new(false));
    StoredValue::new_local(storage::on_takeover(move || {
        phone.give_way();
        taken_over.set(true);
    }));
    view! {
        <Show when=move || taken_over.get()>
            <aside class="notices" aria-label="Another tab">
                <div role="alert">
                    <Banner
                        tone=BannerTone::Attention
                        action=|| view! { <Button on_click=|_| document::reload()>"Load this page again"</Button> }
                    >
                        {storage_words(&StorageError::Closed)}
                    </Banner>
                </div>
            </aside>
        </Show>
    }
}

/// Asks to sign in again where the session has ended; everything else goes on as before.
#[component]
pub(super) fn SessionNotice() -> impl IntoView {
    let connection = Phone::get().connection();
    let path = use_location().pathname;
    let words = move || match connection.get() {
        Connection::Revoked => {
            Some("You were signed out here for good. What you saved goes to your administrators, then this device is cleared.")
        }
        Connection::SignedOut => Some("Your session ended. You can go on; to send what you save, sign in again."),
        Connection::AnotherMember => Some("Somebody else is signed in here. What you save waits until you sign in again."),
        _ => None,
    };
    let shown = move || words().filter(|_| path.with(|path| AT_REST.contains(&path.as_str())));
    let sign_in =
        move || (connection.get() != Connection::Revoked).then(|| view! { <ButtonLink href="/app/sign-in">"Sign in"</ButtonLink> });
    view! {
        <Show when=move || shown().is_some()>
            <aside class="notices" aria-label="Your session">
                <Banner tone=BannerTone::Attention action=move || view! { {sign_in} }>
                    {words}
                </Banner>
            </aside>
        </Show>
    }
}
