use super::Phone;
use crate::browser::{
    record::{Durability, Table, Write},
    storage::StorageError,
};
use leptos::prelude::*;
use serde::{Serialize, de::DeserializeOwned};

impl Phone {
    /// The draft kept under `key`; one that this build cannot read counts as none.
    pub fn draft<T: DeserializeOwned>(self, key: &str) -> Option<T> {
        self.drafts.with_value(|drafts| drafts.get(key).and_then(|text| serde_json::from_str(text).ok()))
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
        let write = Write::Put { table: Table::Draft, key: key.to_owned(), value: text.clone() };
        self.drafts.update_value(|drafts| drop(drafts.insert(key.to_owned(), text)));
        self.engine.get_value().store().commit(&[write], durability).await
    }

    /// Forgets the draft under `key`.
    ///
    /// # Errors
    /// [`StorageError`]: it will be there at the next start.
    pub async fn drop_draft(self, key: &str) -> Result<(), StorageError> {
        self.drafts.update_value(|drafts| drop(drafts.remove(key)));
        self.engine.get_value().store().commit(&[Write::delete(Table::Draft, key)], Durability::Relaxed).await
    }
}
