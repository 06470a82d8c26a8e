use super::look::{NotHere, look_at};
use crate::{
    id::PhotoId,
    photo::PhotoData,
    sync::{Phone, device::Connection},
    ui::{Glyph, Icon},
};
use leptos::prelude::*;

/// A photo, or words in its place until it is here.
#[component]
pub(super) fn Picture(
    /// Which.
    id: PhotoId,
    /// What it shows, for those who do not see it.
    #[prop(into)]
    alt: Signal<String>,
) -> impl IntoView {
    let phone = Phone::get();
    let shown = RwSignal::new(None::<Result<PhotoData, NotHere>>);
    let load = move || {
        wasm_bindgen_futures::spawn_local(async move {
            let found = look_at(phone, id).await;
            // The screen may be gone by then.
            shown.try_set(Some(found));
        });
    };
    load();
    let connection = phone.connection();
    Effect::new(move || {
        let is_away = shown.with_untracked(|shown| *shown == Some(Err(NotHere::Away)));
        if connection.get() == Connection::UpToDate && is_away {
            load();
        }
    });
    let away = move |words: &'static str| {
        view! {
            <span class="photo-away">
                <Icon glyph=Glyph::Image />
                <span class="visually-hidden">{move || alt.get()} ". "</span>
                <span>{words}</span>
            </span>
        }
    };
    move || match shown.get() {
        Some(Ok(data)) => view! { <img class="photo" src=data.address() alt=move || alt.get() /> }.into_any(),
        Some(Err(NotHere::Away)) => away("Photo not on this phone; it shows once you have network").into_any(),
        Some(Err(NotHere::Gone)) => away("This photo is not there any more").into_any(),
        None => view! { <span class="photo-away" aria-label=move || alt.get() role="img"></span> }.into_any(),
    }
}
