//! How a member's sync is laid out in the database: which keys, which values.

use super::{
    holdings::Holdings,
    outbox::{Item, Outbox},
    protocol::{Cursor, Entity, Page, Scope},
};
use crate::{
    browser::record::{Records, Table, Write},
    id::DeviceId,
};
use serde::de::DeserializeOwned;
use std::collections::{BTreeMap, BTreeSet};

/// The key in [`Table::Meta`] of the number that the next mutation gets.
pub const NEXT_SEQUENCE: &str = "next_sequence";
/// The key in [`Table::Meta`] of this store's own id.
pub const DEVICE: &str = "device";
/// What leads the keys in [`Table::Meta`] of the cursors.
const CURSOR: &str = "cursor/";

/// How far each scope was read.
pub type Cursors = BTreeMap<Scope, Cursor>;

/// The outbox in `records`, with the number that comes next.
pub fn read_outbox(records: &Records) -> Outbox {
    let next = read_meta(records, NEXT_SEQUENCE).unwrap_or(1);
    Outbox::new(records.of(Table::Outbox).filter_map(|(_, text)| Item::read(text)), next)
}

/// This store's own id, once it has one.
pub fn read_device(records: &Records) -> Option<DeviceId> {
    read_meta(records, DEVICE)
}

/// The cursors in `records`.
pub fn read_cursors(records: &Records) -> Cursors {
    let meta = records.of(Table::Meta).filter_map(|(key, text)| Some((key.strip_prefix(CURSOR)?, text)));
    meta.filter_map(|(scope, text)| Some((scope.parse().ok()?, serde_json::from_str(text).ok()?))).collect()
}

/// The rows in `records`, and the scopes to be read anew because they hold a row that this build cannot read.
pub fn read_holdings(records: &Records) -> (Holdings, BTreeSet<Scope>) {
    let (mut holdings, mut stale) = (Holdings::default(), BTreeSet::new());
    for (key, text) in records.of(Table::Row) {
        let mut parts = key.splitn(3, '|');
        let (Some(scope), Some(entity), Some(id)) = (parts.next(), parts.next(), parts.next()) else { continue };
        let Ok(scope) = scope.parse::<Scope>() else { continue };
        match entity.parse::<Entity>().ok().and_then(|entity| entity.read(text).ok()) {
            Some(row) => holdings.put(scope, id.to_owned(), row),
            None => drop(stale.insert(scope)),
        }
    }
    (holdings, stale)
}

fn read_meta<T: DeserializeOwned>(records: &Records, key: &str) -> Option<T> {
    serde_json::from_str(records.get(Table::Meta, key)?).ok()
}

/// Stores an item, new or in a new state.
pub fn write_item(item: &Item) -> Write {
    Write::Put { table: Table::Outbox, key: item.key(), value: item.write() }
}

/// Forgets an item.
pub fn forget_item(item: &Item) -> Write {
    Write::delete(Table::Outbox, item.key())
}

/// Stores a page and its cursor.
pub fn write_page(page: &Page) -> Vec<Write> {
    let rows = format!("{}|", page.scope);
    let mut writes = Vec::with_capacity(page.changes.len() + 2);
    writes.extend(page.fresh.then(|| Write::delete_under(Table::Row, rows.clone())));
    for change in &page.changes {
        let key = format!("{rows}{}|{}", change.entity.as_str(), change.id);
        writes.push(match &change.row {
            Some(row) => Write::Put { table: Table::Row, key, value: row.body() },
            None => Write::delete(Table::Row, key),
        });
    }
    writes.push(Write::put(Table::Meta, cursor_key(page.scope), &page.cursor));
    writes
}

/// Drops what a scope held, and its cursor.
pub fn leave_scope(scope: Scope) -> [Write; 2] {
    [Write::delete_under(Table::Row, format!("{scope}|")), Write::delete(Table::Meta, cursor_key(scope))]
}

fn cursor_key(scope: Scope) -> String {
    format!("{CURSOR}{scope}")
}
