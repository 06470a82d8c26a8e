//! Instants. Calendar dates are `chrono::NaiveDate` and arrive as `today`; nothing here reads a clock.

pub mod words;

use crate::sync::Refusal;
use chrono::{DateTime, FixedOffset, NaiveDate, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

/// An instant: milliseconds since 1970-01-01T00:00:00Z.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Timestamp(pub i64);

impl Timestamp {
    /// The last instant taken from outside, 9999-12-31: later ones have no calendar date that people would recognise.
    pub const MAX: Self = Self(253_402_300_799_999);

    /// The same instant for calendar arithmetic; out-of-range values clamp to chrono's range.
    pub fn to_utc(self) -> DateTime<Utc> {
        DateTime::from_timestamp_millis(self.0).unwrap_or(if self.0 < 0 { DateTime::<Utc>::MIN_UTC } else { DateTime::<Utc>::MAX_UTC })
    }

    /// The wall-clock time at `offset_minutes` east of UTC, as the meeting's place had it. Offsets beyond a day count as UTC.
    pub fn at_offset(self, offset_minutes: i16) -> DateTime<FixedOffset> {
        let utc = FixedOffset::east_opt(0).expect("zero is an offset");
        self.to_utc().with_timezone(&FixedOffset::east_opt(i32::from(offset_minutes) * 60).unwrap_or(utc))
    }

    /// The calendar date at `offset_minutes` east of UTC.
    pub fn date_at(self, offset_minutes: i16) -> NaiveDate {
        self.at_offset(offset_minutes).date_naive()
    }

    /// The same date as days since 1970-01-01: for comparing many.
    pub fn day_at(self, offset_minutes: i16) -> i64 {
        let offset = if offset_minutes.unsigned_abs() < 24 * 60 { i64::from(offset_minutes) } else { 0 };
        (self.0 + offset * 60_000).div_euclid(86_400_000)
    }

    /// This instant moved by `days` of 24 hours.
    pub fn plus_days(self, days: i64) -> Self {
        Self(self.0 + TimeDelta::days(days).num_milliseconds())
    }

    /// This instant moved by `milliseconds`.
    pub fn plus_millis(self, milliseconds: i64) -> Self {
        Self(self.0 + milliseconds)
    }

    /// Whole and part days of 24 hours since `earlier`; negative where `earlier` is later.
    pub fn days_since(self, earlier: Self) -> f64 {
        (self.0 - earlier.0) as f64 / 86_400_000.0
    }

    /// Whether it lies where meetings can be: 1970 to 9999.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] naming `field`.
    pub fn check(self, field: &str) -> Result<(), Refusal> {
        if (0..=Self::MAX.0).contains(&self.0) { Ok(()) } else { Err(Refusal::invalid(field, "choose a date between 1970 and 9999")) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_the_date() {
        for at in [0, -1, 86_399_999, 1_780_000_000_000, -90_000_000] {
            for offset in [0, 120, -300, 840, 1440, -1441, i16::MIN] {
                let date = Timestamp(at).date_at(offset);
                assert_eq!(Timestamp(at).day_at(offset), (date - NaiveDate::default()).num_days(), "{at} {offset}");
            }
        }
    }
}
