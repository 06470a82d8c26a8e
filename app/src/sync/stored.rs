//! How a member's sync is laid out in the database: which keys, which values.

use super::{
    earlier::{Earlier, KINDS},
    holdings::Holdings,
    outbox::{self, Item, Outbox},
    protocol::{Cursor, Entity, Page, Scope},
};
use crate::{
    browser::record::{Part, Records, Table, Write},
    id::DeviceId,
};
use serde::{Deserialize, de::DeserializeOwned};
use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
};
use uuid::Uuid;

/// The key in [`Table::Meta`] of the number that the next mutation gets.
pub const NEXT_SEQUENCE: &str = "next_sequence";
/// What is under [`NEXT_SEQUENCE`] in a store that is closed: numbers begin at 1.
const CLOSED: u64 = 0;
/// The key in [`Table::Meta`] of this store's own id.
pub const DEVICE: &str = "device";
/// What ends the keys in [`Table::Outbox`] of where items are.
const STATE: &str = "+";
/// The key in [`Table::Meta`] of the sum of what is read last.
const EARLIER: &str = "earlier";
/// What leads the keys in [`Table::Meta`] of the cursors.
const CURSOR: &str = "cursor/";

/// What leads the keys in [`Table::Meta`] of the numbers of what the person let go.
const LET_GO: &str = "let_go/";

/// Keys from one on and before another.
pub type Keys = Range<String>;
/// How far each scope was read.
pub type Cursors = BTreeMap<Scope, Cursor>;

/// The outbox with the number that comes next: its items from a number on as `records` have them, the lower ones as they are `known`. What was saved never
/// changes, so that of what is known only where it is now is read.
pub fn read_outbox(records: &Records, from: u64, known: &Outbox) -> Outbox {
    let next = read_meta(records, NEXT_SEQUENCE).unwrap_or(1);
    let item = |(key, text): (&str, &str)| {
        let number: u64 = key.parse().ok()?;
        let moved = records.get(Table::Outbox, &state_key(key));
        let Some(item) = known.get(number) else { return Some(Item::read(text)?.moved_to(moved).into()) };
        let (state, since) = Item::read_state(text, moved)?;
        let is_there = item.state == state && item.since == since;
        Some(if is_there { item.clone() } else { Item { state, since, ..Item::clone(item) }.into() })
    };
    let first = outbox::key(from);
    let lower = known.items().take_while(|item| item.envelope.sequence < from).cloned();
    let items = records.of(Table::Outbox).skip_while(|(key, _)| *key < first.as_str()).filter_map(item);
    Outbox::sharing(lower.chain(items), next)
}

/// Where in [`Table::Outbox`] the items from that number on lie, and where they are now.
pub fn outbox_keys(from: u64) -> Keys {
    outbox::key(from)..Part::from(Table::Outbox).keys.end
}

/// The number that the next mutation gets, of what is kept under [`NEXT_SEQUENCE`]; nothing once the store is closed.
pub fn next_sequence(kept: Option<&str>) -> Option<u64> {
    Some(kept.and_then(|kept| kept.parse().ok()).unwrap_or(1)).filter(|next| *next > CLOSED)
}

/// Closes the store: whatever tab is to save something finds that there is no next number. For good, since the store is removed then.
pub fn close() -> Write {
    Write::put(Table::Meta, NEXT_SEQUENCE, &CLOSED)
}

/// Whether the store was closed, and its removal did not succeed.
pub fn is_closed(records: &Records) -> bool {
    read_meta(records, NEXT_SEQUENCE) == Some(CLOSED)
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

/// Puts the rows in `records` into `holdings`. Returns the scopes to be read anew because they hold a row that this build cannot read.
pub fn read_rows(records: &Records, holdings: &mut Holdings) -> BTreeSet<Scope> {
    let mut stale = BTreeSet::new();
    let parts = records.of(Table::Row).filter_map(|(key, text)| {
        let (scope, rest) = key.split_once('|')?;
        Some((scope, rest, text))
    });
    for of_scope in parts.collect::<Vec<_>>().chunk_by(|(scope, ..), (next, ..)| scope == next) {
        let Ok(scope) = of_scope[0].0.parse::<Scope>() else { continue };
        let rows = of_scope.iter().filter_map(|(_, rest, text)| {
            let (entity, id) = rest.split_once('|')?;
            let row = entity.parse::<Entity>().ok().and_then(|entity| entity.read(text).ok());
            if row.is_none() {
                stale.insert(scope);
            }
            Some((id.to_owned(), row?))
        });
        holdings.put_all(scope, rows);
    }
    stale
}

/// The sum of what a full phone reads last, if there is one that holds.
pub fn read_earlier(records: &Records) -> Option<Earlier> {
    read_meta(records, EARLIER)
}

/// Keeps the sum of what is read last.
pub fn write_earlier(earlier: &Earlier) -> Write {
    Write::put(Table::Meta, EARLIER, earlier)
}

/// What was summed up has changed: the next start reads everything.
pub fn forget_earlier() -> Write {
    Write::delete(Table::Meta, EARLIER)
}

/// Before which meetings and touches are summed up, if there is a sum that holds.
pub fn summed_up_before(records: &Records) -> Option<Uuid> {
    #[derive(Deserialize)]
    struct Before {
        before: Uuid,
    }
    read_meta(records, EARLIER).map(|Before { before }| before)
}

/// Where in [`Table::Row`] lies what a start reads, of the scopes that `records` have cursors of, and where the meetings and touches before the id.
pub fn around(records: &Records, before: Uuid) -> (Vec<Keys>, Vec<Keys>) {
    let (mut recent, mut summed_up) = (Vec::new(), Vec::new());
    for scope in read_cursors(records).keys() {
        let mut from = format!("{scope}|");
        for kind in KINDS {
            let [first, before] = [String::new(), before.to_string()].map(|id| format!("{scope}|{}|{id}", kind.as_str()));
            recent.push(std::mem::replace(&mut from, before.clone())..first.clone());
            summed_up.push(first..before);
        }
        // The character after the one that parts a key.
        recent.push(from..format!("{scope}}}"));
    }
    (recent, summed_up)
}

fn read_meta<T: DeserializeOwned>(records: &Records, key: &str) -> Option<T> {
    serde_json::from_str(records.get(Table::Meta, key)?).ok()
}

/// Stores a new item.
pub fn write_item(item: &Item) -> Write {
    Write::Put { table: Table::Outbox, key: item.key(), value: item.write() }
}

/// Stores where an item is now, beside the item: what was saved is written once. A build from before this takes the item for one that was not sent,
/// sends it again and gets the same receipt.
pub fn move_item(item: &Item) -> Write {
    Write::Put { table: Table::Outbox, key: state_key(&item.key()), value: item.write_state() }
}

/// Forgets an item.
pub fn forget_item(item: &Item) -> [Write; 2] {
    [item.key(), state_key(&item.key())].map(|key| Write::delete(Table::Outbox, key))
}

/// Forgets an item that the person let go, but for its number: where the server misses that, nothing was lost.
pub fn let_go(item: &Item) -> [Write; 3] {
    let [saved, moved] = forget_item(item);
    [saved, moved, Write::put(Table::Meta, format!("{LET_GO}{}", item.envelope.sequence), &true)]
}

/// The numbers of what the person let go.
pub fn read_let_go(records: &Records) -> BTreeSet<u64> {
    let numbers = records.of(Table::Meta).filter_map(|(key, _)| key.strip_prefix(LET_GO));
    numbers.filter_map(|number| number.parse().ok()).collect()
}

fn state_key(item: &str) -> String {
    format!("{item}{STATE}")
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        sync::{
            outbox::ItemState,
            sample::{customer, item},
        },
        time::Timestamp,
    };

    /// A database with three items, the second of them accepted since.
    fn records() -> Records {
        let mut records = Records::default();
        let accepted = Item { state: ItemState::Accepted, since: Timestamp(7), ..item(2, customer(2)) };
        (1..=3).for_each(|n| records.apply(write_item(&item(n, customer(n.into())))));
        records.apply(move_item(&accepted));
        records.apply(Write::put(Table::Meta, NEXT_SEQUENCE, &4));
        records
    }

    fn states(outbox: &Outbox) -> Vec<ItemState> {
        outbox.items().map(|item| item.state.clone()).collect()
    }

    #[test]
    fn what_is_known_is_not_read_again_but_where_it_is_now_is() {
        let known = Outbox::new([item(1, customer(1)), item(2, customer(2))], 3);
        let outbox = read_outbox(&records(), 1, &known);
        assert_eq!(states(&outbox), [ItemState::OnThisPhone, ItemState::Accepted, ItemState::OnThisPhone]);
        assert!(!outbox.is_same(&known) && outbox.is_same(&read_outbox(&records(), 1, &outbox)));
        let moved = outbox.get(2).expect("it was saved");
        assert!(std::sync::Arc::ptr_eq(&moved.envelope, &known.get(2).expect("it was known").envelope), "what was saved is shared");
        let fresh = read_outbox(&records(), 1, &Outbox::default());
        assert_eq!(states(&fresh), states(&outbox));
        assert_eq!(fresh.first_unknown(), 4);
    }

    #[test]
    fn of_what_was_let_go_only_the_number_is_kept() {
        let mut records = records();
        assert_eq!(read_let_go(&records), BTreeSet::new());
        let let_go_of = item(2, customer(2));
        let_go(&let_go_of).into_iter().for_each(|write| records.apply(write));
        assert_eq!(read_let_go(&records), BTreeSet::from([2]));
        assert_eq!(read_outbox(&records, 1, &Outbox::default()).items().count(), 2);
        assert!(records.of(Table::Outbox).all(|(key, _)| !key.starts_with(&let_go_of.key())));
        assert_eq!(next_sequence(records.get(Table::Meta, NEXT_SEQUENCE)), Some(4), "no other item gets it");
    }

    #[test]
    fn of_the_items_from_a_number_on_only_those_are_taken_over() {
        let known = Outbox::new([item(1, customer(1)), item(2, customer(2))], 3);
        let (records, keys) = (records(), outbox_keys(3));
        let mut part = Records::default();
        for (key, value) in records.of(Table::Outbox).filter(|(key, _)| keys.contains(&(*key).to_owned())) {
            part.apply(Write::Put { table: Table::Outbox, key: key.to_owned(), value: value.to_owned() });
        }
        part.apply(Write::put(Table::Meta, NEXT_SEQUENCE, &4));
        for records in [part, records] {
            assert_eq!(states(&read_outbox(&records, 3, &known)), vec![ItemState::OnThisPhone; 3], "the second is as it was known");
        }
    }
}
