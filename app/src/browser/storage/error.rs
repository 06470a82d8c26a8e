//! What can go wrong with a database, and what the browser's errors mean.

use indexed_db_futures::error::{Error, OpenDbError};

use crate::browser::window::describe;

/// Why nothing was read or written, by what the caller can do about it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StorageError {
    /// No space left: keep what was typed on screen and say how to make room.
    #[error("no space left on this device")]
    Full,
    /// Another tab took the database over: ask to reload.
    #[error("the database was taken over by another tab")]
    Closed,
    /// An older tab still holds the database: ask to close the other tabs.
    #[error("another tab holds the database open")]
    Blocked,
    /// No database here at all, as in some private windows: say that nothing can be kept.
    #[error("this browser keeps no databases")]
    Unavailable,
    /// A value is not what this build expects: a newer build wrote it.
    #[error("a stored value cannot be read: {0}")]
    Unreadable(String),
    /// Anything else: offer to try again.
    #[error("the database failed: {0}")]
    Other(String),
}

/// How one attempt on one connection ended.
pub(super) enum Failure {
    /// The connection is gone (memory pressure, a cleared site, a crashed storage process): open another and try again.
    Lost(String),
    /// Trying again would end the same way.
    Final(StorageError),
}

impl From<Failure> for StorageError {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Lost(reason) => StorageError::Other(reason),
            Failure::Final(error) => error,
        }
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        match error {
            Error::DomException(exception) => of_exception(&exception.into()),
            other => Failure::Final(StorageError::Other(other.to_string())),
        }
    }
}

impl From<OpenDbError> for Failure {
    fn from(error: OpenDbError) -> Self {
        match error {
            OpenDbError::UnsupportedEnvironment | OpenDbError::NullFactory => Failure::Final(StorageError::Unavailable),
            OpenDbError::Base(error) => error.into(),
            other => Failure::Final(StorageError::Other(other.to_string())),
        }
    }
}

/// Why a transaction did not complete; `error` is what its future said, which for an abort is nothing but the fact.
pub(super) fn of_transaction(transaction: &web_sys::IdbTransaction, error: Error) -> Failure {
    match (transaction.error(), error) {
        (Some(exception), _) => of_exception(&exception),
        (None, Error::DomException(exception)) => of_exception(&exception.into()),
        // Aborted without an error: the browser closed the connection under it.
        (None, error) => Failure::Lost(error.to_string()),
    }
}

fn of_exception(exception: &web_sys::DomException) -> Failure {
    let description = describe(exception);
    match exception.name().as_str() {
        "QuotaExceededError" => Failure::Final(StorageError::Full),
        "VersionError" => Failure::Final(StorageError::Closed),
        "SecurityError" => Failure::Final(StorageError::Unavailable),
        "InvalidStateError" | "AbortError" | "UnknownError" => Failure::Lost(description),
        _ => Failure::Final(StorageError::Other(description)),
    }
}
