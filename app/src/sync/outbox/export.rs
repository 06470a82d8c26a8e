//! What leaves the phone by hand when sync cannot take it.

use super::{Item, ItemState, Outbox};
use crate::{sync::protocol::Mutation, time::Timestamp};
use serde::Serialize;
use serde_json::value::RawValue;

/// One item as it is exported.
#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
struct Exported<'a> {
    made_at: Timestamp,
    mutation: &'a RawValue,
    state: &'a ItemState,
}

impl Item {
    /// Whether it holds a customer's answers: the rep can neither read, change nor discard them.
    pub fn is_sealed(&self) -> bool {
        matches!(self.mutation.as_deref(), Some(Mutation::SubmitSealed { .. }))
    }

    pub(super) fn is_only_here(&self) -> bool {
        self.is_unsent() || self.refusal().is_some()
    }
}

impl Outbox {
    /// Everything that only this phone has, with its whole text and why it was refused, as JSON; without customers' answers.
    pub fn export(&self) -> String {
        let only_here = self.items().filter(|item| item.is_only_here() && !item.is_sealed());
        let exported: Vec<Exported<'_>> = only_here
            .map(|item| Exported { made_at: item.envelope.made_at, mutation: &item.envelope.mutation, state: &item.state })
            .collect();
        serde_json::to_string_pretty(&exported).expect("items have a JSON form")
    }

    /// How many items would be lost if this store were removed now, where all up to number `exported` were exported: those saved
    /// since, and a customer's answers on their way.
    pub fn would_be_lost(&self, exported: u64) -> usize {
        let would_be = |item: &Item| match item.is_sealed() {
            true => item.is_unsent(),
            false => item.is_only_here() && item.envelope.sequence > exported,
        };
        self.items().filter(|item| would_be(item)).count()
    }

    /// The highest number given so far.
    pub fn last_sequence(&self) -> u64 {
        self.items().next_back().map_or(0, |item| item.envelope.sequence)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        id::{InvitationId, RatingId, SealingKeyId},
        survey::Sealed,
        sync::{
            Refusal,
            outbox::RefusedBy,
            sample::{customer, item},
        },
    };
    use uuid::Uuid;

    fn outbox() -> Outbox {
        let sealed = Mutation::SubmitSealed {
            id: RatingId(Uuid::nil()),
            invitation: InvitationId(Uuid::nil()),
            given_at: Timestamp(0),
            sealed: Sealed { key: SealingKeyId(Uuid::nil()), ciphertext: "secret".to_owned() },
        };
        let mut outbox = Outbox::new([item(1, customer(1)), item(2, customer(2)), item(3, sealed), item(4, customer(4))], 5);
        let refused = ItemState::NeedsYou { refusal: Refusal::NotYours, by: RefusedBy::Server, epoch: None };
        for (sequence, state) in [(1, ItemState::Accepted), (2, refused)] {
            outbox.put(outbox.moved(sequence, state, Timestamp(1)).expect("it moved"));
        }
        outbox
    }

    #[test]
    fn an_export_holds_what_only_this_phone_has_but_no_answers() {
        let export = outbox().export();
        let names = ["Customer 1", "Customer 2", "Customer 4", "not_yours", "secret"];
        assert_eq!(names.map(|name| export.contains(name)), [false, true, true, true, false]);
    }

    #[test]
    fn a_store_with_something_unsent_can_be_removed_only_after_an_export() {
        let outbox = outbox();
        assert_eq!(outbox.would_be_lost(0), 3);
        assert_eq!(outbox.would_be_lost(2), 2, "saved after the export");
        assert_eq!(outbox.would_be_lost(outbox.last_sequence()), 1, "answers cannot be exported, so they must arrive");
    }
}
