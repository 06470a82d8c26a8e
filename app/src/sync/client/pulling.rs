//! Changes down.

use super::{Client, Effect, PULL_EVERY, Turn};
use crate::{
    browser::{
        record::{Durability, Write},
        tabs::TabMessage,
    },
    id::MutationId,
    sync::{
        answer::Trouble,
        outbox::{Item, ItemState, RefusedBy},
        protocol::{Change, Cursor, Page, Pull, Pulled, Row, Scope, ScopeCursor, WIRE},
        stored,
    },
    time::Timestamp,
};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

/// What an answer to a pull changes.
#[derive(Debug)]
pub(super) struct PulledChange {
    left: Vec<Scope>,
    pages: Vec<Page>,
    items: Vec<Item>,
    forgotten: Vec<Arc<Item>>,
    /// Of the items, those that may stand on the server all the same, with the sequence they had there.
    doubted: Vec<(MutationId, i64)>,
    /// Whether it changes what was summed up.
    earlier: bool,
    more: bool,
}

/// The pull that is asked for while what the last one brought is being stored.
#[derive(Debug)]
pub(super) enum Ahead {
    /// There is none.
    No,
    /// On its way.
    Asked,
    /// Answered before the last one was stored.
    Answered(Result<Pulled, Trouble>),
}

impl Client {
    /// Asks for what is new.
    pub(super) fn pull(&mut self) -> Effect {
        self.turn = Turn::Pulling;
        self.pull_from(&[], &[])
    }

    /// Asks for what is new once `pages` are read and the scopes of `left` are gone.
    fn pull_from(&mut self, pages: &[Page], left: &[Scope]) -> Effect {
        self.wants_pull = false;
        let known = self.cursors.iter().filter(|(scope, _)| !self.stale.contains(scope) && !left.contains(scope));
        let mut cursors: BTreeMap<Scope, Cursor> = known.map(|(scope, cursor)| (*scope, cursor.clone())).collect();
        cursors.extend(pages.iter().map(|page| (page.scope, page.cursor.clone())));
        let cursors = cursors.into_iter().map(|(scope, cursor)| ScopeCursor { scope, cursor }).collect();
        Effect::Pull(Pull { wire: WIRE, member: self.me, cursors })
    }

    /// Asks for what follows `change` while that is being stored, as long as all goes well and nothing waits to be sent.
    fn pull_ahead(&mut self, change: &PulledChange, now: Timestamp, effects: &mut Vec<Effect>) -> Ahead {
        if !change.more || !self.may_go_ahead() || self.loading || !(self.pulls_first || self.batch(now).is_empty()) {
            return Ahead::No;
        }
        effects.push(self.pull_from(&change.pages, &change.left));
        Ahead::Asked
    }

    pub(super) fn pull_answered(&mut self, answer: Result<Pulled, Trouble>, now: Timestamp, fraction: f64, effects: &mut Vec<Effect>) {
        match &mut self.turn {
            Turn::Pulling => {}
            Turn::StoringPull(_, ahead @ Ahead::Asked) => return *ahead = Ahead::Answered(answer),
            Turn::PullingInVain => return self.turn = Turn::Idle,
            _ => return,
        }
        let answer = answer.and_then(|pulled| if pulled.more && pulled.pages.is_empty() { Err(Trouble::Server) } else { Ok(pulled) });
        let change = match answer {
            Ok(pulled) => self.changes(pulled, now),
            Err(trouble) => {
                self.wants_pull = true;
                self.turn = Turn::Idle;
                return self.failed(trouble, now, fraction);
            }
        };
        let writes = change.writes();
        if writes.is_empty() {
            return self.pull_stored(change, Ahead::No, now, fraction, effects);
        }
        // It can be pulled again: what counts is that rows, cursors and states are stored together.
        effects.push(Effect::Store(writes, Durability::Relaxed));
        let ahead = self.pull_ahead(&change, now, effects);
        self.turn = Turn::StoringPull(Box::new(change), ahead);
    }

    /// What a pull brought is in the database, or there was nothing.
    pub(super) fn pull_stored(&mut self, change: PulledChange, ahead: Ahead, now: Timestamp, fraction: f64, effects: &mut Vec<Effect>) {
        self.wants_pull |= change.more && matches!(ahead, Ahead::No);
        self.pulled(change, now, effects);
        self.turn = match &ahead {
            Ahead::No => Turn::Idle,
            Ahead::Asked | Ahead::Answered(_) => Turn::Pulling,
        };
        if let Ahead::Answered(answer) = ahead {
            self.pull_answered(answer, now, fraction, effects);
        }
    }

    /// What a pull brought could not be stored, so that what was asked for ahead would leave a gap.
    pub(super) fn pull_not_stored(&mut self, ahead: &Ahead, now: Timestamp, fraction: f64) {
        self.wants_pull = true;
        self.turn = if matches!(ahead, Ahead::Asked) { Turn::PullingInVain } else { Turn::Idle };
        self.failed(Trouble::Storage, now, fraction);
    }

    fn changes(&self, pulled: Pulled, now: Timestamp) -> PulledChange {
        // The server does not know how far this phone has read: it was restored from a backup made before that.
        let is_rewound = |page: &Page| page.fresh && self.cursors.contains_key(&page.scope) && !self.stale.contains(&page.scope);
        let rewound = pulled.pages.iter().any(is_rewound);
        // Where the scopes are read to, just before the row that the server will write next.
        let read_to = self.cursors.values().chain(pulled.pages.iter().map(|page| &page.cursor)).map(|cursor| cursor.sequence).max();
        let is_reached = |sequence: i64| !rewound && read_to.is_none_or(|read_to| sequence < read_to);
        let settlements: BTreeMap<MutationId, ItemState> = pulled.pages.iter().flat_map(|page| &page.changes).filter_map(settled).collect();
        let moves = |item: &Arc<Item>| {
            let state = match &item.state {
                ItemState::Accepted | ItemState::NeedsYou { by: RefusedBy::Server, .. } | ItemState::Settled { .. } if rewound => {
                    ItemState::OnThisPhone
                }
                ItemState::NeedsYou { by: RefusedBy::Server, epoch, .. } => match settlements.get(&item.envelope.id) {
                    Some(settled) => settled.clone(),
                    // Asked again: what was refused in a time that was lost may have been taken since.
                    None if !pulled.more && epoch.is_some_and(|epoch| epoch != pulled.epoch) => ItemState::OnThisPhone,
                    None => return None,
                },
                // The pull was asked for after the receipt had come, so its last answer shows what the receipt promised, if the server
                // still is where it was.
                ItemState::Received { epoch, sequence } if !pulled.more => {
                    let stands = is_reached(*sequence) && *epoch == pulled.epoch;
                    if stands { ItemState::Accepted } else { ItemState::OnThisPhone }
                }
                _ => return None,
            };
            self.outbox.moved(item.envelope.sequence, state, now)
        };
        let is_doubted = |item: &Arc<Item>| match &item.state {
            ItemState::Received { epoch, sequence } if !pulled.more && is_reached(*sequence) && *epoch != pulled.epoch => {
                Some((item.envelope.id, *sequence))
            }
            _ => None,
        };
        let covers =
            |page: &Page| page.fresh || page.changes.iter().any(|change| self.earlier.as_ref().is_some_and(|it| it.covers(change)));
        let left: Vec<Scope> = self.cursors.keys().filter(|scope| !pulled.scopes.contains(scope)).copied().collect();
        let items: Vec<Item> = self.outbox.items().filter_map(moves).collect();
        let moved: BTreeSet<u64> = items.iter().map(|item| item.envelope.sequence).collect();
        // What is asked again stays for the answer.
        let outlived = || self.outbox.outlived(now).into_iter().filter(|item| !moved.contains(&item.envelope.sequence)).collect();
        PulledChange {
            earlier: self.earlier.is_some() && (!left.is_empty() || pulled.pages.iter().any(covers)),
            left,
            items,
            doubted: self.outbox.items().filter_map(is_doubted).collect(),
            forgotten: if rewound { Vec::new() } else { outlived() },
            pages: pulled.pages,
            more: pulled.more,
        }
    }

    fn pulled(&mut self, change: PulledChange, now: Timestamp, effects: &mut Vec<Effect>) {
        if !change.is_empty() {
            effects.push(Effect::Announce(TabMessage::Pulled));
            self.take_over(&change);
            for page in change.pages {
                self.holdings.apply(page);
            }
            self.show();
        }
        if !change.more {
            self.synced_at = Some(now);
            self.next_pull = now.plus_millis(PULL_EVERY.as_millis() as i64);
        }
        self.pulls_first &= change.more;
        self.pace.reset();
        self.trouble = None;
    }

    fn take_over(&mut self, change: &PulledChange) {
        if change.earlier {
            self.earlier = None;
        }
        for scope in &change.left {
            self.cursors.remove(scope);
            self.holdings.leave(*scope);
        }
        for page in &change.pages {
            self.cursors.insert(page.scope, page.cursor.clone());
            self.stale.remove(&page.scope);
        }
        let outbox = Arc::make_mut(&mut self.outbox);
        change.items.iter().cloned().for_each(|item| outbox.put(item));
        change.forgotten.iter().for_each(|item| outbox.remove(item.envelope.sequence));
        self.doubted.extend(change.doubted.iter().copied());
    }
}

/// What a change says was decided about a refused mutation.
fn settled(change: &Change) -> Option<(MutationId, ItemState)> {
    match &change.row {
        Some(Row::Settlement(settlement)) => Some((settlement.id, settlement.into())),
        _ => None,
    }
}

impl PulledChange {
    fn is_empty(&self) -> bool {
        self.left.is_empty() && self.pages.is_empty() && self.items.is_empty() && self.forgotten.is_empty()
    }

    fn writes(&self) -> Vec<Write> {
        let left = self.left.iter().copied().flat_map(stored::leave_scope);
        let pages = self.pages.iter().flat_map(stored::write_page);
        let items = self.items.iter().map(stored::move_item);
        let forgotten = self.forgotten.iter().flat_map(|item| stored::forget_item(item));
        let earlier = self.earlier.then(stored::forget_earlier);
        left.chain(pages).chain(items).chain(forgotten).chain(earlier).collect()
    }
}
