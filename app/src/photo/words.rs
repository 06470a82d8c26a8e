use super::{PHOTOS_MAX, Photo};
use crate::time::words;
use chrono::NaiveDate;

/// What a photo is to those who do not see it: its caption, else which of `count` it is and when it was attached.
pub fn alternative(photo: &Photo, position: usize, count: usize, offset_minutes: i16, today: NaiveDate) -> String {
    if !photo.caption.trim().is_empty() {
        return photo.caption.clone();
    }
    format!("Photo {} of {count}, {}", position + 1, words::short_date(photo.added_at.date_at(offset_minutes), today))
}

/// How many more photos fit, before any is chosen in vain.
pub fn room_words(room: usize) -> String {
    match room {
        0 => format!("That is all {PHOTOS_MAX} photos. Remove one to add another."),
        1 => "One more photo fits.".to_owned(),
        PHOTOS_MAX => format!("Up to {PHOTOS_MAX} photos. Where they were taken is not kept."),
        more => format!("{more} more photos fit. Where they were taken is not kept."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sync::sample::{a_photo, noon, on};

    #[test]
    fn a_photo_is_told_by_its_caption_or_its_place() {
        let photo = Photo { added_at: noon("2026-05-03"), ..a_photo(1, 2) };
        let told = |photo: &Photo| alternative(photo, 1, 3, 0, on("2026-06-01"));
        assert_eq!(told(&photo), "Photo 2 of 3, 3 May");
        assert_eq!(told(&Photo { caption: "The valve".into(), ..photo }), "The valve");
    }
}
