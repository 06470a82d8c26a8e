//! Photos of what is taken back: attached again to what is made in its place, or chosen again in its form.

use super::{chosen::keep, look::look_at};
use crate::{
    browser::random,
    id::{CustomerId, PhotoId},
    photo::{Photo, PhotoData, PhotoDraft, PhotoSubject, photos_of},
    sync::{Phone, protocol::Mutation},
};
use leptos::prelude::*;
use std::sync::Arc;

/// The photos of something that is about to go, with what they show.
pub struct AtHand {
    phone: Phone,
    photos: Vec<(Arc<Photo>, PhotoData)>,
    /// How many are not on this phone, so that they cannot come back.
    pub missing: usize,
}

impl AtHand {
    /// Those of `subject`.
    pub async fn of(phone: Phone, subject: PhotoSubject) -> Self {
        let (mut photos, mut missing) = (Vec::new(), 0);
        for photo in phone.replica().with_untracked(|replica| photos_of(replica, subject)) {
            match look_at(phone, photo.id).await {
                Ok(data) => photos.push((photo, data)),
                Err(_) => missing += 1,
            }
        }
        Self { phone, photos, missing }
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

fn again(photo: &Photo, data: PhotoData) -> PhotoDraft {
    PhotoDraft::again(photo, data, PhotoId(random::uuid()))
}
