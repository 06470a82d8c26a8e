//! The one error of the server. It is logged once, where it leaves; nothing internal is told to the caller.

use app::{
    failure::Failure,
    sync::{Refusal, protocol::ProblemCode},
};
use axum::{
    Json,
    extract::rejection::JsonRejection,
    http::StatusCode,
    response::{IntoResponse, Response},
};

/// Why a request could not be answered.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The caller can do something about it.
    #[error("{code:?}: {message}")]
    Problem {
        /// What it is.
        code: ProblemCode,
        /// What to do, in words for people.
        message: String,
    },
    /// A rule says no, for good.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The database could not do it now.
    #[error("database: {0}")]
    Database(#[from] sqlx::Error),
    /// A stored body does not read: a fault of ours.
    #[error("stored body: {0}")]
    Body(#[from] serde_json::Error),
    /// Something that should not happen did.
    #[error("{0}")]
    Internal(String),
}

impl Error {
    /// A [`Error::Problem`].
    pub fn problem(code: ProblemCode, message: &str) -> Self {
        Self::Problem { code, message: message.to_owned() }
    }

    /// Nobody is signed in.
    pub fn signed_out() -> Self {
        Self::problem(ProblemCode::SignedOut, "Sign in to go on. What you saved stays on this device.")
    }

    /// The session was revoked.
    pub fn revoked() -> Self {
        Self::problem(ProblemCode::Revoked, "This device was signed out for good. What it had not sent goes to your administrators.")
    }

    /// Not there, or not to be seen: the caller cannot tell which.
    pub fn not_found() -> Self {
        Self::problem(ProblemCode::NotFound, "This is not here, or not yours to see.")
    }

    /// Signed in, but not allowed.
    pub fn forbidden() -> Self {
        Self::problem(ProblemCode::Forbidden, "Your role does not allow this. Ask an administrator.")
    }
}

impl From<JsonRejection> for Error {
    fn from(rejection: JsonRejection) -> Self {
        let code = if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE { ProblemCode::TooLarge } else { ProblemCode::Malformed };
        Self::Problem { code, message: rejection.body_text() }
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        match error {
            Error::Problem { code, message } => Self { code, message, field: None },
            Error::Refused(refusal) => refusal.into(),
            Error::Database(_) | Error::Body(_) | Error::Internal(_) => {
                tracing::error!(%error, "request failed");
                Self::new(ProblemCode::Internal, "Something went wrong on our side. Nothing was changed; try again in a minute.")
            }
        }
    }
}

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        let failure = Failure::from(self);
        (status(failure.code), Json(failure)).into_response()
    }
}

/// The HTTP status of a problem.
pub fn status(code: ProblemCode) -> StatusCode {
    match code {
        ProblemCode::Malformed => StatusCode::BAD_REQUEST,
        ProblemCode::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        ProblemCode::SignedOut | ProblemCode::Revoked => StatusCode::UNAUTHORIZED,
        ProblemCode::AnotherMember | ProblemCode::Rewound | ProblemCode::Delivered => StatusCode::CONFLICT,
        ProblemCode::Forbidden => StatusCode::FORBIDDEN,
        ProblemCode::NotFound => StatusCode::NOT_FOUND,
        ProblemCode::TooNew => StatusCode::UPGRADE_REQUIRED,
        ProblemCode::Busy => StatusCode::TOO_MANY_REQUESTS,
        ProblemCode::Internal | ProblemCode::Unreachable => StatusCode::INTERNAL_SERVER_ERROR,
    }
}
