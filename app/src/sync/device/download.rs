use super::Phone;
use crate::{
    browser::{
        files::{self, FileError},
        record::{Table, Write},
        storage::{StorageError, Store},
    },
    id::MutationId,
};
use leptos::prelude::*;
use std::collections::BTreeSet;

/// The key in [`Table::Meta`] of what was saved in files. Builds before this kept the highest number then under `exported`, which does not
/// say what the file held: it is read no more, and what is still only here is to be saved once more.
const IN_FILES: &str = "in_files";

/// A file with what only this phone has.
#[derive(Clone, Debug)]
pub struct Download {
    pub(super) text: String,
    /// What counts as exported once the file was offered.
    pub(super) holds: BTreeSet<MutationId>,
}

/// Why a file does not count.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DownloadError {
    /// The browser did not take it.
    #[error(transparent)]
    File(#[from] FileError),
    /// It was offered, and that could not be kept.
    #[error(transparent)]
    Storage(#[from] StorageError),
}

impl Phone {
    /// Everything that only this phone has, as JSON.
    pub fn export(self) -> Download {
        self.shown.outbox.with_untracked(|outbox| Download { text: outbox.export(), holds: outbox.exported() })
    }

    /// Offers a file to the person under that name. What it holds counts as exported from here on, and not before: a browser may allow no
    /// downloads.
    ///
    /// # Errors
    /// [`DownloadError`]: it does not count as exported.
    pub async fn offer(self, name: &str, file: &Download) -> Result<(), DownloadError> {
        files::offer(name, "application/json", &file.text)?;
        let outbox = self.shown.outbox.get_untracked();
        let note = |kept: Option<&str>| {
            let earlier = kept.and_then(|kept| serde_json::from_str(kept).ok()).unwrap_or_default();
            (vec![Write::put(Table::Meta, IN_FILES, &outbox.in_files(earlier, &file.holds))], ())
        };
        self.engine.get_value().store().commit_from(IN_FILES, &[], note).await?;
        Ok(())
    }
}

/// What was saved in files.
///
/// # Errors
/// [`StorageError`].
pub(super) async fn in_files(store: &Store) -> Result<BTreeSet<MutationId>, StorageError> {
    Ok(store.get(Table::Meta, IN_FILES).await?.unwrap_or_default())
}
