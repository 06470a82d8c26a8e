use serde::{Deserialize, Serialize};

/// Why a mutation can never be accepted as it is. The phone keeps it under 'needs you' with this reason.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// A field holds what it cannot.
    #[error("{field}: {message}")]
    Invalid {
        /// Which field.
        field: String,
        /// What to do about it.
        message: String,
    },
    /// It names something that does not exist, or that this member may not see.
    #[error("the {entity} is not there any more")]
    NotFound {
        /// What was looked for.
        entity: String,
    },
    /// This member may not do that.
    #[error("only its owner or manager can change this")]
    NotYours,
    /// A request to rate is out, so this changes only through the manager.
    #[error("the customer was asked already; only your manager can change this now")]
    AlreadyAsked,
    /// The contact was asked for this meeting, or must not be asked yet.
    #[error("this contact cannot be asked now")]
    NotDue,
    /// The rating does not count already.
    #[error("this rating is left out of the score already")]
    LeftOut,
    /// The rating counts already.
    #[error("this rating counts in the score already")]
    Counts,
    /// The id names something else already.
    #[error("this id is taken")]
    IdTaken,
    /// The same mutation came before with another content.
    #[error("this was sent before with another content")]
    Altered,
    /// It cannot be read: written by a newer app, or damaged.
    #[error("this cannot be read: {message}")]
    Unreadable {
        /// Where reading stopped.
        message: String,
    },
    /// It came from a device that was shut out before. Since wire 4.
    #[error("the device that this was saved on was signed out for good before it was sent")]
    Revoked,
    /// The organisation has used up what it may keep of photos. Since wire 6.
    #[error("your organisation has no room for more photos")]
    NoRoom,
    /// Sealed answers cannot be opened.
    #[error("these answers cannot be opened")]
    CannotOpen,
}

impl Refusal {
    /// [`Refusal::Invalid`] for `field`, with what to do about it.
    pub fn invalid(field: &str, message: &str) -> Self {
        Self::Invalid { field: field.to_owned(), message: message.to_owned() }
    }

    /// [`Refusal::NotFound`] for an `entity` as people call it.
    pub fn not_found(entity: &str) -> Self {
        Self::NotFound { entity: entity.to_owned() }
    }
}
