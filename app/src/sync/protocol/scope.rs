//! Who sees what.

use crate::id::{MemberId, TeamId};
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// A part of an organisation's rows that a member may see as a whole. Reads and writes as `organisation`, `colleagues`, or its kind and whose
/// it is: `team/ID`, `member/ID`, `months/ID`, `outbox/ID`, `own/ID`, `care/ID`, `team-care/ID`, `calendar/ID`, `photos/ID`, `team-photos/ID`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope {
    /// What every member sees.
    Organisation,
    /// What the managers of a team see.
    Team(TeamId),
    /// What one member sees.
    Member(MemberId),
    /// What one member is shown of months that are over. Since wire 3, and apart from [`Scope::Member`] for the sake of older phones, which
    /// cannot read its rows: they are not told of it, and once they can, they read it from the start.
    Months(MemberId),
    /// What became of one member's mutations that were refused. Since wire 4, and a scope of its own for the sake of older phones.
    Outbox(MemberId),
    /// What every member sees of when colleagues work. Since wire 5, and apart from [`Scope::Organisation`] for the sake of older phones.
    Colleagues,
    /// What one member put off. Since wire 5, likewise.
    Own(MemberId),
    /// What is asked among colleagues and made right for customers' sake, as one member sees it. Since wire 5, and a scope of its own for the
    /// sake of older phones.
    Care(MemberId),
    /// The same, as the managers of a team see it. Since wire 5.
    TeamCare(TeamId),
    /// What is coming in one member's calendar elsewhere. Since wire 6, and a scope of its own for the sake of older phones.
    Calendar(MemberId),
    /// The photos that one member sees. Since wire 6, and a scope of its own for the sake of older phones.
    Photos(MemberId),
    /// The photos that the managers of a team see. Since wire 6.
    TeamPhotos(TeamId),
}

impl Scope {
    /// The first wire whose phones may be told of it.
    pub fn since(self) -> u16 {
        match self {
            Self::Organisation | Self::Team(_) | Self::Member(_) => 1,
            Self::Months(_) => 3,
            Self::Outbox(_) => 4,
            Self::Colleagues | Self::Own(_) | Self::Care(_) | Self::TeamCare(_) => 5,
            Self::Calendar(_) | Self::Photos(_) | Self::TeamPhotos(_) => 6,
        }
    }
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Organisation => f.write_str("organisation"),
            Self::Team(id) => write!(f, "team/{id}"),
            Self::Member(id) => write!(f, "member/{id}"),
            Self::Months(id) => write!(f, "months/{id}"),
            Self::Outbox(id) => write!(f, "outbox/{id}"),
            Self::Colleagues => f.write_str("colleagues"),
            Self::Own(id) => write!(f, "own/{id}"),
            Self::Care(id) => write!(f, "care/{id}"),
            Self::TeamCare(id) => write!(f, "team-care/{id}"),
            Self::Calendar(id) => write!(f, "calendar/{id}"),
            Self::Photos(id) => write!(f, "photos/{id}"),
            Self::TeamPhotos(id) => write!(f, "team-photos/{id}"),
        }
    }
}

/// The text names no scope.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a scope: {0}")]
pub struct NotAScope(String);

impl FromStr for Scope {
    type Err = NotAScope;

    fn from_str(text: &str) -> Result<Self, NotAScope> {
        let not = |_| NotAScope(text.to_owned());
        match text.split_once('/') {
            None if text == "organisation" => Ok(Self::Organisation),
            None if text == "colleagues" => Ok(Self::Colleagues),
            Some(("team", id)) => id.parse().map(Self::Team).map_err(not),
            Some(("member", id)) => id.parse().map(Self::Member).map_err(not),
            Some(("months", id)) => id.parse().map(Self::Months).map_err(not),
            Some(("outbox", id)) => id.parse().map(Self::Outbox).map_err(not),
            Some(("own", id)) => id.parse().map(Self::Own).map_err(not),
            Some(("care", id)) => id.parse().map(Self::Care).map_err(not),
            Some(("team-care", id)) => id.parse().map(Self::TeamCare).map_err(not),
            Some(("calendar", id)) => id.parse().map(Self::Calendar).map_err(not),
            Some(("photos", id)) => id.parse().map(Self::Photos).map_err(not),
            Some(("team-photos", id)) => id.parse().map(Self::TeamPhotos).map_err(not),
            _ => Err(NotAScope(text.to_owned())),
        }
    }
}

impl Serialize for Scope {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Scope {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}
