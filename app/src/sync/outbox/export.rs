//! What leaves the phone by hand when sync cannot take it.

use super::{Item, ItemState, Outbox};
use crate::{id::MutationId, sync::protocol::Mutation, time::Timestamp};
use serde::Serialize;
use serde_json::value::RawValue;
use std::{collections::BTreeSet, sync::Arc};

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
        self.is_unsent() || self.needs_you()
    }
}

impl Outbox {
    /// Everything that only this phone has, with its whole text and why it was refused, as JSON; without customers' answers.
    pub fn export(&self) -> String {
        let exported: Vec<Exported<'_>> = self
            .exportable()
            .map(|item| Exported { made_at: item.envelope.made_at, mutation: &item.envelope.mutation, state: &item.state })
            .collect();
        serde_json::to_string_pretty(&exported).expect("items have a JSON form")
    }

    /// What [`Outbox::export`] holds. A locked file holds customers' answers besides, and they do not count as exported by it: they could be
    /// lost with the file.
    pub fn exported(&self) -> BTreeSet<MutationId> {
        self.exportable().map(|item| item.envelope.id).collect()
    }

    /// What files hold once they hold `more`, of the `earlier` ones only what is still here.
    pub fn in_files(&self, earlier: BTreeSet<MutationId>, more: &BTreeSet<MutationId>) -> BTreeSet<MutationId> {
        let here = self.items().map(|item| item.envelope.id);
        here.filter(|id| earlier.contains(id) || more.contains(id)).collect()
    }

    /// How many items would be lost if this store were removed now, where those of `in_files` were saved in a file: what is nowhere else, and
    /// a customer's answers on their way.
    pub fn would_be_lost(&self, in_files: &BTreeSet<MutationId>) -> usize {
        let would_be = |item: &&Arc<Item>| item.is_only_here() && (item.is_sealed() || !in_files.contains(&item.envelope.id));
        self.items().filter(would_be).count()
    }

    fn exportable(&self) -> impl Iterator<Item = &Arc<Item>> {
        self.items().filter(|item| item.is_only_here() && !item.is_sealed())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sync::{
        Refusal,
        outbox::RefusedBy,
        sample::{customer, item, sealed},
    };

    fn moved(outbox: &mut Outbox, sequence: u64, state: ItemState) {
        outbox.put(outbox.moved(sequence, state, Timestamp(1)).expect("it moved"));
    }

    fn refused(by: RefusedBy) -> ItemState {
        ItemState::NeedsYou { refusal: Refusal::NotYours, by, epoch: None }
    }

    fn outbox() -> Outbox {
        let mut outbox = Outbox::new([item(1, customer(1)), item(2, customer(2)), item(3, sealed(3)), item(4, customer(4))], 5);
        moved(&mut outbox, 1, ItemState::Accepted);
        moved(&mut outbox, 2, refused(RefusedBy::Server));
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
        let mut outbox = outbox();
        assert_eq!(outbox.would_be_lost(&BTreeSet::new()), 3);
        let in_files = outbox.exported();
        assert_eq!(outbox.would_be_lost(&in_files), 1, "answers cannot be exported, so they must arrive");
        outbox.put(item(5, customer(5)));
        assert_eq!(outbox.would_be_lost(&in_files), 2, "saved after the export");
    }

    #[test]
    fn what_a_restored_backup_lost_was_in_no_file_that_was_made_while_the_server_had_it() {
        let mut outbox = outbox();
        let in_files = outbox.exported();
        moved(&mut outbox, 3, ItemState::Accepted);
        assert_eq!(outbox.would_be_lost(&in_files), 0);
        moved(&mut outbox, 1, ItemState::OnThisPhone);
        assert_eq!(outbox.would_be_lost(&in_files), 1, "although its number is lower than those in the file");
        let in_files = outbox.in_files(in_files, &outbox.exported());
        assert_eq!(outbox.would_be_lost(&in_files), 0);
    }

    #[test]
    fn of_what_was_saved_in_files_only_what_is_still_here_is_remembered() {
        let mut outbox = outbox();
        let first = outbox.exported();
        assert_eq!(first.len(), 2);
        outbox.remove(2);
        outbox.put(item(5, customer(5)));
        let in_files = outbox.in_files(first, &BTreeSet::from([item(5, customer(5)).envelope.id]));
        assert_eq!(in_files, BTreeSet::from([4, 5].map(|n| outbox.get(n).expect("saved").envelope.id)));
    }

    #[test]
    fn answers_that_only_this_phone_has_keep_its_store_and_those_in_quarantine_do_not() {
        for (by, lost) in [(RefusedBy::Phone, 1), (RefusedBy::Server, 0)] {
            let mut outbox = Outbox::new([item(1, sealed(1))], 2);
            moved(&mut outbox, 1, refused(by));
            assert_eq!(outbox.would_be_lost(&outbox.exported()), lost, "{by:?}");
            assert!(!outbox.export().contains("secret"), "{by:?}");
        }
    }
}
