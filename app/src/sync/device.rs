//! The member's store on this phone, as the screens use it: [`Phone`] is in the context of every screen.

use super::{
    Replica,
    outbox::Item,
    protocol::{Entity, Mutation},
};
use crate::{
    browser::{
        clock, locks, random,
        record::{Durability, Records, Table, Write},
        storage::{StorageError, Store},
    },
    id::{MemberId, MutationId},
};
use leptos::prelude::*;
use serde::{Serialize, de::DeserializeOwned};
use std::{collections::BTreeMap, sync::Arc};

/// The key in [`Table::Meta`] of the number that the next mutation gets.
const NEXT_SEQUENCE: &str = "next_sequence";

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
    /// The session ended: sign in again to send.
    SignedOut,
}

/// One member's store, open on this phone.
#[derive(Clone, Copy)]
pub struct Phone {
    me: MemberId,
    replica: RwSignal<Arc<Replica>>,
    outbox: RwSignal<Arc<Vec<Item>>>,
    connection: RwSignal<Connection>,
    drafts: StoredValue<BTreeMap<String, String>>,
    store: StoredValue<Store, LocalStorage>,
}

impl Phone {
    /// Opens the store of `me`; `replaced` is called when another tab takes it over.
    ///
    /// # Errors
    /// [`StorageError`] where this browser keeps nothing.
    pub async fn open(me: MemberId, replaced: impl Fn() + 'static) -> Result<Self, StorageError> {
        let store = Store::of_member(&me.to_string(), replaced).await?;
        let records = store.load(Table::OF_MEMBER).await?;
        let outbox = read_outbox(&records);
        let replica = read_replica(&records, &outbox);
        let drafts = records.of(Table::Draft).map(|(key, value)| (key.to_owned(), value.to_owned())).collect();
        Ok(Self {
            me,
            replica: RwSignal::new(Arc::new(replica)),
            outbox: RwSignal::new(Arc::new(outbox)),
            connection: RwSignal::new(Connection::default()),
            drafts: StoredValue::new(drafts),
            store: StoredValue::new_local(store),
        })
    }

    /// The phone of the screens around.
    pub fn get() -> Self {
        use_context().expect("screens are mounted below the open phone")
    }

    /// Whose store it is.
    pub fn me(self) -> MemberId {
        self.me
    }

    /// Everything the phone holds, what waits laid on top.
    pub fn replica(self) -> Signal<Arc<Replica>> {
        self.replica.into()
    }

    /// Derives something from what the phone holds; changes only when the result does.
    pub fn derive<T: PartialEq + Send + Sync + 'static>(self, read: impl Fn(&Replica) -> T + Send + Sync + 'static) -> Memo<T> {
        let replica = self.replica;
        Memo::new(move |_| replica.with(|replica| read(replica)))
    }

    /// What was saved and where it is, in the order of saving.
    pub fn outbox(self) -> Signal<Arc<Vec<Item>>> {
        self.outbox.into()
    }

    /// How far it agrees with the server.
    pub fn connection(self) -> Signal<Connection> {
        self.connection.into()
    }

    /// Saves all of `mutations` or none. Once this returns they outlive a kill and a power cut, and show in the replica.
    ///
    /// # Errors
    /// [`StorageError`]: nothing was saved.
    pub async fn save(self, mutations: Vec<Mutation>) -> Result<(), StorageError> {
        self.commit(mutations, None).await
    }

    /// [`Phone::save`], and the draft under `key` has done its duty.
    ///
    /// # Errors
    /// [`StorageError`]: nothing was saved, the draft is as it was.
    pub async fn save_draft(self, key: &str, mutations: Vec<Mutation>) -> Result<(), StorageError> {
        self.commit(mutations, Some(key)).await
    }

    async fn commit(self, mutations: Vec<Mutation>, draft: Option<&str>) -> Result<(), StorageError> {
        let store = self.store.get_value();
        // Other tabs number their mutations from the same counter.
        let numbering = locks::hold(&format!("qdos-number-{}", self.me)).await;
        let first: u64 = store.get(Table::Meta, NEXT_SEQUENCE).await?.unwrap_or(1);
        let now = clock::now();
        let items: Vec<Item> = (first..)
            .zip(mutations)
            .map(|(sequence, mutation)| Item::new(MutationId(random::uuid()), self.me, sequence, mutation, now))
            .collect();
        let mut writes: Vec<Write> = items.iter().map(|item| Write::put(Table::Outbox, item.key(), item)).collect();
        writes.push(Write::put(Table::Meta, NEXT_SEQUENCE, &(first + items.len() as u64)));
        writes.extend(draft.map(|key| Write::delete(Table::Draft, key)));
        store.commit(&writes, Durability::Strict).await?;
        drop(numbering);
        if let Some(key) = draft {
            self.drafts.update_value(|drafts| drop(drafts.remove(key)));
        }
        self.replica.update(|replica| {
            let replica = Arc::make_mut(replica);
            items.iter().for_each(|item| replica.overlay(&item.envelope));
        });
        self.outbox.update(|outbox| Arc::make_mut(outbox).extend(items));
        Ok(())
    }

    /// The draft kept under `key`; one that this build cannot read counts as none.
    pub fn draft<T: DeserializeOwned>(self, key: &str) -> Option<T> {
        self.drafts.with_value(|drafts| drafts.get(key).and_then(|text| serde_json::from_str(text).ok()))
    }

    /// Keeps what is typed: relaxed while typing, strict when the page is hidden.
    ///
    /// # Errors
    /// [`StorageError`]: kept on screen only.
    pub async fn keep_draft(self, key: &str, draft: &impl Serialize, durability: Durability) -> Result<(), StorageError> {
        let text = serde_json::to_string(draft).expect("drafts are plain data");
        let write = Write::Put { table: Table::Draft, key: key.to_owned(), value: text.clone() };
        self.drafts.update_value(|drafts| drop(drafts.insert(key.to_owned(), text)));
        self.store.get_value().commit(&[write], durability).await
    }

    /// Forgets the draft under `key`.
    ///
    /// # Errors
    /// [`StorageError`]: it will be there at the next start.
    pub async fn drop_draft(self, key: &str) -> Result<(), StorageError> {
        self.drafts.update_value(|drafts| drop(drafts.remove(key)));
        self.store.get_value().commit(&[Write::delete(Table::Draft, key)], Durability::Relaxed).await
    }
}

/// The outbox in the order of saving; the keys sort so. What this build cannot read stays in the database, unseen.
fn read_outbox(records: &Records) -> Vec<Item> {
    records.of(Table::Outbox).filter_map(|(_, text)| serde_json::from_str(text).ok()).collect()
}

/// The rows pulled, keyed `scope|entity|id`, with what waits laid on top.
fn read_replica(records: &Records, outbox: &[Item]) -> Replica {
    let mut replica = Replica::default();
    for (key, text) in records.of(Table::Row) {
        let entity = key.split('|').nth(1).and_then(|entity| entity.parse::<Entity>().ok());
        if let Some(Ok(row)) = entity.map(|entity| entity.read(text)) {
            replica.put(row);
        }
    }
    outbox.iter().filter(|item| item.is_pending()).for_each(|item| replica.overlay(&item.envelope));
    replica
}
