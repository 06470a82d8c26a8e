//! What the machine may rely on in a server, in memory.

use crate::{
    id::{EpochId, MutationId},
    quarantine::{Ending, Settlement},
    sync::{
        Refusal, Replica,
        answer::Trouble,
        outbox::Item,
        protocol::{Change, Cursor, Delivery, Entity, Envelope, Mutation, Outcome, Page, Pull, Pulled, Push, Pushed, Receipt, Row, Scope},
        sample::ME,
    },
    time::Timestamp,
};
use serde_json::value::RawValue;
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// The most mutations of a push that this server takes.
const PUSH_MAX: usize = 4;
/// The most changes of a page.
const PAGE_MAX: usize = 3;

/// Everything that a backup holds.
#[derive(Clone, Default)]
struct State {
    sequence: i64,
    epochs: BTreeMap<i64, EpochId>,
    receipts: BTreeMap<MutationId, (String, Outcome)>,
    arrived: BTreeSet<u64>,
    rows: Replica,
    changes: BTreeMap<(Entity, String), (i64, Row)>,
}

#[derive(Default)]
pub(super) struct Server {
    state: State,
    backup: State,
    /// Which of two processes that share the database have opened their epoch since they started.
    running: [bool; 2],
    epochs_opened: u128,
    /// A customer whose creation makes a whole push fail.
    pub(super) chokes_on: Option<u128>,
    /// Whether the phone's session was revoked.
    pub(super) revoked: bool,
    /// Whether the phone said that it holds no more.
    pub(super) delivered_all: bool,
    /// Numbers that ever arrived, also those that a restore forgot.
    pub(super) ever_arrived: BTreeSet<u64>,
}

impl Server {
    pub(super) fn rows(&self) -> &Replica {
        &self.state.rows
    }

    /// How many mutations it has answered for good.
    pub(super) fn receipts(&self) -> usize {
        self.state.receipts.len()
    }

    pub(super) fn back_up(&mut self) {
        self.backup = self.state.clone();
    }

    pub(super) fn restore(&mut self) {
        self.state = self.backup.clone();
        self.running = [false; 2];
    }

    pub(super) fn restart(&mut self) {
        self.running = [false; 2];
    }

    pub(super) fn push(&mut self, push: &Push<Box<RawValue>>, process: usize) -> Result<Pushed, Trouble> {
        if self.revoked {
            return Err(Trouble::Revoked);
        }
        if push.mutations.len() > PUSH_MAX {
            return Err(Trouble::TooLarge);
        }
        let read = |envelope: &Envelope<Box<RawValue>>| serde_json::from_str::<Mutation>(envelope.mutation.get()).expect("a mutation");
        if push.mutations.iter().any(|it| Some(read(it).subject()) == self.chokes_on.map(Uuid::from_u128)) {
            return Err(Trouble::Server);
        }
        if push.seen.as_ref().is_some_and(|seen| !self.knows(seen)) {
            return Err(Trouble::Rewound);
        }
        self.state.sequence += 1;
        if !std::mem::replace(&mut self.running[process], true) {
            self.epochs_opened += 1;
            self.state.epochs.insert(self.state.sequence, EpochId(Uuid::from_u128(self.epochs_opened)));
        }
        let epoch = self.epoch_of(self.state.sequence);
        let receipts = push.mutations.iter().map(|it| Receipt { mutation: it.id, outcome: self.take(it, read(it)) }).collect();
        let missing = (1..push.lowest_unsent).filter(|n| !self.state.arrived.contains(n)).take(100).collect();
        Ok(Pushed { epoch, receipts, missing })
    }

    /// An administrator decides about a refused mutation.
    pub(super) fn discard(&mut self, id: MutationId) {
        self.state.sequence += 1;
        let ending = Ending::Discarded { reason: "Entered twice".to_owned() };
        let row = Row::Settlement(Settlement { id, member: ME, by: ME, at: Timestamp(0), ending });
        self.state.rows.put(row.clone());
        self.state.changes.insert((row.entity(), row.key()), (self.state.sequence, row));
    }

    fn take(&mut self, envelope: &Envelope<Box<RawValue>>, mutation: Mutation) -> Outcome {
        self.state.arrived.insert(envelope.sequence);
        self.ever_arrived.insert(envelope.sequence);
        if let Some((body, outcome)) = self.state.receipts.get(&envelope.id) {
            assert_eq!(body, envelope.mutation.get(), "a mutation is repeated in the very bytes it was first sent in");
            return outcome.clone();
        }
        let sequence = self.state.sequence;
        let outcome = match self.refusal(&mutation) {
            Some(refusal) => Outcome::Refused { refusal },
            None => {
                self.apply(envelope, mutation);
                Outcome::Accepted { sequence }
            }
        };
        self.state.receipts.insert(envelope.id, (envelope.mutation.get().to_owned(), outcome.clone()));
        outcome
    }

    fn refusal(&self, mutation: &Mutation) -> Option<Refusal> {
        let customers = &self.state.rows.customers;
        match mutation {
            Mutation::CreateCustomer { customer } if customers.contains_key(&customer.id) => Some(Refusal::IdTaken),
            Mutation::EditCustomer { id, .. } if !customers.contains_key(id) => Some(Refusal::not_found("customer")),
            Mutation::CreateContact { contact } if !customers.contains_key(&contact.customer) => Some(Refusal::not_found("customer")),
            Mutation::SubmitSealed { .. } => Some(Refusal::CannotOpen),
            _ => None,
        }
    }

    fn apply(&mut self, envelope: &Envelope<Box<RawValue>>, mutation: Mutation) {
        let changed = (mutation.subject(), matches!(mutation, Mutation::CreateContact { .. }));
        self.state.rows.overlay(&Item::new(envelope.id, ME, envelope.sequence, mutation, envelope.made_at));
        let rows = &self.state.rows;
        let row = match changed {
            (id, true) => rows.contacts.values().find(|it| it.id.0 == id).map(|it| Row::Contact((**it).clone())),
            (id, false) => rows.customers.values().find(|it| it.id.0 == id).map(|it| Row::Customer((**it).clone())),
        };
        let row = row.expect("an accepted mutation leaves its row");
        self.state.changes.insert((row.entity(), row.key()), (self.state.sequence, row));
    }

    /// Takes what a revoked device holds, without applying it.
    pub(super) fn deliver(&mut self, delivery: &Delivery<Box<RawValue>>) -> Result<Pushed, Trouble> {
        assert!(self.revoked, "only a revoked device delivers");
        self.delivered_all = delivery.last;
        let refused = || Outcome::Refused { refusal: Refusal::Revoked };
        let mut receipts = Vec::new();
        for sent in &delivery.mutations {
            let kept = self.state.receipts.entry(sent.id).or_insert_with(|| (sent.mutation.get().to_owned(), refused()));
            receipts.push(Receipt { mutation: sent.id, outcome: kept.1.clone() });
        }
        Ok(Pushed { epoch: self.epoch_of(self.state.sequence), receipts, missing: Vec::new() })
    }

    pub(super) fn pull(&self, pull: &Pull) -> Result<Pulled, Trouble> {
        if self.revoked {
            return Err(Trouble::Revoked);
        }
        let scope = Scope::Member(ME);
        let cursor = pull.cursors.iter().find(|it| it.scope == scope).map(|it| &it.cursor).filter(|cursor| self.knows(cursor));
        let from = cursor.map(|cursor| (cursor.sequence, cursor.entity.clone(), cursor.id.clone()));
        let mut due: Vec<(i64, Entity, String, Row)> = Vec::new();
        for ((entity, id), (sequence, row)) in &self.state.changes {
            if from.as_ref().is_none_or(|from| (*sequence, entity.as_str().to_owned(), id.clone()) > *from) {
                due.push((*sequence, *entity, id.clone(), row.clone()));
            }
        }
        due.sort_by_key(|(sequence, entity, id, _)| (*sequence, entity.as_str(), id.clone()));
        let more = due.len() > PAGE_MAX;
        due.truncate(PAGE_MAX);
        let next = match due.last() {
            Some((sequence, entity, id, _)) if more => self.cursor(*sequence, entity.as_str(), id),
            _ => self.cursor(self.state.sequence + 1, "", ""),
        };
        let unchanged = cursor == Some(&next);
        let changes = due.into_iter().map(|(_, entity, id, row)| Change { entity, id, row: Some(row) }).collect();
        let complete_to = next.sequence - 1;
        let page = Page { scope, fresh: cursor.is_none(), changes, cursor: next, complete_to };
        let pages = if unchanged { Vec::new() } else { vec![page] };
        Ok(Pulled { epoch: self.epoch_of(self.state.sequence), scopes: vec![scope], pages, more })
    }

    fn epoch_of(&self, sequence: i64) -> EpochId {
        self.state.epochs.range(..=sequence).next_back().map_or(EpochId(Uuid::nil()), |(_, epoch)| *epoch)
    }

    fn cursor(&self, sequence: i64, entity: &str, id: &str) -> Cursor {
        let epoch = self.epoch_of(sequence.min(self.state.sequence));
        Cursor { epoch, sequence, entity: entity.to_owned(), id: id.to_owned() }
    }

    fn knows(&self, cursor: &Cursor) -> bool {
        let head = self.state.sequence;
        let given_here = cursor.epoch == self.epoch_of(cursor.sequence.min(head));
        let boundary = cursor.entity.is_empty() && cursor.epoch == self.epoch_of(cursor.sequence - 1);
        cursor.sequence <= head + 1 && (given_here || boundary)
    }
}
