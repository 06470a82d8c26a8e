//! What was saved on this phone and where each item is on its way to the server.

use super::{
    Refusal,
    protocol::{Envelope, Mutation, WIRE},
};
use crate::{
    id::{MemberId, MutationId},
    time::Timestamp,
};
use serde::{Deserialize, Serialize};

/// One saved mutation and where it is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Item {
    /// What was saved.
    pub envelope: Envelope,
    /// Where it is.
    pub state: ItemState,
    /// Since when, by this phone's clock.
    pub since: Timestamp,
}

/// Where a saved mutation is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum ItemState {
    /// On this phone only.
    OnThisPhone,
    /// The server has taken it and its rows are on their way back.
    Received {
        /// The organisation's sequence that shows it.
        sequence: i64,
    },
    /// Done: its rows are back. Kept for 30 days, in case the server is restored from a backup.
    Accepted,
    /// Can never be accepted as it is: the person decides.
    NeedsYou {
        /// Why.
        refusal: Refusal,
    },
}

impl Item {
    /// A mutation of `member`, saved at `now` as the `sequence`th of its device.
    pub fn new(id: MutationId, member: MemberId, sequence: u64, mutation: Mutation, now: Timestamp) -> Self {
        let envelope = Envelope { id, member, sequence, wire: WIRE, made_at: now, mutation };
        Self { envelope, state: ItemState::OnThisPhone, since: now }
    }

    /// Its key in the database: in the order of saving.
    pub fn key(&self) -> String {
        format!("{:020}", self.envelope.sequence)
    }

    /// Whether the server's rows do not show it yet, so that it is laid on top of them.
    pub fn is_pending(&self) -> bool {
        matches!(self.state, ItemState::OnThisPhone | ItemState::Received { .. })
    }
}
