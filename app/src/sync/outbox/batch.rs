//! What goes into the next push.

use super::{Item, Outbox, dependency::Touched};
use crate::{
    id::MutationId,
    sync::protocol::{BODY_BYTES_MAX, PUSH_MAX},
    time::Timestamp,
};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

/// Items that made a push of their own fail, and until when each waits. Then it is tried alone.
pub type Stalled = BTreeMap<MutationId, Timestamp>;

/// How much one push may carry. Shrinks when a push fails for its content or its size, and grows back with success.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limit {
    /// The most items.
    pub count: usize,
    /// The most bytes of their mutations, unless there is one alone.
    pub bytes: usize,
}

/// Bytes of an envelope around its mutation, generously.
const ENVELOPE_BYTES: usize = 300;

impl Limit {
    /// What the server takes, with room for what surrounds the mutations.
    pub const MAX: Self = Self { count: PUSH_MAX, bytes: BODY_BYTES_MAX - 4096 };

    /// A small part of it, at least one item: five failures single out the item that breaks a full push.
    pub fn shrunk(self) -> Self {
        Self { count: (self.count / 6).max(1), bytes: (self.bytes / 6).max(1) }
    }

    /// Twice of it, up to the most.
    pub fn grown(self) -> Self {
        Self { count: (self.count * 2).min(Self::MAX.count), bytes: (self.bytes * 2).min(Self::MAX.bytes) }
    }
}

impl Outbox {
    /// The items to send now: in the order of saving, without the numbers `sent`, what is stalled and what builds on that, and without what touches the same
    /// as the items `in_flight`, which may arrive later.
    pub fn batch(
        &self,
        limit: Limit,
        stalled: &Stalled,
        sent: &BTreeSet<u64>,
        in_flight: Vec<&Arc<Item>>,
        now: Timestamp,
    ) -> Vec<Arc<Item>> {
        let mut batch: Vec<Arc<Item>> = Vec::new();
        let (mut held_back, mut bytes) = (Touched::default(), 0);
        let mut waiting = Waiting::default();
        in_flight.into_iter().for_each(|item| waiting.add(item));
        for item in self.items().filter(|item| item.is_unsent() && !sent.contains(&item.envelope.sequence)) {
            if waiting.count > LOOK_AHEAD {
                break;
            }
            if waiting.holds_back(item) {
                continue;
            }
            let waits_until = stalled.get(&item.envelope.id);
            let builds_on = item.mutation.as_deref().is_some_and(|mutation| held_back.precedes(mutation));
            if waits_until.is_some_and(|until| *until <= now) && batch.is_empty() && !builds_on {
                return vec![item.clone()];
            }
            if waits_until.is_some() || builds_on {
                item.mutation.iter().for_each(|mutation| held_back.add(mutation));
                continue;
            }
            bytes += item.envelope.mutation.get().len() + ENVELOPE_BYTES;
            if batch.len() == limit.count || (bytes > limit.bytes && !batch.is_empty()) {
                break;
            }
            batch.push(item.clone());
        }
        batch
    }
}

/// The most items that are looked at in vain for some that can go out beside a push: all that is saved may build on what is in it.
const LOOK_AHEAD: usize = PUSH_MAX;

/// The items whose turn it is before others: those on their way, and those that wait for them.
#[derive(Default)]
struct Waiting {
    touched: Touched,
    /// Whether another build wrote one of them: of that nobody knows what it touches.
    is_unknown: bool,
    /// How many wait.
    count: usize,
}

impl Waiting {
    fn add(&mut self, item: &Item) {
        match item.mutation.as_deref() {
            Some(mutation) => self.touched.add(mutation),
            None => self.is_unknown = true,
        }
    }

    /// Whether the item must not arrive before one of them; then it waits, too.
    fn holds_back(&mut self, item: &Item) -> bool {
        let concerned = match item.mutation.as_deref() {
            Some(mutation) => self.is_unknown || self.touched.concerns(mutation),
            None => self.is_unknown || !self.touched.is_empty(),
        };
        if concerned {
            self.add(item);
            self.count += 1;
        }
        concerned
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        id::PromiseId,
        photo::{BYTES_MAX, PhotoData},
        promise::{Agreed, PromiseState},
        sync::{
            protocol::{Envelope, Mutation, Push},
            sample::{a_photo, contact, customer, edit_customer, item, on},
        },
    };
    use proptest::prelude::*;

    const NOW: Timestamp = Timestamp(1_000);
    const NONE: BTreeSet<u64> = BTreeSet::new();

    fn outbox() -> Outbox {
        let mutations = [customer(1), contact(10, 1), customer(2), edit_customer(1), contact(20, 2), edit_customer(2)];
        Outbox::new((1..).zip(mutations).map(|(n, mutation)| item(n, mutation)), 7)
    }

    fn numbers(batch: &[Arc<Item>]) -> Vec<u64> {
        batch.iter().map(|item| item.envelope.sequence).collect()
    }

    fn stalled(outbox: &Outbox, sequence: u64, until: i64) -> Stalled {
        Stalled::from([(outbox.get(sequence).expect("saved").envelope.id, Timestamp(until))])
    }

    #[test]
    fn a_batch_is_the_oldest_items_in_order_up_to_the_limit() {
        let outbox = outbox();
        let limit = Limit { count: 4, ..Limit::MAX };
        assert_eq!(numbers(&outbox.batch(limit, &Stalled::new(), &NONE, Vec::new(), NOW)), [1, 2, 3, 4]);
        let one = outbox.get(1).expect("saved").envelope.mutation.get().len() + ENVELOPE_BYTES;
        assert_eq!(numbers(&outbox.batch(Limit { bytes: one, ..limit }, &Stalled::new(), &NONE, Vec::new(), NOW)), [1]);
        assert_eq!(
            numbers(&outbox.batch(Limit { bytes: 1, ..limit }, &Stalled::new(), &NONE, Vec::new(), NOW)),
            [1],
            "one alone always fits"
        );
    }

    #[test]
    fn a_stalled_item_holds_back_what_builds_on_it_and_nothing_else() {
        let outbox = outbox();
        assert_eq!(numbers(&outbox.batch(Limit::MAX, &stalled(&outbox, 1, 2_000), &NONE, Vec::new(), NOW)), [3, 5, 6]);
        assert_eq!(numbers(&outbox.batch(Limit::MAX, &stalled(&outbox, 2, 2_000), &NONE, Vec::new(), NOW)), [1, 3, 4, 5, 6]);
    }

    #[test]
    fn beside_a_push_goes_only_what_may_arrive_before_it() {
        let outbox = outbox();
        let beside = |numbers_in_flight: &[u64]| {
            let in_flight = numbers_in_flight.iter().map(|number| outbox.get(*number).expect("saved")).collect();
            numbers(&outbox.batch(Limit::MAX, &Stalled::new(), &numbers_in_flight.iter().copied().collect(), in_flight, NOW))
        };
        assert_eq!(beside(&[1]), [3, 5, 6], "the other customer's");
        assert_eq!(beside(&[1, 2]), [3, 5, 6]);
        assert_eq!(beside(&[2]), [3, 5, 6], "the customer that the contact is with is made and changed in order");
        assert_eq!(beside(&[1, 2, 3]), [] as [u64; 0]);
        let mut strange = Item::clone(outbox.get(1).expect("saved"));
        strange.mutation = None;
        let sent = BTreeSet::from([1]);
        assert_eq!(outbox.batch(Limit::MAX, &Stalled::new(), &sent, vec![&strange.into()], NOW).len(), 0, "nobody knows what it is about");
    }

    #[test]
    fn what_a_settled_promise_makes_goes_after_it() {
        let (first, instead) = (PromiseId(uuid::Uuid::from_u128(1)), PromiseId(uuid::Uuid::from_u128(2)));
        let agreed = Agreed { promise: instead, what: "Call again".to_owned(), due: on("2026-06-01") };
        let settle = Mutation::SettlePromise { id: first, state: PromiseState::Changed, agreed: Some(agreed), at: None };
        let outbox = Outbox::new([item(1, settle), item(2, Mutation::DeletePromise { id: instead }), item(3, customer(3))], 4);
        let in_flight = vec![outbox.get(1).expect("saved")];
        assert_eq!(numbers(&outbox.batch(Limit::MAX, &Stalled::new(), &BTreeSet::from([1]), in_flight, NOW)), [3]);
        assert_eq!(numbers(&outbox.batch(Limit::MAX, &stalled(&outbox, 1, 2_000), &NONE, Vec::new(), NOW)), [3]);
    }

    #[test]
    fn a_stalled_item_is_tried_again_alone() {
        let outbox = outbox();
        assert_eq!(numbers(&outbox.batch(Limit::MAX, &stalled(&outbox, 1, 1_000), &NONE, Vec::new(), NOW)), [1]);
        assert_eq!(numbers(&outbox.batch(Limit::MAX, &stalled(&outbox, 3, 1_000), &NONE, Vec::new(), NOW)), [1, 2, 4]);
    }

    #[test]
    fn a_failing_item_is_singled_out_in_few_steps() {
        let mut limit = Limit::MAX;
        let steps = (1..).find(|_| {
            limit = limit.shrunk();
            limit.count == 1
        });
        assert_eq!(steps, Some(4));
        assert_eq!(limit.grown().count, 2);
    }

    #[test]
    fn the_lowest_unsent_number_never_claims_what_was_not_sent() {
        let mut outbox = outbox();
        assert_eq!(outbox.lowest_unsent(&NONE), 1);
        let sent = |limit| outbox.batch(limit, &Stalled::new(), &NONE, Vec::new(), NOW).iter().map(|item| item.envelope.sequence).collect();
        assert_eq!(outbox.lowest_unsent(&sent(Limit { count: 2, ..Limit::MAX })), 3);
        assert_eq!(outbox.lowest_unsent(&sent(Limit::MAX)), 7);
        // Another tab saved the seventh; this one knows only its own eighth.
        outbox.put(item(8, customer(3)));
        assert!(outbox.has_gap());
        assert_eq!(outbox.lowest_unsent(&BTreeSet::from([1, 2, 3, 4, 5, 6, 8])), 7);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]

        #[test]
        fn whatever_their_size_photos_fit_into_pushes_and_all_of_them_go(sizes in prop::collection::vec(0..=BYTES_MAX, 1..12)) {
            let attach = |(n, size): (u128, &usize)| {
                Mutation::AttachPhoto { photo: a_photo(n, 2), data: PhotoData::of(&vec![7; *size]) }
            };
            let mutations = (1..).zip(&sizes).map(attach);
            let mut outbox = Outbox::new((1..).zip(mutations).map(|(n, mutation)| item(n, mutation)), sizes.len() as u64 + 1);
            let mut sent = Vec::new();
            while sent.len() < sizes.len() {
                let batch = outbox.batch(Limit::MAX, &Stalled::new(), &NONE, Vec::new(), NOW);
                let mutations = batch.iter().map(|item| Envelope::clone(&item.envelope)).collect();
                let device = crate::id::DeviceId(uuid::Uuid::nil());
                let push = Push { device, lowest_unsent: outbox.lowest_unsent(&NONE), seen: None, mutations };
                prop_assert!(!batch.is_empty() && serde_json::to_string(&push).expect("JSON").len() <= BODY_BYTES_MAX);
                sent.extend(numbers(&batch));
                batch.iter().for_each(|item| outbox.remove(item.envelope.sequence));
            }
            prop_assert_eq!(sent, (1..=sizes.len() as u64).collect::<Vec<_>>());
        }
    }
}
