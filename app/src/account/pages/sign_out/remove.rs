use crate::{
    account::{Device, sign_out},
    outbox,
    sync::{Phone, device::RemoveError, storage_words},
    ui::{Banner, BannerTone, Button, ButtonLink, ButtonVariant, Card},
};
use leptos::prelude::*;

/// Removes everything of the member's from this phone; refused while something is nowhere else.
#[component]
pub(super) fn Remove() -> impl IntoView {
    let (phone, device) = (Phone::get(), Device::get());
    let (sure, busy) = (RwSignal::new(false), RwSignal::new(false));
    let failure = RwSignal::new(None::<RemoveError>);
    let remove = move |_| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        wasm_bindgen_futures::spawn_local(async move {
            match phone.remove().await {
                Ok(()) => {
                    // The session may outlive what it was for; it ends by itself, and nothing is left here to show.
                    drop(sign_out().await);
                    drop(device.leave().await);
                }
                Err(error) => drop(failure.try_set(Some(error))),
            }
            busy.try_set(false);
        });
    };
    let failed = move || {
        failure.get().map(|error| match error {
            RemoveError::OnlyHere(count) => {
                let words = match count {
                    1 => "Not removed: one thing is only on this phone. Send it or save it as a file first.".to_owned(),
                    many => format!("Not removed: {many} things are only on this phone. Send them or save them as a file first."),
                };
                let action = || view! { <ButtonLink href=outbox::CARRY_ADDRESS>"Send or save it"</ButtonLink> };
                view! { <Banner tone=BannerTone::Attention action>{words}</Banner> }
            }
            RemoveError::Storage(error) => view! { <Banner tone=BannerTone::Attention>"Not removed. " {storage_words(&error)}</Banner> },
        })
    };
    view! {
        <Card title="For good">
            <p>"Removes everything of yours from this phone. What the server has is kept, and comes back when you sign in again."</p>
            <div role="alert">{failed}</div>
            <Show
                when=move || sure.get()
                fallback=move || view! { <Button full=true on_click=move |_| sure.set(true)>"Remove from this phone"</Button> }
            >
                <Button variant=ButtonVariant::Danger full=true busy on_click=remove>"Yes, remove everything of mine here"</Button>
                <Button full=true on_click=move |_| sure.set(false)>"Keep it"</Button>
            </Show>
        </Card>
    }
}
