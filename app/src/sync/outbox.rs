//! What was saved on this phone and where each item is on its way to the server.

mod batch;
mod carried;
mod dependency;
mod export;
mod keeping;

pub use batch::{Limit, Stalled};
pub use carried::{Carried, CarryError};

use super::{
    Refusal,
    protocol::{Envelope, Mutation, WIRE},
};
use crate::{
    id::{EpochId, MemberId, MutationId},
    photo::PhotoData,
    quarantine::{Ending, Settlement},
    time::Timestamp,
};
use serde::{Deserialize, Serialize, de::IgnoredAny};
use serde_json::value::{RawValue, to_raw_value};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

/// One saved mutation and where it is. What was saved never changes, so that the item in another state shares it.
#[derive(Clone, Debug)]
pub struct Item {
    /// What was saved, in the very bytes that it was first written in: the server knows a repetition by them, and an update of the
    /// app may write the same mutation differently.
    pub envelope: Arc<Envelope<Box<RawValue>>>,
    /// The mutation in it, but for what a photo shows, which is in the envelope and large; absent where a newer build wrote it.
    pub mutation: Option<Arc<Mutation>>,
    /// Where it is.
    pub state: ItemState,
    /// Since when, by this phone's clock.
    pub since: Timestamp,
}

/// Where a saved mutation is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ItemState {
    /// On this phone only, as far as it knows.
    OnThisPhone,
    /// The server has taken it and its rows are on their way back.
    Received {
        /// The epoch that the server took it in.
        epoch: EpochId,
        /// The organisation's sequence that shows it.
        sequence: i64,
    },
    /// Done: its rows are back. Kept for 30 days, in case the server is restored from a backup; of photos only the latest ([`Outbox::outlived`]).
    Accepted,
    /// Can never be accepted as it is: the person decides, unless it is a customer's answers ([`Item::needs_you`]).
    NeedsYou {
        /// Why.
        refusal: Refusal,
        /// Who found out.
        #[serde(default)]
        by: RefusedBy,
        /// The server's epoch then: a restored backup may know nothing of it, or something else.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        epoch: Option<EpochId>,
    },
    /// Was refused, and an administrator decided about it. Kept as long as what was accepted.
    Settled {
        /// Who decided.
        administrator: MemberId,
        /// What.
        ending: Ending,
    },
}

impl From<&Settlement> for ItemState {
    fn from(settlement: &Settlement) -> Self {
        Self::Settled { administrator: settlement.by, ending: settlement.ending.clone() }
    }
}

/// Who refused a mutation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RefusedBy {
    /// The server, which has a receipt of it and keeps it in quarantine.
    #[default]
    Server,
    /// This phone: the server cannot even take it in.
    Phone,
}

/// An item as the database keeps it.
#[derive(Serialize, Deserialize)]
struct Kept<E = Envelope<Box<RawValue>>, S = ItemState> {
    envelope: E,
    state: S,
    since: Timestamp,
}

impl Item {
    /// A mutation of `member`, saved at `now` as the `sequence`th of its device.
    pub fn new(id: MutationId, member: MemberId, sequence: u64, mutation: Mutation, now: Timestamp) -> Self {
        let raw = to_raw_value(&mutation).expect("mutations have a JSON form");
        let envelope = Envelope { id, member, sequence, wire: WIRE, made_at: now, mutation: raw };
        Self { envelope: envelope.into(), mutation: Some(light(mutation).into()), state: ItemState::OnThisPhone, since: now }
    }

    /// What came in `envelope`.
    fn of(envelope: Envelope<Box<RawValue>>, state: ItemState, since: Timestamp) -> Self {
        let mutation = serde_json::from_str(envelope.mutation.get()).ok().map(light).map(Arc::new);
        Self { envelope: envelope.into(), mutation, state, since }
    }

    /// Reads what [`Item::write`] wrote. `None` for what this build cannot read; it stays in the database.
    pub fn read(text: &str) -> Option<Self> {
        let Kept { envelope, state, since } = serde_json::from_str::<Kept>(text).ok()?;
        Some(Self::of(envelope, state, since))
    }

    /// What the photo in it shows, if one is attached by it.
    pub fn photo_data(&self) -> Option<PhotoData> {
        let Some(Mutation::AttachPhoto { .. }) = self.mutation.as_deref() else { return None };
        match serde_json::from_str(self.envelope.mutation.get()) {
            Ok(Mutation::AttachPhoto { data, .. }) => Some(data),
            _ => None,
        }
    }

    /// Its form in the database.
    pub fn write(&self) -> String {
        let Self { envelope, state, since, .. } = self;
        serde_json::to_string(&Kept { envelope: &**envelope, state, since: *since }).expect("items have a JSON form")
    }

    /// Where it is, as the database keeps it beside what [`Item::write`] wrote.
    pub fn write_state(&self) -> String {
        serde_json::to_string(&(&self.state, self.since)).expect("states have a JSON form")
    }

    /// The item where `moved`, what [`Item::write_state`] wrote since, says that it is.
    pub fn moved_to(self, moved: Option<&str>) -> Self {
        match read_moved(moved) {
            Some((state, since)) => Self { state, since, ..self },
            None => self,
        }
    }

    /// Where [`Item::read`] and [`Item::moved_to`] would have it, without reading what was saved.
    pub fn read_state(text: &str, moved: Option<&str>) -> Option<(ItemState, Timestamp)> {
        read_moved(moved).or_else(|| {
            let Kept { state, since, .. } = serde_json::from_str::<Kept<IgnoredAny>>(text).ok()?;
            Some((state, since))
        })
    }

    /// Its key in the database.
    pub fn key(&self) -> String {
        key(self.envelope.sequence)
    }

    /// Whether the server's rows do not show it yet, so that it is laid on top of them.
    pub fn is_pending(&self) -> bool {
        matches!(self.state, ItemState::OnThisPhone | ItemState::Received { .. })
    }

    /// Whether it still has to be sent.
    pub fn is_unsent(&self) -> bool {
        matches!(self.state, ItemState::OnThisPhone)
    }

    /// Why it was refused, where nobody decided about it yet.
    pub fn refusal(&self) -> Option<&Refusal> {
        match &self.state {
            ItemState::NeedsYou { refusal, .. } => Some(refusal),
            _ => None,
        }
    }

    /// Whether it was refused and the administrators find it in the server's quarantine. What the phone found out never got there, nor did
    /// what came under the id of something else.
    pub fn is_in_quarantine(&self) -> bool {
        match &self.state {
            ItemState::NeedsYou { refusal, by, .. } => *by == RefusedBy::Server && *refusal != Refusal::Altered,
            _ => false,
        }
    }

    /// Whether the person must decide. About a customer's answers, which they can neither read nor discard, the administrators do.
    pub fn needs_you(&self) -> bool {
        self.refusal().is_some() && !self.is_left_to_administrators()
    }

    /// Whether it is a customer's answers that could not be counted, and that the administrators have.
    pub fn is_left_to_administrators(&self) -> bool {
        self.is_sealed() && self.is_in_quarantine()
    }

    /// Whether an administrator decided about it.
    pub fn is_settled(&self) -> bool {
        matches!(self.state, ItemState::Settled { .. })
    }

    fn moved(&self, state: ItemState, now: Timestamp) -> Self {
        Self { state, since: now, ..self.clone() }
    }
}

fn read_moved(moved: Option<&str>) -> Option<(ItemState, Timestamp)> {
    serde_json::from_str(moved?).ok()
}

/// The key in the database of the item with that number: in the order of saving.
pub fn key(sequence: u64) -> String {
    format!("{sequence:020}")
}

/// A photo's bytes once are enough.
fn light(mutation: Mutation) -> Mutation {
    match mutation {
        Mutation::AttachPhoto { photo, .. } => Mutation::AttachPhoto { photo, data: PhotoData::default() },
        other => other,
    }
}

/// Everything saved on this phone, by sequence number.
#[derive(Clone, Debug)]
pub struct Outbox {
    items: BTreeMap<u64, Arc<Item>>,
    /// All numbers below it are known: in `items`, or done and forgotten.
    next: u64,
}

impl Default for Outbox {
    fn default() -> Self {
        Self::new([], 1)
    }
}

impl Outbox {
    /// The items found in the database, where the next one gets the number `next`.
    pub fn new(items: impl IntoIterator<Item = Item>, next: u64) -> Self {
        Self::sharing(items.into_iter().map(Arc::new), next)
    }

    /// [`Outbox::new`] of items that others hold, too.
    pub fn sharing(items: impl IntoIterator<Item = Arc<Item>>, next: u64) -> Self {
        let items = items.into_iter().map(|item| (item.envelope.sequence, item)).collect();
        Self { items, next }
    }

    /// Whether both hold the very same items.
    pub fn is_same(&self, other: &Self) -> bool {
        let (mut ours, mut theirs) = (self.items.values(), other.items.values());
        self.next == other.next
            && self.items.len() == other.items.len()
            && ours.all(|item| theirs.next().is_some_and(|it| Arc::ptr_eq(item, it)))
    }

    /// All items with lower numbers are known here, or done and forgotten.
    pub fn first_unknown(&self) -> u64 {
        self.next
    }

    /// All items, in the order of saving.
    pub fn items(&self) -> impl DoubleEndedIterator<Item = &Arc<Item>> {
        self.items.values()
    }

    /// The item with that number.
    pub fn get(&self, sequence: u64) -> Option<&Arc<Item>> {
        self.items.get(&sequence)
    }

    /// The item with that id.
    pub fn find(&self, id: MutationId) -> Option<&Arc<Item>> {
        self.items.values().find(|item| item.envelope.id == id)
    }

    /// Puts an item in, or a newer state of it.
    pub fn put(&mut self, item: Item) {
        self.items.insert(item.envelope.sequence, Arc::new(item));
        while self.items.contains_key(&self.next) {
            self.next += 1;
        }
    }

    /// Takes an item out.
    pub fn remove(&mut self, sequence: u64) {
        self.items.remove(&sequence);
    }

    /// Whether another tab saved something that this one has not seen.
    pub fn has_gap(&self) -> bool {
        self.items.last_key_value().is_some_and(|(last, _)| *last >= self.next)
    }

    /// The lowest number that was not sent yet, with the numbers `sent` counted as sent.
    pub fn lowest_unsent(&self, sent: &BTreeSet<u64>) -> u64 {
        let mut left = self.items.iter().filter(|(sequence, item)| item.is_unsent() && !sent.contains(sequence));
        left.next().map_or(self.next, |(lowest, _)| self.next.min(*lowest))
    }

    /// When the oldest item that is still to be sent was saved.
    pub fn oldest_unsent(&self) -> Option<Timestamp> {
        self.items.values().filter(|item| item.is_unsent()).map(|item| item.envelope.made_at).min()
    }

    /// How many items still have to be sent.
    pub fn unsent(&self) -> usize {
        self.items.values().filter(|item| item.is_unsent()).count()
    }

    /// How many items need the person.
    pub fn needing_you(&self) -> usize {
        self.items.values().filter(|item| item.needs_you()).count()
    }

    /// The same item in another state since `now`, if there is such an item and its state would change.
    pub fn moved(&self, sequence: u64, state: ItemState, now: Timestamp) -> Option<Item> {
        self.items.get(&sequence).filter(|item| item.state != state).map(|item| item.moved(state, now))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sync::sample::{customer, item, sealed};

    fn refused(mutation: Mutation, refusal: Refusal, by: RefusedBy) -> Item {
        Item { state: ItemState::NeedsYou { refusal, by, epoch: None }, ..item(1, mutation) }
    }

    #[test]
    fn answers_that_the_administrators_have_need_nobody_here_and_all_else_that_was_refused_does() {
        for (refused, needs_you, in_quarantine) in [
            (refused(customer(1), Refusal::NotYours, RefusedBy::Server), true, true),
            (refused(customer(1), Refusal::NotYours, RefusedBy::Phone), true, false),
            (refused(customer(1), Refusal::Altered, RefusedBy::Server), true, false),
            (refused(sealed(1), Refusal::CannotOpen, RefusedBy::Server), false, true),
            (refused(sealed(1), Refusal::Altered, RefusedBy::Server), true, false),
            (refused(sealed(1), Refusal::invalid("text", "make it shorter"), RefusedBy::Phone), true, false),
            (item(1, sealed(1)), false, false),
        ] {
            assert_eq!((refused.needs_you(), refused.is_in_quarantine()), (needs_you, in_quarantine), "{:?}", refused.state);
            assert_eq!(Outbox::new([refused], 2).needing_you(), usize::from(needs_you));
        }
    }
}
