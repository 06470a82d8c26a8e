//! Which pasts of an organisation are this database's own, and which a restored backup does not know.

use super::queries;
use crate::{db::Transaction, error::Error};
use app::{
    id::{EpochId, OrganisationId},
    sync::protocol::Cursor,
};
use std::collections::BTreeMap;

/// The organisation's sequences and the epochs they belong to: what cursors are checked against.
pub struct History {
    head: i64,
    epochs: BTreeMap<i64, EpochId>,
}

impl History {
    /// The history up to `head`.
    ///
    /// # Errors
    /// The database's.
    pub async fn new(tx: &mut Transaction, organisation: OrganisationId, head: i64) -> Result<Self, Error> {
        Ok(Self { head, epochs: queries::epochs(tx, organisation).await? })
    }

    /// The epoch that a sequence belongs to; nil before the first write.
    pub fn epoch_of(&self, sequence: i64) -> EpochId {
        self.epochs.range(..=sequence).next_back().map_or(EpochId(uuid::Uuid::nil()), |(_, epoch)| *epoch)
    }

    /// The cursor after the row that `sequence`, `entity` and `id` name; both empty for before the first row of `sequence`.
    pub fn cursor(&self, sequence: i64, entity: &str, id: &str) -> Cursor {
        let epoch = self.epoch_of(sequence.min(self.head));
        Cursor { epoch, sequence, entity: entity.to_owned(), id: id.to_owned() }
    }

    /// Whether the cursor was given in this history: a restored backup knows neither the epochs nor the sequences that it lost.
    pub fn knows(&self, cursor: &Cursor) -> bool {
        cursor.sequence <= self.head + 1 && cursor.epoch == self.epoch_of(cursor.sequence.min(self.head)) || self.is_boundary(cursor)
    }

    /// A cursor before the first row of the sequence that opened the next epoch was given in the epoch before it.
    fn is_boundary(&self, cursor: &Cursor) -> bool {
        cursor.entity.is_empty() && cursor.sequence <= self.head + 1 && cursor.epoch == self.epoch_of(cursor.sequence - 1)
    }
}
