//! Why something that needs the server did not happen: the error of every server function.

#[cfg(feature = "csr")]
use crate::browser::storage::StorageError;
use crate::{
    form::sentence,
    sync::{Refusal, protocol::ProblemCode},
};
use leptos::server_fn::{
    codec::JsonEncoding,
    error::{FromServerFnError, ServerFnErrorErr},
};
use serde::{Deserialize, Serialize};
use std::{future::Future, pin::Pin};

/// A [`Problem`](crate::sync::protocol::Problem) that may point at a field of a form; reads from the JSON of either.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[error("{message}")]
pub struct Failure {
    /// What it is.
    pub code: ProblemCode,
    /// What to do, in words for people.
    pub message: String,
    /// The field that it is about, where it is about one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
}

/// What a port's functions answer.
pub type Answer<'a, T> = Pin<Box<dyn Future<Output = Result<T, Failure>> + Send + 'a>>;

impl Failure {
    /// A failure that is about no field.
    pub fn new(code: ProblemCode, message: &str) -> Self {
        Self { code, message: message.to_owned(), field: None }
    }
}

#[cfg(feature = "csr")]
impl From<StorageError> for Failure {
    fn from(error: StorageError) -> Self {
        let words = match error {
            StorageError::Full => "There is no space left on this device. Make some room and try again.",
            StorageError::Closed | StorageError::Blocked => "Qdos is open in another tab. Close the other tabs and reload this one.",
            StorageError::Unavailable => "This browser keeps nothing for Qdos. Leave private browsing, or use another browser.",
            StorageError::Unreadable(_) | StorageError::Other(_) => "This device could not keep that you signed in. Try again.",
        };
        Self::new(ProblemCode::Internal, words)
    }
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::Invalid { field, message } => Self { code: ProblemCode::Malformed, message: sentence(&message), field: Some(field) },
            Refusal::NotFound { entity } => Self::new(ProblemCode::NotFound, &format!("The {entity} is not there any more.")),
            refusal => Self::new(ProblemCode::Malformed, &sentence(&refusal.to_string())),
        }
    }
}

impl FromServerFnError for Failure {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        match error {
            ServerFnErrorErr::Request(_) => {
                Self::new(ProblemCode::Unreachable, "The server cannot be reached. Check your connection and try again.")
            }
            // Only the phone's half answers for what comes back; on the server it is the request that does not read.
            _ if cfg!(feature = "ssr") => Self::new(ProblemCode::Malformed, "This request cannot be read. Reload the app and try again."),
            _ => Self::new(ProblemCode::Internal, "The answer could not be read. Try again in a minute."),
        }
    }
}
