use super::{Photo, PhotoData, PhotoSubject};
use crate::{
    id::{CustomerId, MemberId, PhotoId},
    sync::protocol::Mutation,
    time::Timestamp,
};
use serde::{Deserialize, Serialize};

/// A photo that was chosen and made small, not attached yet.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PhotoDraft {
    /// The id that it gets.
    pub id: PhotoId,
    /// When it was chosen.
    pub added_at: Timestamp,
    /// Pixels across.
    pub width: u16,
    /// Pixels down.
    pub height: u16,
    /// How large it is.
    pub bytes: u32,
    /// What it shows.
    pub data: PhotoData,
}

impl PhotoDraft {
    /// What was attached, to be attached again under another id: a deleted id is not used again.
    pub fn again(photo: &Photo, data: PhotoData, id: PhotoId) -> Self {
        Self { id, added_at: photo.added_at, width: photo.width, height: photo.height, bytes: photo.bytes, data }
    }

    /// The mutation that attaches it.
    pub fn attach(self, subject: PhotoSubject, customer: CustomerId, author: MemberId, caption: &str) -> Mutation {
        let Self { id, added_at, width, height, bytes, data } = self;
        let photo = Photo { id, subject, customer, author, added_at, width, height, bytes, caption: caption.trim().to_owned() };
        Mutation::AttachPhoto { photo, data }
    }
}
