//! What comes back from a request, as plain data, so that it can be judged without a browser.

use crate::time::Timestamp;
use std::time::Duration;

/// A complete answer, whatever its status.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reply {
    /// The HTTP status.
    pub status: u16,
    /// The whole body.
    pub body: String,
    /// How long the server asks to wait before the next request.
    pub retry_after: Option<Duration>,
    /// What time it was on the server, to the second.
    pub server_time: Option<Timestamp>,
}

/// Why there is no answer. Whether the server acted is unknown in each case, so what is sent must bear repeating.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NetworkError {
    /// No connection to the server.
    #[error("the server cannot be reached")]
    Offline,
    /// No complete answer in time.
    #[error("the server did not answer in time")]
    Timeout,
    /// The answer began and broke off.
    #[error("the answer was cut off")]
    Cut,
}
