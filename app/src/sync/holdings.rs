//! The rows that were pulled, and which scopes hold each: a row stays while any scope holds it.

use super::{
    Replica,
    earlier::Earlier,
    protocol::{Change, Entity, Page, Row, Scope},
};
use std::{
    collections::{BTreeMap, BTreeSet, btree_map::Entry},
    sync::Arc,
};

/// The server's rows as far as they were pulled.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Holdings {
    rows: Replica,
    held: BTreeMap<Scope, BTreeSet<(Entity, String)>>,
}

impl Holdings {
    /// The rows, without anything that waits on this phone.
    pub fn rows(&self) -> &Replica {
        &self.rows
    }

    /// The meetings and touches that are not here yet add up to `earlier`.
    pub fn know_of(&mut self, earlier: Earlier) {
        earlier.planned.iter().for_each(|meeting| self.rows.put(Row::Meeting(meeting.clone())));
        self.rows.earlier = Some(Arc::new(earlier));
    }

    /// They are all here.
    pub fn know_all(&mut self) {
        let planned = self.rows.earlier.take().map(|earlier| earlier.planned.clone()).unwrap_or_default();
        planned.iter().for_each(|meeting| self.drop_unheld(Entity::Meeting, meeting.id.to_string()));
    }

    /// Takes a row over that `scope` holds.
    fn put(&mut self, scope: Scope, key: String, row: Row) {
        self.held.entry(scope).or_default().insert((row.entity(), key));
        self.rows.put(row);
    }

    /// Takes rows over that `scope` holds, quickest in the order of their keys.
    pub fn put_all(&mut self, scope: Scope, rows: impl Iterator<Item = (String, Row)>) {
        let shown = &mut self.rows;
        let named = rows.map(|(key, row)| {
            let entity = row.entity();
            shown.put(row);
            (entity, key)
        });
        match self.held.entry(scope) {
            Entry::Vacant(none) => drop(none.insert(named.collect())),
            Entry::Occupied(mut some) => some.get_mut().extend(named),
        }
    }

    /// Applies a page, which may start its scope anew.
    pub fn apply(&mut self, page: Page) {
        if page.fresh {
            self.leave(page.scope);
        }
        for Change { entity, id, row } in page.changes {
            match row {
                Some(row) => self.put(page.scope, id, row),
                None => self.release(page.scope, entity, id),
            }
        }
    }

    /// Drops every row that only `scope` holds.
    pub fn leave(&mut self, scope: Scope) {
        for (entity, key) in self.held.remove(&scope).unwrap_or_default() {
            self.drop_unheld(entity, key);
        }
    }

    fn release(&mut self, scope: Scope, entity: Entity, key: String) {
        if let Some(held) = self.held.get_mut(&scope) {
            held.remove(&(entity, key.clone()));
        }
        self.drop_unheld(entity, key);
    }

    fn drop_unheld(&mut self, entity: Entity, key: String) {
        let named = (entity, key);
        if !self.held.values().any(|held| held.contains(&named)) {
            self.rows.remove(entity, &named.1);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        id::{EpochId, MemberId, TeamId},
        sync::{protocol::Cursor, sample::customer_row},
    };
    use uuid::Uuid;

    const MINE: Scope = Scope::Member(MemberId(Uuid::from_u128(1)));
    const TEAM: Scope = Scope::Team(TeamId(Uuid::from_u128(2)));

    fn page(scope: Scope, fresh: bool, changes: Vec<Change>) -> Page {
        let cursor = Cursor { epoch: EpochId(Uuid::nil()), sequence: 0, entity: String::new(), id: String::new() };
        Page { scope, fresh, changes, cursor, complete_to: 0 }
    }

    fn came(n: u128) -> Change {
        let row = customer_row(n);
        Change { entity: row.entity(), id: row.key(), row: Some(row) }
    }

    fn left(n: u128) -> Change {
        Change { row: None, ..came(n) }
    }

    #[test]
    fn a_row_stays_while_any_scope_holds_it() {
        let mut holdings = Holdings::default();
        holdings.apply(page(MINE, true, vec![came(1), came(2)]));
        holdings.apply(page(TEAM, true, vec![came(1)]));
        holdings.apply(page(MINE, false, vec![left(1), left(2)]));
        assert_eq!(holdings.rows().customers.len(), 1, "the team still holds the first");
        holdings.apply(page(TEAM, false, vec![left(1)]));
        assert_eq!(holdings.rows(), &Replica::default());
    }

    #[test]
    fn a_scope_that_starts_anew_or_is_lost_drops_only_what_it_alone_held() {
        let mut holdings = Holdings::default();
        holdings.apply(page(MINE, true, vec![came(1), came(2)]));
        holdings.apply(page(TEAM, true, vec![came(1), came(3)]));
        holdings.apply(page(TEAM, true, vec![came(4)]));
        assert_eq!(holdings.rows().customers.len(), 3);
        holdings.leave(TEAM);
        assert_eq!(holdings.rows().customers.len(), 2);
        holdings.leave(MINE);
        assert_eq!(holdings.rows(), &Replica::default());
    }

    #[test]
    fn applying_a_page_twice_changes_nothing_more() {
        let mut once = Holdings::default();
        once.apply(page(MINE, false, vec![came(1), came(2), left(1)]));
        let mut twice = once.clone();
        twice.apply(page(MINE, false, vec![came(1), came(2), left(1)]));
        assert_eq!(once, twice);
    }
}
