use super::{again::again, look::look_at, picture::Picture, strip::alt_of};
use crate::{
    browser::{clock, document},
    day::Day,
    id::PhotoId,
    photo::{Photo, may_remove},
    sync::{NotSaved, Phone, Saving, offer_undo, protocol::Mutation},
    time::words,
    ui::{Button, ButtonVariant, Glyph, IconButton, Toaster},
};
use leptos::{ev::KeyboardEvent, html, prelude::*};
use std::sync::Arc;

/// One photo, filling the screen.
///
/// A modal `<dialog>`, like a sheet: the browser keeps the focus inside, closes it on Escape and on the back gesture, and gives the focus back.
#[component]
pub(super) fn PhotoView(
    /// All of them.
    photos: Memo<Vec<Arc<Photo>>>,
    /// The one shown; closing by any way sets it to none.
    shown: RwSignal<Option<PhotoId>>,
) -> impl IntoView {
    let dialog = NodeRef::<html::Dialog>::new();
    // It may have been removed on another phone meanwhile.
    let place = Memo::new(move |_| shown.get().and_then(|id| photos.with(|all| all.iter().position(|photo| photo.id == id))));
    let photo = Memo::new(move |_| place.get().and_then(|place| photos.with(|all| all.get(place).cloned())));
    Effect::new(move || {
        let Some(dialog) = dialog.get() else { return };
        match (place.get().is_some(), dialog.open()) {
            // Refused only while the screen is being taken away, and the dialog with it.
            (true, false) => drop(dialog.show_modal()),
            (false, true) => dialog.close(),
            _ => {}
        }
    });
    let step = move |by: isize| {
        let next = place.get_untracked().and_then(|place| place.checked_add_signed(by));
        if let Some(next) = next.and_then(|next| photos.with_untracked(|all| all.get(next).map(|photo| photo.id))) {
            shown.set(Some(next));
        }
    };
    let turn = move |event: KeyboardEvent| match event.key().as_str() {
        "ArrowLeft" => step(-1),
        "ArrowRight" => step(1),
        _ => {}
    };
    let of = move || format!("{} of {}", place.get().unwrap_or_default() + 1, photos.with(Vec::len));
    let many = move || photos.with(|all| all.len() > 1);
    view! {
        <dialog class="photo-view" node_ref=dialog aria-label="Photo" on:close=move |_| shown.set(None) on:keydown=turn>
            <header class="photo-view-head">
                <p tabindex="-1" autofocus role="status">{of}</p>
                <IconButton glyph=Glyph::X label="Close" on_click=move |_| shown.set(None) />
            </header>
            {move || photo.get().map(|photo| view! { <Whole photo photos shown /> })}
            <Show when=many>
                <nav class="photo-view-turn" aria-label="Photos">
                    <IconButton glyph=Glyph::ChevronLeft label="Photo before" on_click=move |_| step(-1) />
                    <IconButton glyph=Glyph::ChevronRight label="Next photo" on_click=move |_| step(1) />
                </nav>
            </Show>
        </dialog>
    }
    .into_any()
}

#[component]
fn Whole(photo: Arc<Photo>, photos: Memo<Vec<Arc<Photo>>>, shown: RwSignal<Option<PhotoId>>) -> impl IntoView {
    let (phone, today) = (Phone::get(), Day::today());
    let id = photo.id;
    let by = phone.replica().with_untracked(|replica| replica.member_name(photo.author));
    let added_at = photo.added_at;
    let added = move || format!("Added by {by}, {}", words::day(added_at.date_at(clock::offset_minutes()), today.get()));
    let caption = Some(photo.caption.clone()).filter(|caption| !caption.trim().is_empty());
    let alt = alt_of(photo.clone(), photos);
    view! {
        <figure class="photo-whole">
            <Picture id alt />
            <figcaption>
                {caption.map(|caption| view! { <p>{caption}</p> })}
                <p class="aside">{added}</p>
                <Remove photo shown />
            </figcaption>
        </figure>
    }
}

/// Removes a photo; can be undone, so only where what it shows is here.
#[component]
fn Remove(photo: Arc<Photo>, shown: RwSignal<Option<PhotoId>>) -> impl IntoView {
    let (phone, saving, toaster) = (Phone::get(), Saving::new(), Toaster::expect());
    let failure = RwSignal::new(false);
    let may = phone.replica().with_untracked(|replica| may_remove(replica, phone.me(), &photo));
    let remove = move |_| {
        let photo = photo.clone();
        saving.run_found(async move {
            let Ok(data) = look_at(phone, photo.id).await else {
                failure.try_set(true);
                return None;
            };
            let undo = vec![again(&photo, data).attach(photo.subject, photo.customer, phone.me(), &photo.caption)];
            let then = move || {
                shown.set(None);
                document::focus_soon("photos");
                offer_undo(phone, toaster, "Photo removed.", undo);
            };
            Some((vec![Mutation::DeletePhoto { id: photo.id }], then))
        });
    };
    may.then(|| {
        view! {
            <Button variant=ButtonVariant::Danger icon=Glyph::Trash2 busy=saving.busy() on_click=remove>
                "Remove this photo"
            </Button>
            <div role="alert">
                {move || failure.get().then_some("Not removed: it is not on this phone, so that it could not be brought back. Try again once it shows.")}
            </div>
            <NotSaved saving />
        }
    })
}
