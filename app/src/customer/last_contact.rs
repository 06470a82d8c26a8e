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
    /// On which day.
    pub on: NaiveDate,
    /// When on it.
    pub at: Timestamp,
    /// Who of ours.
    pub by: MemberId,
    /// What it was.
    pub kind: ContactKind,
}

impl LastContact {
    /// `meeting`, if it was held.
    pub fn by_meeting(meeting: &Meeting) -> Option<Self> {
        let contact = Self { on: meeting.date(), at: meeting.starts_at, by: meeting.rep, kind: ContactKind::Met(meeting.format) };
        meeting.is_held().then_some(contact)
    }

    /// `touch`.
    pub fn by_touch(touch: &Touch) -> Self {
        Self { on: touch.date(), at: touch.at, by: touch.rep, kind: ContactKind::Touched(touch.kind) }
    }

    /// The later of both.
    #[must_use]
    pub fn later(self, other: Self) -> Self {
        if (other.on, other.at) >= (self.on, self.at) { other } else { self }
    }
}
