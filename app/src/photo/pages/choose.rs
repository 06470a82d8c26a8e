use super::chosen::{ChosenPhoto, ChosenPhotos};
use crate::{
    browser::{
        clock, files,
        image::{self, Drawn, ImageError},
        random,
    },
    id::PhotoId,
    photo::{BYTES_MAX, PhotoData, PhotoDraft, SIDE_MAX, jpeg, room_after, room_words},
    text,
    ui::{Banner, BannerTone, FileButton, Glyph, IconButton, TextField},
};
use leptos::{ev::Event, prelude::*};

/// Takes photos with the camera or from the library, makes them small and keeps them with the form.
#[component]
pub fn PhotoPicker(
    /// Those chosen.
    chosen: ChosenPhotos,
    /// How many there are already.
    #[prop(into)]
    there: Signal<usize>,
) -> impl IntoView {
    let (busy, failure) = (RwSignal::new(false), RwSignal::new(None::<String>));
    let room = Memo::new(move |_| room_after(there.get() + chosen.count()));
    let has_room = Memo::new(move |_| room.get() > 0);
    let add = move |event: Event| {
        let files = files::Chosen::all_of(&event);
        if files.is_empty() || busy.get_untracked() {
            return;
        }
        busy.set(true);
        failure.set(None);
        let key = chosen.key();
        wasm_bindgen_futures::spawn_local(async move {
            for file in files {
                if room.try_get_untracked().unwrap_or_default() == 0 {
                    failure.try_set(Some(format!("{} was left out: there is no room for it.", file.name())));
                    break;
                }
                match made_small(&file).await {
                    Ok(draft) => chosen.add(&key, draft).await,
                    Err(error) => drop(failure.try_set(Some(failure_words(&file.name(), &error)))),
                }
            }
            busy.try_set(false);
        });
    };
    let words = move || if busy.get() { "Making it small…".to_owned() } else { room_words(room.get()) };
    view! {
        <div class="photo-picker" role="group" aria-label="Photos">
            <ul class="photo-chosen" role="list">
                <For each=move || chosen.all() key=|photo| photo.draft.id let:photo>
                    <OneChosen chosen photo />
                </For>
            </ul>
            <Show when=move || has_room.get()>
                <div class="photo-ways">
                    <FileButton id="photo-camera" accept="image/*" camera=true icon=Glyph::Camera on_choose=add>
                        "Take a photo"
                    </FileButton>
                    <FileButton id="photo-library" accept="image/*" multiple=true icon=Glyph::Image on_choose=add>
                        "Choose photos"
                    </FileButton>
                </div>
            </Show>
            <p class="aside" role="status">{words}</p>
            <div role="alert">
                {move || failure.get().map(|words| view! { <Banner tone=BannerTone::Attention>{words}</Banner> })}
            </div>
        </div>
    }
}

#[component]
fn OneChosen(chosen: ChosenPhotos, photo: ChosenPhoto) -> impl IntoView {
    let ChosenPhoto { draft, caption } = photo;
    let id = draft.id;
    Effect::new(move |before: Option<String>| {
        let typed = caption.get();
        if before.is_some_and(|before| before != typed) {
            chosen.keep_caption(id, typed.clone());
        }
        typed
    });
    view! {
        <li class="photo-one">
            <img class="photo" src=draft.data.address() alt="Chosen photo" />
            <TextField name=format!("caption-{id}") label="What it shows" optional=true value=caption autocomplete="off" max_length=text::LINE_MAX as u32 />
            <IconButton glyph=Glyph::X label="Leave this photo out" on_click=move |_| chosen.leave_out(id) />
        </li>
    }
}

/// A photo as small as it must be, with nothing in it but what it shows.
async fn made_small(file: &files::Chosen) -> Result<PhotoDraft, ImageError> {
    let Drawn { jpeg, width, height } = image::draw(file, SIDE_MAX, BYTES_MAX).await?;
    let bare = jpeg::read(&jpeg).map_err(|error| ImageError::Failed(error.to_string()))?.bare;
    let (id, added_at, bytes) = (PhotoId(random::uuid()), clock::now(), bare.len() as u32);
    Ok(PhotoDraft { id, added_at, width, height, bytes, data: PhotoData::of(&bare) })
}

fn failure_words(name: &str, error: &ImageError) -> String {
    match error {
        ImageError::Unreadable => {
            format!("{name} cannot be shown by this browser, as is often so with HEIC. Choose a JPEG or PNG, or take the photo here.")
        }
        ImageError::TooLarge => format!("{name} cannot be made small enough to send. Choose another photo."),
        ImageError::Failed(_) => format!("{name} could not be read. Close what you do not need on this phone, then try again."),
    }
}
