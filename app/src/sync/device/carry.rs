use super::{Download, Phone};
use crate::{
    browser::{
        clock,
        locked::Locked,
        storage::StorageError,
        vault::{self, VaultError},
    },
    sync::outbox::{Carried, CarryError},
};
use leptos::prelude::*;

/// Why a locked file was not made or not taken in.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CarryFailure {
    /// It is no locked file, or holds something else.
    #[error(transparent)]
    File(#[from] CarryError),
    /// It could not be locked or opened.
    #[error(transparent)]
    Vault(#[from] VaultError),
    /// The database failed.
    #[error(transparent)]
    Storage(#[from] StorageError),
}

impl Phone {
    /// Everything that only this phone has, locked by `passphrase`. Once it is offered, what a person typed counts as exported; a customer's
    /// answers do not, so that they cannot be lost with a file.
    ///
    /// # Errors
    /// [`CarryFailure`]: there is no file.
    pub async fn carry(self, passphrase: &str) -> Result<Download, CarryFailure> {
        let outbox = self.shown.outbox.get_untracked();
        let locked = vault::lock(&outbox.carry(self.me).write(), passphrase).await?;
        Ok(Download { text: locked.write(), holds: outbox.exported() })
    }

    /// Takes in what [`Phone::carry`] made here or on another device of the member, to be sent from here. Returns how many items were new here.
    ///
    /// # Errors
    /// [`CarryFailure`]: nothing was taken in.
    pub async fn take_in(self, file: &str, passphrase: &str) -> Result<usize, CarryFailure> {
        let locked = Locked::read(file).map_err(|_| CarryError::Unreadable)?;
        let text = vault::open(&locked, passphrase).await?;
        let carried = self.shown.outbox.with_untracked(|outbox| Ok::<_, CarryError>(Carried::read(&text, self.me)?.new_to(outbox)))?;
        if carried.is_empty() {
            return Ok(0);
        }
        let (engine, now) = (self.engine.get_value(), clock::now());
        engine.save(&[], |first| (Vec::new(), carried.items(first, now))).await?;
        Ok(carried.len())
    }
}
