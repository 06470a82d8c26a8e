use super::whole::{WholeText, told};
use crate::{
    browser::clock,
    quarantine::settlement_words,
    sync::{
        Phone,
        outbox::{Item, ItemState},
        storage_words,
    },
    time::words,
    ui::{Button, Card, Toaster},
};
use leptos::prelude::*;
use std::sync::Arc;

/// What an administrator decided about things that could not be saved.
#[component]
pub(super) fn Settled(
    /// The items.
    items: Signal<Vec<Arc<Item>>>,
) -> impl IntoView {
    view! {
        <Show when=move || items.with(|items| !items.is_empty())>
            <section class="stack" aria-labelledby="settled">
                <h2 id="settled">"Decided for you"</h2>
                <p class="aside">"An administrator looked at what could not be saved. You need not do anything."</p>
                {move || items.get().into_iter().map(|item| view! { <Decided item /> }).collect_view()}
            </section>
        </Show>
    }
}

#[component]
fn Decided(item: Arc<Item>) -> impl IntoView {
    let (phone, toaster, id) = (Phone::get(), Toaster::expect(), item.envelope.id);
    let ItemState::Settled { administrator, ending } = item.state.clone() else { return ().into_any() };
    let ((title, text), by) = phone.replica().with_untracked(|replica| (told(&item, replica), replica.member_name(administrator)));
    let remove = move |_| {
        wasm_bindgen_futures::spawn_local(async move {
            let said = match phone.let_go(id).await {
                Ok(()) => "Removed from this phone.".to_owned(),
                Err(error) => format!("Not removed. {}", storage_words(&error)),
            };
            toaster.say(said);
        });
    };
    let button = (!item.is_sealed()).then(|| view! { <Button on_click=remove>"Remove from this list"</Button> });
    view! {
        <Card title>
            <p>{settlement_words(&by, &ending)}</p>
            <p class="aside">{words::capitalised(&words::ago(item.since, clock::now()))}</p>
            <WholeText text />
            {button}
        </Card>
    }
    .into_any()
}
