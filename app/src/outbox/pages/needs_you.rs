use super::whole::{WholeText, told};
use crate::{
    browser::clock,
    id::MutationId,
    outbox::{download_words, refusal_words},
    sync::{Phone, device::DownloadError, outbox::Item, storage_words},
    time::words,
    ui::{Banner, BannerTone, Button, ButtonVariant, Card, CardTone, Glyph, Toaster},
};
use leptos::prelude::*;
use std::{collections::BTreeSet, sync::Arc};

/// What can never be accepted as it is: its whole text, why, what to do. It is removed only once it was saved as a file.
#[component]
pub(super) fn NeedsYou(
    /// The items.
    items: Signal<Vec<Arc<Item>>>,
) -> impl IntoView {
    let (phone, toaster) = (Phone::get(), Toaster::expect());
    let exported = RwSignal::new(BTreeSet::<MutationId>::new());
    let failure = RwSignal::new(None::<String>);
    let export = move |_| {
        let ids: Vec<MutationId> = items.with_untracked(|items| items.iter().map(|item| item.envelope.id).collect());
        wasm_bindgen_futures::spawn_local(async move {
            match save_file(phone).await {
                Ok(()) => {
                    exported.update(|exported| exported.extend(ids));
                    failure.set(None);
                    toaster.say("Saved as a file among your downloads.");
                }
                Err(error) => failure.set(Some(download_words(&error))),
            }
        });
    };
    view! {
        <Show when=move || items.with(|items| !items.is_empty())>
            <section class="stack" aria-labelledby="needs-you">
                <h2 id="needs-you">"Needs you"</h2>
                <p class="aside">"This could not be taken as it is. Nothing is lost: the text is here, and can be saved as a file."</p>
                {move || items.get().into_iter().map(|item| view! { <Refused item exported failure /> }).collect_view()}
                <div role="alert">
                    {move || failure.get().map(|words| view! { <Banner tone=BannerTone::Attention>{words}</Banner> })}
                </div>
                <Button icon=Glyph::Download full=true on_click=export>
                    "Save all of it as a file"
                </Button>
            </section>
        </Show>
    }
}

async fn save_file(phone: Phone) -> Result<(), DownloadError> {
    let name = format!("qdos-{}.json", clock::today());
    phone.offer(&name, &phone.export()).await
}

#[component]
fn Refused(item: Arc<Item>, exported: RwSignal<BTreeSet<MutationId>>, failure: RwSignal<Option<String>>) -> impl IntoView {
    let (phone, toaster) = (Phone::get(), Toaster::expect());
    let (id, may_remove) = (item.envelope.id, !item.is_sealed());
    let (title, text) = phone.replica().with_untracked(|replica| told(&item, replica));
    let reason = refusal_words(&item).map(|words| view! { <p>{words}</p> });
    let picture = item.photo_data().map(|data| view! { <img class="photo-alone" src=data.address() alt="The photo" /> });
    let remove = move |_| {
        wasm_bindgen_futures::spawn_local(async move {
            match phone.let_go(id).await {
                Ok(()) => toaster.say("Removed from this phone."),
                Err(error) => failure.set(Some(format!("Not removed. {}", storage_words(&error)))),
            }
        });
    };
    let removal = move || {
        (may_remove && exported.with(|exported| exported.contains(&id))).then(|| {
            view! {
                <Button variant=ButtonVariant::Danger icon=Glyph::Trash2 on_click=remove>
                    "Remove from this phone"
                </Button>
            }
        })
    };
    view! {
        <Card title tone=CardTone::Attention>
            <p>{format!("Saved {}.", words::ago(item.envelope.made_at, clock::now()))}</p>
            {reason}
            {picture}
            <WholeText text />
            {removal}
        </Card>
    }
}
