use super::jpeg;
use crate::{
    account::{Actor, Member},
    id::{CustomerId, MeetingId, MemberId, PhotoId, PromiseId},
    sync::Refusal,
    text,
    time::Timestamp,
};
use data_encoding::BASE64;
use serde::{Deserialize, Serialize};
use std::fmt;
use uuid::Uuid;

/// The most pixels on the longer side.
pub const SIDE_MAX: u16 = 1_600;
/// The most bytes of a photo.
pub const BYTES_MAX: usize = 250 * 1024;
/// The most photos of one meeting or promise.
pub const PHOTOS_MAX: usize = 8;

/// What a photo is attached to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PhotoSubject {
    /// A meeting.
    Meeting(MeetingId),
    /// A promise.
    Promise(PromiseId),
}

impl PhotoSubject {
    /// The subject's own id: unique over all kinds.
    pub fn id(self) -> Uuid {
        match self {
            Self::Meeting(id) => id.0,
            Self::Promise(id) => id.0,
        }
    }
}

/// What is known of a photo; what it shows is kept apart.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Photo {
    /// Its id.
    pub id: PhotoId,
    /// What it is attached to.
    pub subject: PhotoSubject,
    /// At which customer that is; the server follows the subject.
    pub customer: CustomerId,
    /// Who attached it.
    pub author: MemberId,
    /// When it was attached, by the phone's clock: what the camera says of it is not kept.
    pub added_at: Timestamp,
    /// Pixels across.
    pub width: u16,
    /// Pixels down.
    pub height: u16,
    /// How large it is.
    pub bytes: u32,
    /// What it shows, in words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub caption: String,
}

impl Photo {
    /// Whether `by` may attach it where so many are already.
    ///
    /// # Errors
    /// [`Refusal::NotYours`] in another's name; [`Refusal::Invalid`] naming the field.
    pub fn check(&self, by: MemberId, already: usize) -> Result<(), Refusal> {
        if self.author != by {
            return Err(Refusal::NotYours);
        }
        text::check("caption", &self.caption, text::LINE_MAX)?;
        self.added_at.check("added_at")?;
        if already >= PHOTOS_MAX {
            return Err(Refusal::invalid("photo", &format!("there are {PHOTOS_MAX} photos already; remove one first")));
        }
        Ok(())
    }

    /// The JPEG in `data`, if it is as small as it must be, as large as this says, and says nothing but what it shows.
    ///
    /// # Errors
    /// [`Refusal::Invalid`].
    pub fn content(&self, data: &PhotoData) -> Result<Vec<u8>, Refusal> {
        let wrong = |message: &str| Err(Refusal::invalid("photo", message));
        let Some(bytes) = data.decoded() else { return wrong("this is no photo; choose it again") };
        let Ok(jpeg) = jpeg::read(&bytes) else { return wrong("this is no photo; choose it again") };
        if bytes.len() > BYTES_MAX || jpeg.width.max(jpeg.height) > SIDE_MAX {
            return wrong("this photo is too large; choose it again with the latest version of the app");
        }
        if jpeg.bare != bytes {
            return wrong("this photo tells more than it shows; choose it again with the latest version of the app");
        }
        if (jpeg.width, jpeg.height, bytes.len()) != (self.width, self.height, self.bytes as usize) {
            return wrong("this photo is not of the size that was said; choose it again");
        }
        Ok(bytes)
    }

    /// Whether `actor` may remove it: its author, and whoever manages that member.
    pub fn may_remove(&self, actor: &Actor, author: Option<&Member>) -> bool {
        self.author == actor.member.id || author.is_some_and(|author| actor.manages(author))
    }
}

/// What a photo shows: a JPEG in Base64, as it travels and as pages take it.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PhotoData(String);

impl PhotoData {
    /// Of a JPEG's bytes.
    pub fn of(jpeg: &[u8]) -> Self {
        Self(BASE64.encode(jpeg))
    }

    /// The bytes, if they are there, are not many times too many, and can be read.
    pub fn decoded(&self) -> Option<Vec<u8>> {
        if self.0.is_empty() || self.0.len() > BYTES_MAX * 2 {
            return None;
        }
        BASE64.decode(self.0.as_bytes()).ok()
    }

    /// The address under which a page shows it.
    pub fn address(&self) -> String {
        format!("data:image/jpeg;base64,{}", self.0)
    }
}

/// Its length: nobody reads a photo in a log.
impl fmt::Debug for PhotoData {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PhotoData({} characters)", self.0.len())
    }
}

#[cfg(test)]
mod tests {
    use super::{super::jpeg::tests::jpeg_with, *};
    use crate::sync::sample::{ME, a_photo};

    #[test]
    fn a_photo_is_what_it_says_and_nothing_more() {
        let jpeg = jpeg_with(640, 480, &[]);
        let photo = Photo { bytes: jpeg.len() as u32, ..a_photo(1, 2) };
        assert_eq!(photo.content(&PhotoData::of(&jpeg)), Ok(jpeg.clone()));
        let large = [&jpeg[..jpeg.len() - 2], &vec![7; BYTES_MAX], &[0xFF, 0xD9]].concat();
        let refused = [
            (photo.clone(), PhotoData::default(), "nothing"),
            (photo.clone(), PhotoData("no Base64".into()), "no bytes"),
            (photo.clone(), PhotoData::of(b"<svg/>"), "no JPEG"),
            (photo.clone(), PhotoData::of(&jpeg_with(640, 480, b"\xFF\xE1\x00\x08Exif..")), "with metadata"),
            (photo.clone(), PhotoData::of(&[&jpeg[..], b"more"].concat()), "with something behind it"),
            (Photo { width: 480, height: 640, ..photo.clone() }, PhotoData::of(&jpeg), "turned round"),
            (Photo { bytes: 7, ..photo.clone() }, PhotoData::of(&jpeg), "smaller than it is"),
            (Photo { bytes: large.len() as u32, ..photo.clone() }, PhotoData::of(&large), "too many bytes"),
            (Photo { width: 1_601, height: 9, ..photo.clone() }, PhotoData::of(&jpeg_with(1_601, 9, &[])), "too wide"),
        ];
        for (photo, data, why) in refused {
            assert!(matches!(photo.content(&data), Err(Refusal::Invalid { .. })), "{why}");
        }
    }

    #[test]
    fn nobody_attaches_in_anothers_name_or_without_end() {
        let photo = a_photo(1, 2);
        assert_eq!(photo.check(ME, PHOTOS_MAX - 1), Ok(()));
        assert!(matches!(photo.check(ME, PHOTOS_MAX), Err(Refusal::Invalid { .. })));
        assert_eq!(photo.check(MemberId(Uuid::nil()), 0), Err(Refusal::NotYours));
        assert!(Photo { caption: "x".repeat(text::LINE_MAX + 1), ..photo.clone() }.check(ME, 0).is_err());
        assert!(Photo { added_at: Timestamp(i64::MIN), ..photo }.check(ME, 0).is_err());
    }

    #[test]
    fn a_photo_alone_always_fits_into_a_push() {
        let data = PhotoData::of(&vec![0; BYTES_MAX]);
        let photo = Photo { caption: "\u{1}".repeat(text::LINE_MAX), ..a_photo(1, 2) };
        let mutation = crate::sync::protocol::Mutation::AttachPhoto { photo, data };
        let sent = serde_json::to_string(&mutation).expect("JSON");
        assert!(sent.len() < crate::sync::protocol::BODY_BYTES_MAX / 5, "{} bytes", sent.len());
    }
}
