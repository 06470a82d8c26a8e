//! Why something that needs the server did not happen: the error of every server function.

use crate::sync::protocol::ProblemCode;
use leptos::server_fn::{
    codec::JsonEncoding,
    error::{FromServerFnError, ServerFnErrorErr},
};
use serde::{Deserialize, Serialize};

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

impl Failure {
    /// A failure that is about no field.
    pub fn new(code: ProblemCode, message: &str) -> Self {
        Self { code, message: message.to_owned(), field: None }
    }

    /// What to say beside `field`, if it is about that field.
    pub fn about(&self, field: &str) -> Option<String> {
        (self.field.as_deref() == Some(field)).then(|| self.message.clone())
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
