//! Photos of what is taken back: attached again to what is made in its place, or chosen again in its form.

use super::{chosen::keep, look::look_at};
use crate::{
    browser::random,
    id::{CustomerId, PhotoId},
    photo::{Photo, PhotoData, PhotoDraft, PhotoSubject, photos_of},
    sync::{Phone, protocol::Mutation},
};
use futures_util::future::join_all;
use leptos::prelude::*;
use std::sync::Arc;

/// The photos of something that is about to go, with what they show.
pub struct AtHand {
    phone: Phone,
    photos: Vec<(Arc<Photo>, PhotoData)>,
    /// How many are not on this phone, so that they cannot come back.
    missing: usize,
}

impl AtHand {
    /// Those of `subject`.
    pub async fn of(phone: Phone, subject: PhotoSubject) -> Self {
        Self::of_some(phone, subject, |_| true).await
    }

    /// Those of `subject` that are `wanted`.
    pub async fn of_some(phone: Phone, subject: PhotoSubject, wanted: impl Fn(PhotoId) -> bool) -> Self {
        let mut all = phone.replica().with_untracked(|replica| photos_of(replica, subject));
        all.retain(|photo| wanted(photo.id));
        let looks = join_all(all.iter().map(|photo| look_at(phone, photo.id))).await;
        let photos: Vec<_> = all.iter().cloned().zip(looks).filter_map(|(photo, look)| Some((photo, look.ok()?))).collect();
        Self { phone, missing: all.len() - photos.len(), photos }
    }

    /// Whether some cannot come back.
    pub fn are_missing(&self) -> bool {
        self.missing > 0
    }

    /// What is said of the meeting's deletion.
    pub fn deleted_words(&self) -> String {
        match self.missing {
            0 => "Meeting deleted.".to_owned(),
            1 => "Meeting deleted. Its photo is not on this phone and would not come back.".to_owned(),
            many => format!("Meeting deleted. {many} of its photos are not on this phone and would not come back."),
        }
    }

    /// The mutations that remove them from what stays. What is not on this phone could not come back, so it stays, too.
    pub fn remove(&self) -> Vec<Mutation> {
        self.photos.iter().map(|(photo, _)| Mutation::DeletePhoto { id: photo.id }).collect()
    }

    /// The mutations that attach them to `subject` at `customer`, under ids of their own.
    pub fn attach(self, subject: PhotoSubject, customer: CustomerId) -> Vec<Mutation> {
        let me = self.phone.me();
        let attach = |(photo, data): (Arc<Photo>, PhotoData)| again(&photo, data).attach(subject, customer, me, &photo.caption);
        self.photos.into_iter().map(attach).collect()
    }

    /// Keeps them with the draft under `key`, to be saved from its form.
    pub async fn keep_with_draft(self, key: &str) {
        for (photo, data) in self.photos {
            // Should keeping it fail, it is chosen again.
            drop(keep(self.phone, key, &again(&photo, data), &photo.caption).await);
        }
    }
}

/// A photo under an id of its own.
pub(super) fn again(photo: &Photo, data: PhotoData) -> PhotoDraft {
    PhotoDraft::again(photo, data, PhotoId(random::uuid()))
}
