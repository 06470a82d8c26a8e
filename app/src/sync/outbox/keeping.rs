//! How long what has arrived stays on the phone: in case the server is restored from a backup, it is sent again.

use super::{Item, ItemState, Outbox};
use crate::{sync::protocol::Mutation, time::Timestamp};
use std::sync::Arc;

/// Days that it stays.
const KEEP_DAYS: i64 = 30;
/// Photos that stay, the latest: they are read into memory at every start, and many would be more than a phone has.
const KEEP_PHOTOS: usize = 40;

impl Outbox {
    /// What has arrived so long ago, or before so many photos, that it need not stay.
    pub fn outlived(&self, now: Timestamp) -> Vec<Arc<Item>> {
        let has_arrived = |item: &Item| matches!(item.state, ItemState::Accepted | ItemState::Settled { .. });
        let is_done = |item: &Item| has_arrived(item) || item.is_left_to_administrators();
        let is_photo = |item: &Item| matches!(item.mutation.as_deref(), Some(Mutation::AttachPhoto { .. }));
        let mut photos = self.items().rev().filter(|item| is_done(item) && is_photo(item));
        let crowded_out = photos.nth(KEEP_PHOTOS).map_or(0, |item| item.envelope.sequence);
        let is_old = |item: &Item| now.days_since(item.since) > KEEP_DAYS as f64;
        let is_crowded_out = |item: &Item| is_photo(item) && item.envelope.sequence <= crowded_out;
        self.items().filter(|item| is_done(item) && (is_old(item) || is_crowded_out(item))).cloned().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        photo::PhotoData,
        sync::{
            Refusal,
            outbox::RefusedBy,
            sample::{a_photo, customer, item, sealed},
        },
    };

    #[test]
    fn what_has_arrived_stays_for_a_month_but_only_so_many_photos_of_it() {
        let photos = (1..=50).map(|n| Mutation::AttachPhoto { photo: a_photo(n, 2), data: PhotoData::of(b"x") });
        let all: Vec<Mutation> = [customer(1)].into_iter().chain(photos).chain([customer(2)]).collect();
        let mut outbox = Outbox::new((1..).zip(all).map(|(n, mutation)| item(n, mutation)), 53);
        let numbers = |outbox: &Outbox, day: i64| {
            outbox.outlived(Timestamp(0).plus_days(day)).iter().map(|item| item.envelope.sequence).collect::<Vec<_>>()
        };
        assert!(numbers(&outbox, 400).is_empty(), "what waits stays, however many");
        for n in (1..=50).chain([52]) {
            outbox.put(outbox.moved(n, ItemState::Accepted, Timestamp(0)).expect("it moved"));
        }
        assert_eq!(numbers(&outbox, 29), (2..=10).collect::<Vec<_>>(), "all but the latest forty of those that arrived");
        assert_eq!(numbers(&outbox, 31).len(), 51);
    }

    #[test]
    fn answers_that_the_administrators_have_stay_for_a_month_and_what_the_person_must_decide_on_stays() {
        let mut outbox = Outbox::new([item(1, sealed(1)), item(2, customer(2)), item(3, sealed(3))], 4);
        for (number, by) in [(1, RefusedBy::Server), (2, RefusedBy::Server), (3, RefusedBy::Phone)] {
            let refused = ItemState::NeedsYou { refusal: Refusal::NotYours, by, epoch: None };
            outbox.put(outbox.moved(number, refused, Timestamp(0)).expect("it moved"));
        }
        let gone = |day| outbox.outlived(Timestamp(0).plus_days(day)).iter().map(|item| item.envelope.sequence).collect::<Vec<_>>();
        assert_eq!((gone(29), gone(31)), (vec![], vec![1]));
    }
}
