use super::{Client, Turn};
use crate::{sync::answer::Trouble, time::Timestamp};

/// How far what this phone holds agrees with the server.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Connection {
    /// Nothing heard from the server since the start.
    #[default]
    Unknown,
    /// Asking the server now.
    Busy,
    /// All was exchanged.
    UpToDate,
    /// No way to the server; what is saved waits.
    Offline,
    /// The server answers, but not as it should; tried again by itself.
    Troubled,
    /// The session ended: sign in again to send.
    SignedOut,
    /// This device was signed out for good: what it holds goes to the administrators, then it is emptied.
    Revoked,
    /// Somebody else is signed in: what is saved waits for its own member.
    AnotherMember,
}

/// The state of sync, for the screens that tell the person.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Health {
    /// How things stand.
    pub connection: Connection,
    /// What the last exchange failed from, if it did.
    pub trouble: Option<Trouble>,
    /// When all was last exchanged, since the start.
    pub synced_at: Option<Timestamp>,
    /// Items still to be sent.
    pub unsent: usize,
    /// When the oldest of them was saved.
    pub oldest_unsent: Option<Timestamp>,
    /// Items that the person must decide on.
    pub needing_you: usize,
    /// Items that this phone once numbered and neither it nor the server has: tell the administrator.
    pub lost: usize,
}

impl Client {
    /// How things stand.
    pub fn health(&self) -> Health {
        Health {
            connection: self.connection(),
            trouble: self.trouble,
            synced_at: self.synced_at,
            unsent: self.outbox.unsent(),
            oldest_unsent: self.outbox.oldest_unsent(),
            needing_you: self.outbox.needing_you(),
            lost: self.lost.len(),
        }
    }

    fn connection(&self) -> Connection {
        match (self.paused, self.trouble) {
            _ if self.revoked => Connection::Revoked,
            (Some(Trouble::AnotherMember), _) => Connection::AnotherMember,
            (Some(_), _) => Connection::SignedOut,
            _ if !self.online => Connection::Offline,
            _ if !matches!(self.turn, Turn::Idle) || self.is_pushing() => Connection::Busy,
            (None, Some(Trouble::Offline | Trouble::Timeout)) => Connection::Offline,
            (None, Some(_)) => Connection::Troubled,
            (None, None) if self.synced_at.is_some() => Connection::UpToDate,
            (None, None) => Connection::Unknown,
        }
    }
}
