use super::{choose::PhotoPicker, chosen::ChosenPhotos, picture::Picture, view::PhotoView};
use crate::{
    browser::clock,
    day::Day,
    id::{CustomerId, PhotoId},
    photo::{Photo, PhotoSubject, alternative, may_attach, photos_of},
    sync::{NotSaved, Phone, Saving, offer_undo, protocol::Mutation},
    ui::{Button, ButtonVariant, Glyph, Sheet, Toaster},
};
use leptos::prelude::*;
use std::sync::Arc;

/// The photos of something, and the way to add more.
#[component]
pub fn Photos(
    /// Of what.
    subject: PhotoSubject,
    /// At which customer.
    #[prop(into)]
    customer: Signal<CustomerId>,
) -> impl IntoView {
    let phone = Phone::get();
    let photos = phone.derive(move |replica| photos_of(replica, subject));
    let may = phone.derive(move |replica| may_attach(replica, phone.me(), subject));
    let key = format!("photos/{}", subject.id());
    // Some were chosen, and then the app was killed.
    let adding = RwSignal::new(ChosenPhotos::are_kept(phone, &key) && may.get_untracked());
    let chosen = ChosenPhotos::of_draft(key);
    let shown = RwSignal::new(None::<PhotoId>);
    let count = Signal::derive(move || photos.with(Vec::len));
    let any = Memo::new(move |_| count.get() > 0);
    view! {
        <Show when=move || may.get() || any.get()>
            <section class="photos" aria-labelledby="photos">
                <h2 class="list-title" id="photos" tabindex="-1">"Photos"</h2>
                <Show when=move || any.get()>
                    <ul class="photo-strip" role="list">
                        <For each=move || photos.get() key=|photo| photo.id let:photo>
                            <Thumb photo photos shown />
                        </For>
                    </ul>
                </Show>
                <Show when=move || may.get()>
                    <Button icon=Glyph::Camera on_click=move |_| adding.set(true)>"Add photo"</Button>
                </Show>
            </section>
        </Show>
        <Sheet open=adding title="Add photos">
            <Add subject customer chosen there=count open=adding />
        </Sheet>
        <PhotoView photos shown />
    }
    .into_any()
}

/// What a photo is to those who do not see it.
pub(super) fn alt_of(photo: Arc<Photo>, photos: Memo<Vec<Arc<Photo>>>) -> Signal<String> {
    let today = Day::today();
    Signal::derive(move || {
        let (position, count) = photos.with(|all| (all.iter().position(|it| it.id == photo.id).unwrap_or_default(), all.len()));
        alternative(&photo, position, count, clock::offset_minutes(), today.get())
    })
}

#[component]
fn Thumb(photo: Arc<Photo>, photos: Memo<Vec<Arc<Photo>>>, shown: RwSignal<Option<PhotoId>>) -> impl IntoView {
    let id = photo.id;
    let alt = alt_of(photo, photos);
    view! {
        <li>
            <button class="photo-thumb" type="button" on:click=move |_| shown.set(Some(id))>
                <Picture id alt />
            </button>
        </li>
    }
}

/// Chooses photos and saves them, all at once.
#[component]
fn Add(
    subject: PhotoSubject,
    customer: Signal<CustomerId>,
    chosen: ChosenPhotos,
    there: Signal<usize>,
    open: RwSignal<bool>,
) -> impl IntoView {
    let (phone, saving, toaster) = (Phone::get(), Saving::new(), Toaster::expect());
    let save = move |_| {
        let mutations = chosen.attach(subject, customer.get_untracked());
        let added =
            mutations.iter().filter_map(|mutation| if let Mutation::AttachPhoto { photo, .. } = mutation { Some(photo.id) } else { None });
        let undo: Vec<Mutation> = added.map(|id| Mutation::DeletePhoto { id }).collect();
        saving.run_draft(chosen.key(), mutations, move || {
            open.set(false);
            let words = if undo.len() == 1 { "Photo saved on this phone." } else { "Photos saved on this phone." };
            chosen.clear();
            offer_undo(phone, toaster, words, undo);
        });
    };
    view! {
        <PhotoPicker chosen there />
        <NotSaved saving />
        <Show when=move || !chosen.is_empty()>
            <div class="sheet-action">
                <Button variant=ButtonVariant::Primary full=true busy=saving.busy() on_click=save>
                    "Save"
                </Button>
            </div>
        </Show>
    }
}
