//! Mutations up.

use super::{Client, Effect, Turn, pace::WAIT_MAX};
use crate::{
    browser::{
        record::{Durability, Write},
        tabs::TabMessage,
    },
    id::MutationId,
    sync::{
        Refusal,
        answer::Trouble,
        outbox::{Item, ItemState, Limit, RefusedBy},
        protocol::{Cursor, Envelope, Outcome, Push, Pushed},
        stored,
    },
    time::Timestamp,
};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

/// What a push changed.
#[derive(Debug)]
pub(super) struct PushedChange {
    items: Vec<Item>,
    /// Numbers that the server misses and this phone does not have.
    lost: BTreeSet<u64>,
}

/// A [`PushedChange`] on its way into the database.
#[derive(Debug)]
pub(super) struct Storing {
    change: PushedChange,
    /// Whether an exchange that began later has failed since: what it taught stands.
    pub is_overtaken: bool,
}

impl Client {
    /// What to send now: nothing that was answered already.
    pub(super) fn batch(&self, now: Timestamp) -> Vec<Arc<Item>> {
        self.outbox.batch(self.limit, &self.stalled, &self.answered(), now)
    }

    /// Sends what comes next while receipts are being stored, as long as all goes well.
    pub(super) fn push_ahead(&mut self, now: Timestamp, effects: &mut Vec<Effect>) {
        let goes_well = self.online && self.paused.is_none() && self.trouble.is_none() && !self.revoked;
        if !goes_well || self.yields || self.pulls_first || self.pace.next(now).is_some() {
            return;
        }
        let batch = self.batch(now);
        if !batch.is_empty() {
            effects.push(self.push(batch));
        }
    }

    /// The numbers whose receipts are being stored.
    fn answered(&self) -> BTreeSet<u64> {
        self.storing.iter().flat_map(|storing| &storing.change.items).map(|item| item.envelope.sequence).collect()
    }

    /// Sends `batch`.
    pub(super) fn push(&mut self, batch: Vec<Arc<Item>>) -> Effect {
        let mut sent = self.answered();
        sent.extend(batch.iter().map(|item| item.envelope.sequence));
        let push = Push {
            device: self.device,
            lowest_unsent: self.outbox.lowest_unsent(&sent),
            seen: self.seen(),
            mutations: batch.iter().map(|item| Envelope::clone(&item.envelope)).collect(),
        };
        self.turn = Turn::Pushing(batch);
        Effect::Push(push)
    }

    /// The furthest that the server is known to have been.
    fn seen(&self) -> Option<Cursor> {
        let storing = self.storing.iter().flat_map(|storing| &storing.change.items);
        let receipts = self.outbox.items().map(Arc::as_ref).chain(storing).filter_map(|item| match item.state {
            ItemState::Received { epoch, sequence } => {
                Some(Cursor { epoch, sequence: sequence + 1, entity: String::new(), id: String::new() })
            }
            _ => None,
        });
        receipts.chain(self.cursors.values().cloned()).max_by_key(|cursor| cursor.sequence)
    }

    pub(super) fn push_answered(&mut self, answer: Result<Pushed, Trouble>, now: Timestamp, fraction: f64, effects: &mut Vec<Effect>) {
        let batch = match std::mem::replace(&mut self.turn, Turn::Idle) {
            Turn::Pushing(batch) => batch,
            other => return self.turn = other,
        };
        // The server has all that this tab knows of.
        if self.revoked && batch.is_empty() && answer.is_ok() {
            self.wiped = true;
            effects.push(Effect::Wipe);
            return;
        }
        let change = match answer {
            Ok(pushed) => self.receipts(&batch, pushed, now),
            Err(trouble) => match self.blame(&batch, trouble, now) {
                Some(item) => PushedChange { items: vec![item], lost: self.lost.clone() },
                None => return self.failed(trouble, now, fraction),
            },
        };
        if change.items.is_empty() {
            // Answered, but with no word about what was sent.
            return self.failed(Trouble::Cut, now, fraction);
        }
        match self.storing {
            Some(_) => self.turn = Turn::Answered(change),
            None => self.store(change, effects),
        }
    }

    fn store(&mut self, change: PushedChange, effects: &mut Vec<Effect>) {
        let writes: Vec<Write> = change.items.iter().map(stored::move_item).collect();
        effects.push(Effect::Store(writes, Durability::Strict));
        self.storing = Some(Storing { change, is_overtaken: false });
    }

    /// What a push brought is in the database, or could not be `stored`.
    pub(super) fn push_stored(&mut self, storing: Storing, stored: bool, now: Timestamp, fraction: f64, effects: &mut Vec<Effect>) {
        match stored {
            true => self.pushed(storing, effects),
            false => self.failed(Trouble::Storage, now, fraction),
        }
        match std::mem::replace(&mut self.turn, Turn::Idle) {
            Turn::Answered(change) => self.store(change, effects),
            turn => self.turn = turn,
        }
    }

    /// The items that the answer moves on.
    fn receipts(&self, batch: &[Arc<Item>], pushed: Pushed, now: Timestamp) -> PushedChange {
        let mut change = PushedChange { items: Vec::new(), lost: BTreeSet::new() };
        let numbers: BTreeMap<MutationId, u64> = batch.iter().map(|item| (item.envelope.id, item.envelope.sequence)).collect();
        for receipt in pushed.receipts {
            let Some(sequence) = numbers.get(&receipt.mutation) else { continue };
            let state = match receipt.outcome {
                // It stands where it stood when it was pulled.
                Outcome::Accepted { sequence } if self.doubted.get(&receipt.mutation) == Some(&sequence) => ItemState::Accepted,
                Outcome::Accepted { sequence } => ItemState::Received { epoch: pushed.epoch, sequence },
                // The receipt stays the first answer; what was decided since stands beside it.
                Outcome::Refused { refusal } => match self.holdings.rows().settlements.get(&receipt.mutation) {
                    Some(settlement) => ItemState::from(&**settlement),
                    None => ItemState::NeedsYou { refusal, by: RefusedBy::Server, epoch: Some(pushed.epoch) },
                },
            };
            change.items.extend(self.outbox.moved(*sequence, state, now));
        }
        for sequence in pushed.missing {
            match self.outbox.get(sequence).map(|item| &item.state) {
                // The server took it once, or refused it, and has lost it since: a backup was restored.
                Some(
                    ItemState::Received { .. }
                    | ItemState::Accepted
                    | ItemState::NeedsYou { by: RefusedBy::Server, .. }
                    | ItemState::Settled { .. },
                ) => {
                    change.items.extend(self.outbox.moved(sequence, ItemState::OnThisPhone, now));
                }
                Some(ItemState::OnThisPhone | ItemState::NeedsYou { by: RefusedBy::Phone, .. }) => {}
                None => drop(change.lost.insert(sequence)),
            }
        }
        change
    }

    /// Learns from a failure. Sends less after one that the content may have caused, until one item is alone. The one to blame waits, so that others pass,
    /// or is returned under 'needs you' if it can never be accepted.
    fn blame(&mut self, batch: &[Arc<Item>], trouble: Trouble, now: Timestamp) -> Option<Item> {
        match (trouble, batch) {
            (Trouble::Malformed, [item]) => {
                let refusal = Refusal::Unreadable { message: "the server cannot read it".to_owned() };
                self.outbox.moved(item.envelope.sequence, ItemState::NeedsYou { refusal, by: RefusedBy::Phone, epoch: None }, now)
            }
            (Trouble::TooLarge, [item]) => {
                let refusal = Refusal::invalid("text", "make it shorter: the server does not take as much at once");
                self.outbox.moved(item.envelope.sequence, ItemState::NeedsYou { refusal, by: RefusedBy::Phone, epoch: None }, now)
            }
            (Trouble::Server, [item]) => {
                self.stalled.insert(item.envelope.id, now.plus_millis(WAIT_MAX.as_millis() as i64));
                None
            }
            (Trouble::Server | Trouble::Malformed | Trouble::TooLarge | Trouble::Busy(_) | Trouble::Timeout, _) => {
                let sent = Limit { count: batch.len(), ..self.limit };
                self.limit = sent.shrunk();
                None
            }
            (Trouble::Rewound, _) => {
                self.pulls_first = true;
                None
            }
            _ => None,
        }
    }

    /// The change is in the database.
    fn pushed(&mut self, Storing { change, is_overtaken }: Storing, effects: &mut Vec<Effect>) {
        let outbox = Arc::make_mut(&mut self.outbox);
        let mut shown = true;
        for item in change.items {
            self.stalled.remove(&item.envelope.id);
            self.doubted.remove(&item.envelope.id);
            shown &= outbox.get(item.envelope.sequence).is_some_and(|before| before.is_pending() == item.is_pending());
            outbox.put(item);
        }
        self.lost = change.lost;
        if !is_overtaken {
            self.limit = self.limit.grown();
            self.pace.reset();
            self.trouble = None;
        }
        self.wants_pull = true;
        if !shown {
            self.show();
        }
        effects.push(Effect::Announce(TabMessage::Pulled));
    }
}
