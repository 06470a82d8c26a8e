//! What moves to another device by hand, in a file, when this one cannot send it.
//!
//! A mutation keeps its id and its very bytes, and gets a number of the device that takes it in. The server knows it by its id and its member
//! on whatever device, so that what another device had sent already is answered by its receipt, and both may send it.

use super::{Item, ItemState, Outbox};
use crate::{id::MemberId, sync::protocol::Envelope, time::Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

/// Everything that only one device has; a customer's answers in it are sealed, as everywhere on a phone.
#[derive(Debug, Serialize, Deserialize)]
pub struct Carried {
    member: MemberId,
    mutations: Vec<Envelope<Box<RawValue>>>,
}

/// Why a file cannot be taken in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CarryError {
    /// It holds something else, or a newer version wrote it.
    #[error("this holds nothing that can be taken in")]
    Unreadable,
    /// It is another member's: whoever made something sends it.
    #[error("this is another member's")]
    AnotherMember,
}

impl Outbox {
    /// Everything of `member` that only this device has.
    pub fn carry(&self, member: MemberId) -> Carried {
        let only_here = self.items().filter(|item| item.is_only_here());
        Carried { member, mutations: only_here.map(|item| Envelope::clone(&item.envelope)).collect() }
    }

    /// How many items [`Outbox::carry`] would carry.
    pub fn only_here(&self) -> usize {
        self.items().filter(|item| item.is_only_here()).count()
    }
}

impl Carried {
    /// As text.
    pub fn write(&self) -> String {
        serde_json::to_string(self).expect("envelopes have a JSON form")
    }

    /// Reads what [`Carried::write`] wrote for `me`.
    ///
    /// # Errors
    /// [`CarryError`].
    pub fn read(text: &str, me: MemberId) -> Result<Self, CarryError> {
        let carried: Self = serde_json::from_str(text).map_err(|_| CarryError::Unreadable)?;
        let mine = carried.member == me && carried.mutations.iter().all(|envelope| envelope.member == me);
        if mine { Ok(carried) } else { Err(CarryError::AnotherMember) }
    }

    /// What of it `outbox` does not have.
    pub fn new_to(self, outbox: &Outbox) -> Self {
        Self { mutations: self.mutations.into_iter().filter(|envelope| outbox.find(envelope.id).is_none()).collect(), ..self }
    }

    /// How many mutations it holds.
    pub fn len(&self) -> usize {
        self.mutations.len()
    }

    /// Whether it holds none.
    pub fn is_empty(&self) -> bool {
        self.mutations.is_empty()
    }

    /// Its items, numbered from `first` on, to be sent from here.
    pub fn items(&self, first: u64, now: Timestamp) -> Vec<Item> {
        let item = |(sequence, envelope): (u64, &Envelope<Box<RawValue>>)| {
            let envelope = Envelope { sequence, ..envelope.clone() };
            Item::of(envelope, ItemState::OnThisPhone, now)
        };
        (first..).zip(&self.mutations).map(item).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sync::{
        Refusal,
        outbox::RefusedBy,
        sample::{ME, customer, item},
    };
    use uuid::Uuid;

    fn outbox() -> Outbox {
        let mut outbox = Outbox::new([item(1, customer(1)), item(2, customer(2)), item(3, customer(3))], 4);
        let refused = ItemState::NeedsYou { refusal: Refusal::NotYours, by: RefusedBy::Server, epoch: None };
        for (sequence, state) in [(1, ItemState::Accepted), (2, refused)] {
            outbox.put(outbox.moved(sequence, state, Timestamp(1)).expect("it moved"));
        }
        outbox
    }

    #[test]
    fn what_only_one_device_has_is_sent_from_another_under_its_own_id_and_in_its_own_bytes() {
        let (from, now) = (outbox(), Timestamp(9));
        let text = from.carry(ME).write();
        let items = Carried::read(&text, ME).expect("it was just written").new_to(&Outbox::new([], 7)).items(7, now);
        assert_eq!(items.len(), 2);
        for (number, (taken, carried)) in (7..).zip(items.iter().zip([2, 3].map(|n| from.get(n).expect("saved")))) {
            assert_eq!((taken.envelope.sequence, &taken.state), (number, &ItemState::OnThisPhone));
            let same = Envelope { sequence: taken.envelope.sequence, ..Envelope::clone(&carried.envelope) };
            assert_eq!((taken.envelope.id, taken.envelope.mutation.get()), (same.id, same.mutation.get()));
        }
    }

    #[test]
    fn what_a_device_has_already_is_not_taken_in_again() {
        let carried = Carried::read(&outbox().carry(ME).write(), ME).expect("it was just written");
        assert!(carried.new_to(&outbox()).is_empty());
    }

    #[test]
    fn nobody_takes_in_what_another_member_made() {
        let other = MemberId(Uuid::from_u128(99));
        assert_eq!(Carried::read(&outbox().carry(ME).write(), other).err(), Some(CarryError::AnotherMember));
        let forged = outbox().carry(other).write();
        assert_eq!(Carried::read(&forged, other).err(), Some(CarryError::AnotherMember), "each envelope is looked at");
        assert_eq!(Carried::read("{}", ME).err(), Some(CarryError::Unreadable));
    }
}
