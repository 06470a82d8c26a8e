use crate::{
    browser::{record::Durability, storage::StorageError},
    id::{CustomerId, PhotoId},
    photo::{PhotoDraft, PhotoSubject},
    sync::{Phone, device::part_key, protocol::Mutation},
};
use leptos::prelude::*;
use std::sync::Arc;

/// What leads the keys of photos that hang on a draft.
const PHOTO: &str = "photo/";
/// What leads the keys of their captions: typed, so apart from the photos.
const CAPTION: &str = "caption/";

/// The photos that were chosen in a form and are saved with it. Each is kept with the form's draft from the moment at which it was chosen.
#[derive(Clone, Copy)]
pub struct ChosenPhotos {
    phone: Phone,
    key: StoredValue<String>,
    photos: RwSignal<Vec<ChosenPhoto>>,
}

/// One of them.
#[derive(Clone)]
pub(super) struct ChosenPhoto {
    pub(super) draft: Arc<PhotoDraft>,
    pub(super) caption: RwSignal<String>,
}

impl ChosenPhotos {
    /// Those of the form whose draft is under `key`.
    pub fn of_draft(key: String) -> Self {
        let phone = Phone::get();
        let photo = |draft: PhotoDraft| {
            let caption = RwSignal::new(phone.draft(&caption_key(&key, draft.id)).unwrap_or_default());
            ChosenPhoto { draft: Arc::new(draft), caption }
        };
        let photos = phone.draft_parts(&key, PHOTO).into_iter().map(photo).collect();
        Self { phone, key: StoredValue::new(key), photos: RwSignal::new(photos) }
    }

    /// Whether photos hang on the draft under `key`.
    pub fn are_kept(phone: Phone, key: &str) -> bool {
        let prefix = part_key(key, PHOTO);
        phone.draft_keys().iter().any(|key| key.starts_with(&prefix))
    }

    /// Whether there are none.
    pub fn is_empty(self) -> bool {
        self.photos.with(Vec::is_empty)
    }

    /// The mutations that attach them to `subject`, which is at `customer`.
    pub fn attach(self, subject: PhotoSubject, customer: CustomerId) -> Vec<Mutation> {
        let attach = |ChosenPhoto { draft, caption }: ChosenPhoto| {
            PhotoDraft::clone(&draft).attach(subject, customer, self.phone.me(), &caption.get_untracked())
        };
        self.photos.get_untracked().into_iter().map(attach).collect()
    }

    /// They were saved: what hung on the draft has gone with it.
    pub(super) fn clear(self) {
        self.photos.set(Vec::new());
    }

    pub(super) fn key(self) -> String {
        self.key.get_value()
    }

    pub(super) fn all(self) -> Vec<ChosenPhoto> {
        self.photos.get()
    }

    pub(super) fn count(self) -> usize {
        self.photos.with(Vec::len)
    }

    /// Takes one more. Where storage fails, saving will say so; here it is still on screen.
    ///
    /// The form may have been left meanwhile: then it is with the draft under `key`, where it was chosen.
    pub(super) async fn add(self, key: &str, draft: PhotoDraft) {
        drop(keep(self.phone, key, &draft, "").await);
        self.photos.try_update(|photos| photos.push(ChosenPhoto { draft: Arc::new(draft), caption: RwSignal::new(String::new()) }));
    }

    /// Leaves one out.
    pub(super) fn leave_out(self, id: PhotoId) {
        self.photos.update(|photos| photos.retain(|photo| photo.draft.id != id));
        let (phone, key) = (self.phone, self.key.get_value());
        wasm_bindgen_futures::spawn_local(async move {
            // Should forgetting it fail, it only comes back at the next start.
            drop(phone.drop_draft(&part_key(&key, &format!("{PHOTO}{id}"))).await);
            drop(phone.drop_draft(&caption_key(&key, id)).await);
        });
    }

    /// Keeps what is typed about one.
    pub(super) fn keep_caption(self, id: PhotoId, caption: String) {
        let (phone, key) = (self.phone, caption_key(&self.key.get_value(), id));
        wasm_bindgen_futures::spawn_local(async move { drop(phone.keep_draft(&key, &caption, Durability::Relaxed).await) });
    }
}

/// Keeps a photo with the draft under `key`.
pub(super) async fn keep(phone: Phone, key: &str, draft: &PhotoDraft, caption: &str) -> Result<(), StorageError> {
    phone.keep_draft(&part_key(key, &format!("{PHOTO}{}", draft.id)), draft, Durability::Strict).await?;
    if caption.is_empty() {
        return Ok(());
    }
    phone.keep_draft(&caption_key(key, draft.id), &caption, Durability::Relaxed).await
}

fn caption_key(key: &str, id: PhotoId) -> String {
    part_key(key, &format!("{CAPTION}{id}"))
}
