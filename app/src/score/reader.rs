use super::RatingLine;
use crate::{
    id::{MemberId, RatingId},
    time::{Timestamp, words},
};
use chrono::NaiveDate;

/// Who reads, when and where: what dates in words and the addresses of ratings depend on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reader {
    /// Who.
    pub me: MemberId,
    /// The day there.
    pub today: NaiveDate,
    /// Minutes east of UTC.
    pub offset_minutes: i16,
}

impl Reader {
    /// The signed-in member, where the device is.
    #[cfg(feature = "csr")]
    pub fn here(today: NaiveDate) -> Self {
        Self { me: crate::sync::Phone::get().me(), today, offset_minutes: crate::browser::clock::offset_minutes() }
    }

    /// When something was given, opening a line: 'Today', 'Tue 5 May'.
    pub fn day(&self, at: Timestamp) -> String {
        words::capitalised(&words::day(at.date_at(self.offset_minutes), self.today))
    }

    /// The address of the rating that `line` is about.
    pub(super) fn address(&self, line: &RatingLine) -> String {
        rating_address(line.id, line.rep == self.me)
    }
}

/// The address of a rating: the rep's own lie below Feedback, others' below Team.
pub fn rating_address(rating: RatingId, own: bool) -> String {
    let tab = if own { "feedback" } else { "team" };
    format!("/app/{tab}/ratings/{rating}")
}
