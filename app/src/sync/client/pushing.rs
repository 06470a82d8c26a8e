//! Mutations up.

use super::{Client, Effect, PushId, pace::WAIT_MAX};
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

/// How many pushes may be on their way: while one is applied, the next travels and is read.
const FLIGHTS_MAX: usize = 2;

/// A push whose answer is awaited.
#[derive(Debug)]
pub(super) struct Flight {
    items: Vec<Arc<Item>>,
    /// The number below which it said that all were sent.
    lowest_unsent: u64,
    /// Whether an exchange has failed since it began.
    is_overtaken: bool,
}

/// What pushes changed.
#[derive(Debug)]
pub(super) struct PushedChange {
    items: Vec<Item>,
    missed: Missed,
    /// Whether an exchange that began later has failed since: what it taught stands.
    is_overtaken: bool,
}

/// What the server misses. Of two pushes that are on their way together the later says less, since the other's items count as unsent: what the
/// server is not told to be sent, it says nothing about.
#[derive(Debug, Default)]
struct Missed {
    /// The number below which the server had its say.
    below: u64,
    /// Those that this phone does not have either.
    lost: BTreeSet<u64>,
}

impl Client {
    /// What to send now: nothing that is on its way or was answered already, and nothing that touches what is on its way.
    pub(super) fn batch(&self, now: Timestamp) -> Vec<Arc<Item>> {
        let mut sent = self.answered();
        let in_flight = self.flights.values().flat_map(|flight| &flight.items);
        sent.extend(in_flight.clone().map(|item| item.envelope.sequence));
        self.outbox.batch(self.limit, &self.stalled, &sent, in_flight.collect(), now)
    }

    /// Whether what pushes brought, or will bring, is still to be stored.
    pub(super) fn is_pushing(&self) -> bool {
        !self.flights.is_empty() || self.storing.is_some()
    }

    /// Sends what comes next beside a push, or while receipts are being stored, as long as all goes well.
    pub(super) fn push_ahead(&mut self, now: Timestamp, effects: &mut Vec<Effect>) {
        let goes_well = self.trouble.is_none() && self.pace.next(now).is_none();
        if !self.may_go_ahead() || !goes_well || self.pulls_first || self.answered.is_some() {
            return;
        }
        // What made a push fail is looked for in one at a time.
        let finds_out = self.limit != Limit::MAX || !self.stalled.is_empty();
        while self.flights.len() < if finds_out { 1 } else { FLIGHTS_MAX } {
            let batch = self.batch(now);
            if batch.is_empty() {
                return;
            }
            effects.push(self.push(batch));
        }
    }

    /// The numbers whose receipts are being stored.
    fn answered(&self) -> BTreeSet<u64> {
        self.receipts_under_way().map(|item| item.envelope.sequence).collect()
    }

    fn receipts_under_way(&self) -> impl Iterator<Item = &Item> {
        self.storing.iter().chain(&self.answered).flat_map(|change| &change.items)
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
        Effect::Push(self.send(batch, push.lowest_unsent), push)
    }

    /// Notes that `items` are on their way, said to be sent with all below `lowest_unsent`.
    pub(super) fn send(&mut self, items: Vec<Arc<Item>>, lowest_unsent: u64) -> PushId {
        let id = PushId(items.first().map_or(0, |item| item.envelope.sequence));
        self.flights.insert(id, Flight { items, lowest_unsent, is_overtaken: false });
        id
    }

    /// An exchange failed, so that an older one that succeeds is no sign that all goes well.
    pub(super) fn overtake_pushes(&mut self) {
        self.flights.values_mut().for_each(|flight| flight.is_overtaken = true);
        self.storing.iter_mut().chain(&mut self.answered).for_each(|change| change.is_overtaken = true);
    }

    /// The furthest that the server is known to have been.
    fn seen(&self) -> Option<Cursor> {
        let receipts = self.outbox.items().map(Arc::as_ref).chain(self.receipts_under_way()).filter_map(|item| match item.state {
            ItemState::Received { epoch, sequence } => {
                Some(Cursor { epoch, sequence: sequence + 1, entity: String::new(), id: String::new() })
            }
            _ => None,
        });
        receipts.chain(self.cursors.values().cloned()).max_by_key(|cursor| cursor.sequence)
    }

    pub(super) fn push_answered(
        &mut self,
        id: PushId,
        answer: Result<Pushed, Trouble>,
        now: Timestamp,
        fraction: f64,
        effects: &mut Vec<Effect>,
    ) {
        let Some(Flight { items, lowest_unsent, is_overtaken }) = self.flights.remove(&id) else { return };
        // The server has all that this tab knows of.
        if self.revoked && items.is_empty() && answer.is_ok() {
            self.wiped = true;
            effects.push(Effect::Wipe);
            return;
        }
        let change = match answer {
            Ok(pushed) => PushedChange { is_overtaken, ..self.receipts(&items, pushed, lowest_unsent, now) },
            // Both fail from the same: waited for once.
            Err(trouble) if is_overtaken && self.trouble == Some(trouble) => return,
            Err(trouble) => match self.blame(&items, trouble, now) {
                Some(item) => PushedChange { items: vec![item], missed: Missed::default(), is_overtaken },
                None => return self.failed(trouble, now, fraction),
            },
        };
        if change.items.is_empty() {
            // Answered, but with no word about what was sent.
            return self.failed(Trouble::Cut, now, fraction);
        }
        match (&self.storing, &mut self.answered) {
            (None, _) => self.store(change, effects),
            (Some(_), None) => self.answered = Some(change),
            (Some(_), Some(answered)) => answered.join(change),
        }
    }

    fn store(&mut self, change: PushedChange, effects: &mut Vec<Effect>) {
        let writes: Vec<Write> = change.items.iter().map(stored::move_item).collect();
        effects.push(Effect::Store(writes, Durability::Strict));
        self.storing = Some(change);
    }

    /// What a push brought is in the database, or could not be `stored`.
    pub(super) fn push_stored(&mut self, change: PushedChange, stored: bool, now: Timestamp, fraction: f64, effects: &mut Vec<Effect>) {
        if !stored {
            // What was answered since, or will be, may build on it: all of it is sent again, in its order, and answered the same.
            (self.answered, self.flights) = (None, BTreeMap::new());
            return self.failed(Trouble::Storage, now, fraction);
        }
        self.pushed(change, effects);
        if let Some(answered) = self.answered.take() {
            self.store(answered, effects);
        }
    }

    /// The items that the answer moves on, to a push that said that all below `lowest_unsent` were sent.
    fn receipts(&self, batch: &[Arc<Item>], pushed: Pushed, lowest_unsent: u64, now: Timestamp) -> PushedChange {
        let missed = Missed { below: lowest_unsent, lost: BTreeSet::new() };
        let mut change = PushedChange { items: Vec::new(), missed, is_overtaken: false };
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
                None if self.let_go.contains(&sequence) => {}
                None => drop(change.missed.lost.insert(sequence)),
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
    fn pushed(&mut self, change: PushedChange, effects: &mut Vec<Effect>) {
        let outbox = Arc::make_mut(&mut self.outbox);
        let mut shown = true;
        for item in change.items {
            self.stalled.remove(&item.envelope.id);
            self.doubted.remove(&item.envelope.id);
            shown &= outbox.get(item.envelope.sequence).is_some_and(|before| before.is_pending() == item.is_pending());
            outbox.put(item);
        }
        self.lost = change.missed.after(&self.lost);
        if !change.is_overtaken {
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

impl PushedChange {
    /// With what a push answered later brought, too.
    fn join(&mut self, later: Self) {
        self.items.extend(later.items);
        let below = self.missed.below.max(later.missed.below);
        self.missed = Missed { below, lost: later.missed.after(&self.missed.lost) };
        self.is_overtaken |= later.is_overtaken;
    }
}

impl Missed {
    /// What is lost as far as anybody knows, where `known` was lost before.
    fn after(&self, known: &BTreeSet<u64>) -> BTreeSet<u64> {
        known.range(self.below..).chain(&self.lost).copied().collect()
    }
}
