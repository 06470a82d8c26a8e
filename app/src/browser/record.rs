//! What is written to a phone's databases, as plain data.
//!
//! Apart from `storage`, so that the sync machine can name its writes, and a test can apply them to a map, without a browser.

use std::collections::BTreeMap;
use std::ops::Range;

use serde::Serialize;

/// An object store in one of the app's databases. Keys are text, values JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Table {
    /// What was pulled: one record per scope that holds an entity.
    Row,
    /// What was saved here and is not yet certain to be on the server, one record per mutation.
    Outbox,
    /// Single facts under well-known keys: cursors, epoch, sequence number, current member, handover lock.
    Meta,
    /// Forms being filled in.
    Draft,
    /// Answers sealed during a handover.
    Sealed,
}

impl Table {
    /// The tables of a member's database.
    pub const OF_MEMBER: &[Table] = &[Table::Row, Table::Outbox, Table::Meta, Table::Draft];
    /// The tables of the device's database.
    pub const OF_DEVICE: &[Table] = &[Table::Meta, Table::Sealed];

    /// The object store's name.
    pub const fn name(self) -> &'static str {
        match self {
            Table::Row => "row",
            Table::Outbox => "outbox",
            Table::Meta => "meta",
            Table::Draft => "draft",
            Table::Sealed => "sealed",
        }
    }
}

/// Records to be read: of a table those with keys from one on and before another, the first so many.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Of which table.
    pub table: Table,
    /// Which keys.
    pub keys: Range<String>,
    /// The most records; no bound where it is 0.
    pub limit: u32,
}

impl From<Table> for Part {
    fn from(table: Table) -> Self {
        Self { table, keys: String::new()..'\u{ffff}'.to_string(), limit: 0 }
    }
}

/// One step of an atomic commit. Each leaves the same state when repeated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Write {
    /// Stores the value, replacing what the key held.
    Put {
        /// Where to.
        table: Table,
        /// Unique within the table.
        key: String,
        /// JSON.
        value: String,
    },
    /// Removes the key, if it is there.
    Delete {
        /// Where from.
        table: Table,
        /// Unique within the table.
        key: String,
    },
    /// Removes every key that begins with the prefix.
    DeleteUnder {
        /// Where from.
        table: Table,
        /// Not empty, ASCII.
        prefix: String,
    },
}

impl Write {
    /// A put of any value that has a JSON form.
    pub fn put(table: Table, key: impl Into<String>, value: &impl Serialize) -> Self {
        let value = serde_json::to_string(value).expect("the app's types have string keys and no failing serialisers");
        Write::Put { table, key: key.into(), value }
    }

    /// A removal of one key.
    pub fn delete(table: Table, key: impl Into<String>) -> Self {
        Write::Delete { table, key: key.into() }
    }

    /// A removal of every key under a prefix.
    pub fn delete_under(table: Table, prefix: impl Into<String>) -> Self {
        Write::DeleteUnder { table, prefix: prefix.into() }
    }

    /// The table it touches.
    pub fn table(&self) -> Table {
        match self {
            Write::Put { table, .. } | Write::Delete { table, .. } | Write::DeleteUnder { table, .. } => *table,
        }
    }
}

/// How sure a commit is before it is reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Durability {
    /// On the medium: survives a kill and a power cut. For everything a person was told is saved.
    Strict,
    /// With the operating system: survives a kill. For drafts while typing and for what can be pulled again.
    Relaxed,
}

/// The records of one database, as a map: what is loaded at a start, and a database's model in tests.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Records(BTreeMap<(Table, String), String>);

/// Quickest in the order of tables and keys, as a database gives them.
impl FromIterator<((Table, String), String)> for Records {
    fn from_iter<I: IntoIterator<Item = ((Table, String), String)>>(records: I) -> Self {
        Self(records.into_iter().collect())
    }
}

impl Records {
    /// Does to the map what a commit does to the database.
    pub fn apply(&mut self, write: Write) {
        match write {
            Write::Put { table, key, value } => {
                self.0.insert((table, key), value);
            }
            Write::Delete { table, key } => {
                self.0.remove(&(table, key));
            }
            Write::DeleteUnder { table, prefix } => {
                self.0.retain(|(at, key), _| *at != table || !key.starts_with(&prefix));
            }
        }
    }

    /// Takes others in.
    pub fn extend(&mut self, mut others: Self) {
        self.0.append(&mut others.0);
    }

    /// Takes a table's records out.
    pub fn take(&mut self, table: Table) -> BTreeMap<String, String> {
        let from = (table, String::new());
        self.0.extract_if(from.., |(at, _), _| *at == table).map(|((_, key), value)| (key, value)).collect()
    }

    /// One record's JSON.
    pub fn get(&self, table: Table, key: &str) -> Option<&str> {
        self.0.get(&(table, key.to_owned())).map(String::as_str)
    }

    /// A table's keys and JSON values, in the order of the keys.
    pub fn of(&self, table: Table) -> impl Iterator<Item = (&str, &str)> {
        let from = (table, String::new());
        self.0.range(from..).take_while(move |((at, _), _)| *at == table).map(|((_, key), value)| (key.as_str(), value.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_prefix_removes_only_what_is_under_it() {
        let mut records = Records::default();
        for (table, key) in [(Table::Row, "team/1|meeting|a"), (Table::Row, "team/12|meeting|a"), (Table::Draft, "team/1|x")] {
            records.apply(Write::put(table, key, &1));
        }
        records.apply(Write::delete_under(Table::Row, "team/1|"));
        assert_eq!(records.of(Table::Row).collect::<Vec<_>>(), [("team/12|meeting|a", "1")]);
        assert_eq!(records.get(Table::Draft, "team/1|x"), Some("1"));
    }
}
