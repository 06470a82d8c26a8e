//! The outbox by what is to be done about each item.

use crate::sync::outbox::{Item, ItemState, Outbox};
use std::sync::Arc;

/// Accepted items shown, the latest first.
const ACCEPTED_SHOWN: usize = 30;

/// Everything saved on this phone, each part with the latest first.
#[derive(Clone, Debug, Default)]
pub struct Groups {
    /// The person must decide.
    pub needs_you: Vec<Arc<Item>>,
    /// Customers' answers that could not be counted, and that the administrators have.
    pub left_to_administrators: Vec<Arc<Item>>,
    /// On this phone, or on the server and not back yet.
    pub waiting: Vec<Arc<Item>>,
    /// An administrator decided.
    pub settled: Vec<Arc<Item>>,
    /// Done lately.
    pub accepted: Vec<Arc<Item>>,
}

/// `outbox` in parts.
pub fn grouped(outbox: &Outbox) -> Groups {
    let mut groups = Groups::default();
    for item in outbox.items().rev() {
        match item.state {
            ItemState::NeedsYou { .. } if item.is_left_to_administrators() => groups.left_to_administrators.push(item.clone()),
            ItemState::NeedsYou { .. } => groups.needs_you.push(item.clone()),
            ItemState::OnThisPhone | ItemState::Received { .. } => groups.waiting.push(item.clone()),
            ItemState::Settled { .. } => groups.settled.push(item.clone()),
            ItemState::Accepted => groups.accepted.push(item.clone()),
        }
    }
    groups.accepted.truncate(ACCEPTED_SHOWN);
    groups
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        id::{EpochId, MeetingId, MemberId, MutationId},
        quarantine::Ending,
        sync::{Refusal, outbox::RefusedBy, protocol::Mutation, sample::sealed},
        time::Timestamp,
    };
    use uuid::Uuid;

    fn item(sequence: u64, state: ItemState) -> Item {
        item_of(Mutation::DeleteMeeting { id: MeetingId(Uuid::nil()) }, sequence, state)
    }

    fn item_of(mutation: Mutation, sequence: u64, state: ItemState) -> Item {
        let id = MutationId(Uuid::from_u128(sequence.into()));
        Item { state, ..Item::new(id, MemberId(Uuid::nil()), sequence, mutation, Timestamp(0)) }
    }

    #[test]
    fn items_are_grouped_by_what_is_to_be_done_the_latest_first() {
        let received = ItemState::Received { epoch: EpochId(Uuid::nil()), sequence: 7 };
        let states = [
            ItemState::Accepted,
            ItemState::NeedsYou { refusal: Refusal::NotYours, by: RefusedBy::Server, epoch: None },
            received,
            ItemState::OnThisPhone,
            ItemState::Settled { administrator: MemberId(Uuid::nil()), ending: Ending::Applied { corrected: None } },
        ];
        let outbox = Outbox::new((1..).zip(states).map(|(sequence, state)| item(sequence, state)), 6);
        let Groups { needs_you, left_to_administrators, waiting, settled, accepted } = grouped(&outbox);
        assert!(left_to_administrators.is_empty());
        let numbers = |items: &[Arc<Item>]| items.iter().map(|item| item.envelope.sequence).collect::<Vec<_>>();
        assert_eq!(
            (numbers(&needs_you), numbers(&waiting), numbers(&settled), numbers(&accepted)),
            (vec![2], vec![4, 3], vec![5], vec![1])
        );
    }

    #[test]
    fn answers_that_could_not_be_counted_are_left_to_the_administrators_who_have_them() {
        let refused = |by| ItemState::NeedsYou { refusal: Refusal::CannotOpen, by, epoch: None };
        let items = [(1, RefusedBy::Server), (2, RefusedBy::Phone)].map(|(number, by)| item_of(sealed(1), number, refused(by)));
        let Groups { needs_you, left_to_administrators, .. } = grouped(&Outbox::new(items, 3));
        let numbers = |items: &[Arc<Item>]| items.iter().map(|item| item.envelope.sequence).collect::<Vec<_>>();
        assert_eq!((numbers(&left_to_administrators), numbers(&needs_you)), (vec![1], vec![2]), "of the second nobody else knows");
    }
}
