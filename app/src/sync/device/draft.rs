use super::Phone;
use crate::browser::{
    record::{Durability, Table, Write},
    storage::StorageError,
};
use leptos::prelude::*;
use serde::{Serialize, de::DeserializeOwned};

/// A draft that was discarded, and what hung on it.
#[derive(Clone)]
pub struct DiscardedDraft(Vec<(String, String)>);

impl Phone {
    /// The draft kept under `key`; one that this build cannot read counts as none.
    pub fn draft<T: DeserializeOwned>(self, key: &str) -> Option<T> {
        self.drafts.with_value(|drafts| drafts.get(key).and_then(|text| serde_json::from_str(text).ok()))
    }

    /// What hangs on the draft under `key` by the name `kind`, in the order of its own keys; what this build cannot read is left out.
    pub fn draft_parts<T: DeserializeOwned>(self, key: &str, kind: &str) -> Vec<T> {
        let prefix = part_key(key, kind);
        self.drafts.with_value(|drafts| {
            let parts = drafts.range(prefix.clone()..).take_while(|(key, _)| key.starts_with(&prefix));
            parts.filter_map(|(_, text)| serde_json::from_str(text).ok()).collect()
        })
    }

    /// Whether anything is kept under `key`, be it only what hangs on the draft.
    pub fn has_draft(self, key: &str) -> bool {
        let belongs = belongs_to(key);
        self.drafts.with_value(|drafts| drafts.keys().any(|it| belongs(it)))
    }

    /// What drafts there are.
    pub fn draft_keys(self) -> Vec<String> {
        self.drafts.with_value(|drafts| drafts.keys().cloned().collect())
    }

    /// Keeps what is typed: relaxed while typing, strict when the page is hidden.
    ///
    /// # Errors
    /// [`StorageError`]: kept on screen only.
    pub async fn keep_draft(self, key: &str, draft: &impl Serialize, durability: Durability) -> Result<(), StorageError> {
        let text = serde_json::to_string(draft).expect("drafts are plain data");
        self.keep(vec![(key.to_owned(), text)], durability).await
    }

    /// Forgets the draft under `key` and what hangs on it, and returns what brings it back.
    ///
    /// # Errors
    /// [`StorageError`]: it is still there.
    pub async fn discard_draft(self, key: &str) -> Result<DiscardedDraft, StorageError> {
        self.engine.get_value().store().commit(&forget_draft(key), Durability::Strict).await?;
        Ok(self.forget_draft_here(key))
    }

    /// Keeps again what was discarded.
    ///
    /// # Errors
    /// [`StorageError`]: kept until the app is left.
    pub async fn bring_back(self, discarded: DiscardedDraft) -> Result<(), StorageError> {
        self.keep(discarded.0, Durability::Strict).await
    }

    async fn keep(self, drafts: Vec<(String, String)>, durability: Durability) -> Result<(), StorageError> {
        let put = |(key, text): &(String, String)| Write::Put { table: Table::Draft, key: key.clone(), value: text.clone() };
        let writes: Vec<Write> = drafts.iter().map(put).collect();
        self.drafts.update_value(|kept| kept.extend(drafts));
        self.engine.get_value().store().commit(&writes, durability).await
    }

    /// Forgets the draft under `key`.
    ///
    /// # Errors
    /// [`StorageError`]: it will be there at the next start.
    pub async fn drop_draft(self, key: &str) -> Result<(), StorageError> {
        self.forget_draft_here(key);
        self.engine.get_value().store().commit(&forget_draft(key), Durability::Relaxed).await
    }

    /// Forgets the draft under `key` on screen, and what hangs on it.
    pub(super) fn forget_draft_here(self, key: &str) -> DiscardedDraft {
        let belongs = belongs_to(key);
        let mut forgotten = Vec::new();
        self.drafts.update_value(|drafts| forgotten.extend(drafts.extract_if(.., |it, _| belongs(it))));
        DiscardedDraft(forgotten)
    }
}

/// Whether a key is that of the draft under `key`, or of what hangs on it.
fn belongs_to(key: &str) -> impl Fn(&str) -> bool {
    let parts = part_key(key, "");
    move |it| it == key || it.starts_with(&parts)
}

/// The key of what hangs on the draft under `key`: kept apart from it where it is too large to be written with every letter typed, and gone with it.
pub fn part_key(key: &str, part: &str) -> String {
    format!("{key}+{part}")
}

/// Forgets a draft and what hangs on it.
pub(super) fn forget_draft(key: &str) -> [Write; 2] {
    [Write::delete(Table::Draft, key), Write::delete_under(Table::Draft, part_key(key, ""))]
}
