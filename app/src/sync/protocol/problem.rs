//! What went wrong.

use serde::{Deserialize, Serialize};

/// What every endpoint under /api answers where it cannot do what was asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// What it is.
    pub code: ProblemCode,
    /// What to do, in words for people.
    pub message: String,
}

/// Kinds of [`Problem`], by what the caller can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProblemCode {
    /// The request is not of the right form: never succeeds as it is.
    Malformed,
    /// Too large: send less at once.
    TooLarge,
    /// Sign in first.
    SignedOut,
    /// The session was shut out for good, with its device or its member: hand over what is held, then forget everything. Since wire 4; whoever
    /// does not know it goes by the status, which says signed out.
    Revoked,
    /// A revoked device has handed over what it may: nothing more is taken. Since wire 4.
    Delivered,
    /// The session is another member's: sign in as the right one.
    AnotherMember,
    /// Not allowed.
    Forbidden,
    /// Not there.
    NotFound,
    /// Written for a newer wire than this server reads: wait until it is updated.
    TooNew,
    /// The server was restored from a backup since: pull first, and send again what it lost before what builds on it.
    Rewound,
    /// Too many at once: wait.
    Busy,
    /// A fault of ours: try again later.
    Internal,
    /// Nobody answered: try again when there is a network. Said by the phone itself, never sent.
    Unreachable,
}
