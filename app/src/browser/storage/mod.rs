//! IndexedDB: the only place that outlives a kill, so everything that was called saved is here.
//!
//! One database per member and one per device, each a few [`Table`]s of text keys and JSON values. All writing is a
//! commit, atomic over tables and reported only at the transaction's `complete` event: with strict
//! durability that is when the bytes are on the medium, and only then may a screen say 'saved'.

mod connection;
mod error;
mod takeover;

use std::collections::BTreeSet;
use std::rc::Rc;

use indexed_db_futures::KeyRange;
use indexed_db_futures::database::Database;
use indexed_db_futures::internals::SystemRepr;
use indexed_db_futures::prelude::*;
use indexed_db_futures::transaction::{Transaction, TransactionDurability, TransactionMode, TransactionOptions};
use serde::de::DeserializeOwned;
use wasm_bindgen::JsCast;

use self::connection::Connection;
pub use self::error::StorageError;
use self::error::{Failure, of_transaction};
pub use self::takeover::{give_way, on_takeover};
use super::record::{Durability, Part, Records, Table, Write};

/// An open database. Cheap to clone; a connection that the browser closed is opened again on use.
#[derive(Clone)]
pub struct Store(Rc<Connection>);

impl Store {
    /// Opens the database of a member, creating it on first use. `replaced` is called if another tab needs this one to let go,
    /// because it brings a newer shape or removes the database: save the draft, then ask for a reload.
    pub async fn of_member(member: &str, replaced: impl Fn() + 'static) -> Result<Self, StorageError> {
        Self::open(format!("qdos-{member}"), Table::OF_MEMBER, replaced).await
    }

    /// Opens the database of this device, which outlives every session.
    pub async fn of_device(replaced: impl Fn() + 'static) -> Result<Self, StorageError> {
        Self::open("qdos-device".to_owned(), Table::OF_DEVICE, replaced).await
    }

    async fn open(name: String, tables: &'static [Table], replaced: impl Fn() + 'static) -> Result<Self, StorageError> {
        let connection = Connection::new(name, tables, replaced);
        connection.database().await?;
        Ok(Store(Rc::new(connection)))
    }

    /// One value, or `None`.
    pub async fn get<T: DeserializeOwned>(&self, table: Table, key: &str) -> Result<Option<T>, StorageError> {
        let text = self.0.attempt(async |database| read_one(&database, table, key).await).await?;
        text.map(|text| parse(table, key, &text)).transpose()
    }

    /// Everything in the tables named, as one consistent moment.
    pub async fn load(&self, tables: &[Table]) -> Result<Records, StorageError> {
        self.load_parts(tables.iter().copied().map(Part::from).collect()).await
    }

    /// Parts of the database, as one consistent moment.
    pub async fn load_parts(&self, parts: Vec<Part>) -> Result<Records, StorageError> {
        self.0.attempt(async |database| read_all(&database, &parts).await).await
    }

    /// Applies all the writes or none. Resolves only once the browser reports the transaction complete.
    pub async fn commit(&self, writes: &[Write], durability: Durability) -> Result<(), StorageError> {
        if writes.is_empty() {
            return Ok(());
        }
        self.0.attempt(async |database| write_all(&database, writes, durability).await).await
    }

    /// Commits what `plan` makes of the value under `key`, with no other tab's commit in between. `tables` are those it may write to.
    /// Returns what `plan` returns beside the writes; a lost connection runs it again.
    pub async fn commit_from<T>(
        &self,
        key: &str,
        tables: &[Table],
        plan: impl Fn(Option<&str>) -> (Vec<Write>, T),
    ) -> Result<T, StorageError> {
        self.0.attempt(async |database| write_from(&database, key, tables, &plan).await).await
    }

    /// Removes the whole database. Whether that is allowed was decided before.
    pub async fn remove(self) -> Result<(), StorageError> {
        self.0.remove().await
    }
}

async fn read_one(database: &Database, table: Table, key: &str) -> Result<Option<String>, Failure> {
    let transaction = database.transaction(table.name()).build()?;
    let store = transaction.object_store(table.name())?;
    Ok(store.get::<String, _, _>(key).primitive()?.await?)
}

async fn read_all(database: &Database, parts: &[Part]) -> Result<Records, Failure> {
    let names: Vec<&str> = parts.iter().map(|part| part.table.name()).collect();
    let transaction = database.transaction(names.as_slice()).build()?;
    // Every request is made before the first is awaited, so that the browser works through them without waiting for us.
    let mut requests = Vec::new();
    for Part { table, keys, limit } in parts {
        let store = transaction.object_store(table.name())?;
        let names = store.get_all_keys::<String>().with_query(keys.clone()).with_limit(*limit).primitive()?;
        let values = store.get_all::<String>().with_query(keys.clone()).with_limit(*limit).primitive()?;
        requests.push((*table, names, values));
    }
    let mut records = Vec::new();
    for (table, keys, values) in requests {
        for (key, value) in keys.await?.zip(values.await?) {
            records.push(((table, key?), value?));
        }
    }
    Ok(records.into_iter().collect())
}

async fn write_all(database: &Database, writes: &[Write], durability: Durability) -> Result<(), Failure> {
    let tables: BTreeSet<Table> = writes.iter().map(Write::table).collect();
    let transaction = begin(database, tables, durability)?;
    request(&transaction, writes)?;
    complete(transaction).await
}

async fn write_from<T>(
    database: &Database,
    key: &str,
    tables: &[Table],
    plan: impl Fn(Option<&str>) -> (Vec<Write>, T),
) -> Result<T, Failure> {
    let transaction = begin(database, tables.iter().copied().chain([Table::Meta]).collect(), Durability::Strict)?;
    let store = transaction.object_store(Table::Meta.name())?;
    let value = store.get::<String, _, _>(key).primitive()?.await?;
    let (writes, result) = plan(value.as_deref());
    request(&transaction, &writes)?;
    drop(store);
    complete(transaction).await?;
    Ok(result)
}

fn begin(database: &Database, tables: BTreeSet<Table>, durability: Durability) -> Result<Transaction<'_>, Failure> {
    let names: Vec<&str> = tables.iter().map(|table| table.name()).collect();
    let options = TransactionOptions::new().with_durability(match durability {
        Durability::Strict => TransactionDurability::Strict,
        Durability::Relaxed => TransactionDurability::Relaxed,
    });
    Ok(database.transaction(names.as_slice()).with_mode(TransactionMode::Readwrite).with_options(options).build()?)
}

/// Makes the requests. Each runs once it is made; a failure aborts the transaction, which [`complete`] reports.
fn request(transaction: &Transaction<'_>, writes: &[Write]) -> Result<(), Failure> {
    for write in writes {
        let store = transaction.object_store(write.table().name())?;
        match write {
            Write::Put { key, value, .. } => drop(store.put(value.as_str()).with_key(key.as_str()).primitive()?),
            Write::Delete { key, .. } => drop(store.delete(key.as_str()).primitive()?),
            Write::DeleteUnder { prefix, .. } => drop(store.delete::<String, _>(under(prefix)).primitive()?),
        }
    }
    Ok(())
}

/// Returns at the `complete` event; an abort (no space left, connection lost) carries its reason only on the transaction.
async fn complete(transaction: Transaction<'_>) -> Result<(), Failure> {
    let raw: web_sys::IdbTransaction = transaction.as_sys().unchecked_ref::<web_sys::IdbTransaction>().clone();
    transaction.commit().await.map_err(|error| of_transaction(&raw, error))
}

/// Every key that begins with an ASCII prefix: from it up to the prefix with its last character raised by one.
fn under(prefix: &str) -> KeyRange<String> {
    let (rest, last) = prefix.split_at(prefix.len() - 1);
    let last = char::from(last.as_bytes()[0] + 1);
    KeyRange::from(prefix.to_owned()..format!("{rest}{last}"))
}

fn parse<T: DeserializeOwned>(table: Table, key: &str, text: &str) -> Result<T, StorageError> {
    serde_json::from_str(text).map_err(|error| StorageError::Unreadable(format!("{}/{key}: {error}", table.name())))
}
