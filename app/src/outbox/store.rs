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
        sync::{Refusal, outbox::RefusedBy, protocol::Mutation},
        time::Timestamp,
    };
    use uuid::Uuid;

    fn item(sequence: u64, state: ItemState) -> Item {
        let mutation = Mutation::DeleteMeeting { id: MeetingId(Uuid::nil()) };
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
        let Groups { needs_you, waiting, settled, accepted } = grouped(&outbox);
        let numbers = |items: &[Arc<Item>]| items.iter().map(|item| item.envelope.sequence).collect::<Vec<_>>();
        assert_eq!(
            (numbers(&needs_you), numbers(&waiting), numbers(&settled), numbers(&accepted)),
            (vec![2], vec![4, 3], vec![5], vec![1])
        );
    }
}
