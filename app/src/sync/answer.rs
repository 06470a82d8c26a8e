//! What an answer of the server means for the one who asked: the value, or what to do instead.

use super::protocol::{Problem, ProblemCode};
use crate::browser::reply::{NetworkError, Reply};
use serde::de::DeserializeOwned;
use std::time::Duration;

/// Why an exchange with the server came to nothing, by what helps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Trouble {
    /// There is no network: wait for it.
    #[error("no network")]
    Offline,
    /// No complete answer in time: try again, with less.
    #[error("no answer in time")]
    Timeout,
    /// The answer broke off, or is none of this server's, as in a hotel that wants a sign-in: try again.
    #[error("no complete answer")]
    Cut,
    /// The server failed: try again, and find out whether one item is to blame.
    #[error("the server failed")]
    Server,
    /// Too much at once: wait as long as it says, then send less.
    #[error("the server is busy")]
    Busy(Option<Duration>),
    /// Too large: send less.
    #[error("too large for the server")]
    TooLarge,
    /// Not readable for the server: find the item that is to blame.
    #[error("not readable for the server")]
    Malformed,
    /// No session: sign in.
    #[error("signed out")]
    SignedOut,
    /// The session was shut out for good: hand over what is held, then forget everything.
    #[error("this device was signed out for good")]
    Revoked,
    /// Nothing more is taken from this device: forget everything.
    #[error("this device has delivered everything")]
    Delivered,
    /// Not allowed, as things are.
    #[error("not allowed")]
    Forbidden,
    /// Another member's session: sign in as the right one.
    #[error("signed in as another member")]
    AnotherMember,
    /// The server is older than this app: wait until it is updated.
    #[error("the server is older than this app")]
    TooNew,
    /// The server was restored from a backup: pull first.
    #[error("the server was restored from a backup")]
    Rewound,
    /// The phone could not store the answer.
    #[error("this device could not store the answer")]
    Storage,
}

/// Reads an answer.
///
/// # Errors
/// [`Trouble`].
pub fn read<T: DeserializeOwned>(answer: &Result<Reply, NetworkError>) -> Result<T, Trouble> {
    let reply = match answer {
        Ok(reply) => reply,
        Err(NetworkError::Offline) => return Err(Trouble::Offline),
        Err(NetworkError::Timeout) => return Err(Trouble::Timeout),
        Err(NetworkError::Cut) => return Err(Trouble::Cut),
    };
    if reply.status == 200 {
        return serde_json::from_str(&reply.body).map_err(|_| Trouble::Cut);
    }
    let code = serde_json::from_str::<Problem>(&reply.body).ok().map(|problem| problem.code);
    Err(match (code, reply.status) {
        (Some(ProblemCode::AnotherMember), _) => Trouble::AnotherMember,
        (Some(ProblemCode::TooNew), _) => Trouble::TooNew,
        (Some(ProblemCode::Rewound), _) => Trouble::Rewound,
        (Some(ProblemCode::Revoked), _) => Trouble::Revoked,
        (Some(ProblemCode::Delivered), _) => Trouble::Delivered,
        (Some(ProblemCode::Forbidden), _) => Trouble::Forbidden,
        (Some(ProblemCode::SignedOut), _) | (_, 401) => Trouble::SignedOut,
        (Some(ProblemCode::TooLarge), _) | (_, 413) => Trouble::TooLarge,
        (Some(ProblemCode::Busy), _) | (_, 429) => Trouble::Busy(reply.retry_after),
        (Some(ProblemCode::Malformed), _) => Trouble::Malformed,
        // A proxy's words, not the server's: neither the items nor the session are to blame.
        (None, 200..500) => Trouble::Cut,
        (_, 502..=504) => Trouble::Busy(reply.retry_after),
        _ => Trouble::Server,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reply(status: u16, body: &str) -> Result<Reply, NetworkError> {
        Ok(Reply { status, body: body.to_owned(), retry_after: Some(Duration::from_secs(7)), server_time: None })
    }

    #[test]
    fn an_answer_is_its_value_or_what_helps() {
        let problem = |code: &str| format!(r#"{{"code":"{code}","message":"Words for people."}}"#);
        let busy = Trouble::Busy(Some(Duration::from_secs(7)));
        for (answer, expected) in [
            (reply(200, "[1,2]"), Ok(vec![1, 2])),
            (reply(200, "[1,"), Err(Trouble::Cut)),
            (reply(200, "<html>Welcome to our hotel"), Err(Trouble::Cut)),
            (reply(511, "<html>"), Err(Trouble::Server)),
            (reply(404, "<html>"), Err(Trouble::Cut)),
            (reply(401, ""), Err(Trouble::SignedOut)),
            (reply(401, &problem("signed_out")), Err(Trouble::SignedOut)),
            (reply(401, &problem("revoked")), Err(Trouble::Revoked)),
            (reply(401, &problem("a code of tomorrow")), Err(Trouble::SignedOut)),
            (reply(403, &problem("forbidden")), Err(Trouble::Forbidden)),
            (reply(409, &problem("another_member")), Err(Trouble::AnotherMember)),
            (reply(413, ""), Err(Trouble::TooLarge)),
            (reply(429, &problem("busy")), Err(busy)),
            (reply(503, ""), Err(busy)),
            (reply(400, &problem("malformed")), Err(Trouble::Malformed)),
            (reply(426, &problem("too_new")), Err(Trouble::TooNew)),
            (reply(409, &problem("rewound")), Err(Trouble::Rewound)),
            (reply(500, &problem("internal")), Err(Trouble::Server)),
            (Err(NetworkError::Offline), Err(Trouble::Offline)),
            (Err(NetworkError::Timeout), Err(Trouble::Timeout)),
            (Err(NetworkError::Cut), Err(Trouble::Cut)),
        ] {
            assert_eq!(read::<Vec<i32>>(&answer), expected, "{answer:?}");
        }
    }
}
