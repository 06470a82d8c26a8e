use crate::{
    id::MemberId,
    meeting::{Meeting, MeetingFormat, Touch, TouchKind},
    time::Timestamp,
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// What a contact was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ContactKind {
    /// A meeting that was held.
    Met(MeetingFormat),
    /// A touch.
    Touched(TouchKind),
}

/// A contact that begins a window.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LastContact {
    /// When.
    pub at: Timestamp,
    /// The clocks there, minutes east of UTC.
    pub offset_minutes: i16,
    /// Who of ours.
    pub by: MemberId,
    /// What it was.
    pub kind: ContactKind,
}

impl LastContact {
    /// `meeting`, if it was held.
    pub fn by_meeting(meeting: &Meeting) -> Option<Self> {
        let Meeting { starts_at, offset_minutes, rep, format, .. } = *meeting;
        meeting.is_held().then_some(Self { at: starts_at, offset_minutes, by: rep, kind: ContactKind::Met(format) })
    }

    /// `touch`.
    pub fn by_touch(touch: &Touch) -> Self {
        Self { at: touch.at, offset_minutes: touch.offset_minutes, by: touch.rep, kind: ContactKind::Touched(touch.kind) }
    }

    /// On which day.
    pub fn on(self) -> NaiveDate {
        self.at.date_at(self.offset_minutes)
    }

    /// The same as a number, for comparing many.
    pub fn day(self) -> i64 {
        self.at.day_at(self.offset_minutes)
    }

    /// The later of both.
    #[must_use]
    pub fn later(self, other: Self) -> Self {
        if (other.day(), other.at) >= (self.day(), self.at) { other } else { self }
    }
}
