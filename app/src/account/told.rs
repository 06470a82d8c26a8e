//! What a member was told at the first sign-in on this device, before anything else.

use super::Device;
use crate::{
    browser::{
        record::{Table, Write},
        storage::StorageError,
    },
    id::MemberId,
};
use leptos::prelude::*;

/// The key in [`Table::Meta`] of the mark that `member` was told.
pub(super) fn key(member: MemberId) -> String {
    format!("told/{member}")
}

impl Device {
    /// Whether the member who uses the device has read here what Qdos is for and who sees what.
    pub fn was_told(self) -> Signal<bool> {
        self.told.into()
    }

    /// The member goes on without having read it, because it is not on this phone yet: it is shown at the next start.
    pub fn tell_later(self) {
        self.told.set(true);
    }

    /// The member has read it.
    ///
    /// # Errors
    /// [`StorageError`]: it is shown again at the next start.
    pub async fn keep_told(self) -> Result<(), StorageError> {
        let member = self.member().expect("only a member who uses the device reads it");
        self.commit(&[Write::put(Table::Meta, key(member), &true)]).await?;
        self.told.set(true);
        Ok(())
    }
}
