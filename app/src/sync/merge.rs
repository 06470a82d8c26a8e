//! Edits that meet: how a row takes in an edit that was made before somebody else's arrived.
//!
//! An edit says what its author saw of the fields that it changes. Where a field is still so, or nobody but the author changed it, the
//! edit is simply made. Where somebody changed it meanwhile, that is a clash: the edit accepted later wins, and what it replaced is kept
//! in the row's [`History`], for both to see. Order is the order in which the server accepts; clocks decide nothing.

mod words;

pub use words::{ClashLine, Reader};

use crate::{id::MemberId, time::Timestamp};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use std::{collections::BTreeMap, fmt::Debug};

/// The most clashes that a row remembers; the oldest are forgotten first.
pub const CLASHES_MAX: usize = 20;

/// A change of a row, every part optional: what is absent stays as it is. Declared by `edit_fields!`.
pub trait Edit: Clone + Debug + Default + PartialEq + Serialize + DeserializeOwned {
    /// What is decided as one: a part, or parts that make sense only together.
    type Field: Copy + Debug + Ord + Serialize + DeserializeOwned + 'static;
    /// All fields.
    const FIELDS: &'static [Self::Field];

    /// What it says of `field` and of nothing else.
    fn only(&self, field: Self::Field) -> Self;

    /// `under`, with what this says laid over it.
    fn over(&self, under: &Self) -> Self;

    /// Whether it says nothing.
    fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// What this, which says everything of a row, says of the fields that `edit` changes.
    fn seen_by(&self, edit: &Self) -> Self {
        let changed = Self::FIELDS.iter().filter(|field| !edit.only(**field).is_empty());
        changed.fold(Self::default(), |seen, field| self.only(*field).over(&seen))
    }

    /// Of this, which says everything of a row, the fields of which `other`, which does so too, says something else.
    fn differing(&self, other: &Self) -> Self {
        let differ = Self::FIELDS.iter().filter(|field| self.only(**field) != other.only(**field));
        differ.fold(Self::default(), |differing, field| self.only(*field).over(&differing))
    }
}

/// Declares the fields of an edit, each with the parts that it is made of, so that no part is left out.
macro_rules! edit_fields {
    ($(#[$doc:meta])* $field:ident of $edit:ident { $($(#[$variant_doc:meta])* $variant:ident: $($part:ident),+;)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum $field {
            $($(#[$variant_doc])* $variant,)*
            /// One that only a newer build knows.
            #[serde(other)]
            Newer,
        }

        impl $crate::sync::merge::Edit for $edit {
            type Field = $field;
            const FIELDS: &'static [$field] = &[$($field::$variant,)*];

            fn only(&self, field: $field) -> Self {
                match field {
                    $($field::$variant => Self { $($part: self.$part.clone(),)+ ..Self::default() },)*
                    $field::Newer => Self::default(),
                }
            }

            fn over(&self, under: &Self) -> Self {
                Self { $($($part: self.$part.clone().or_else(|| under.$part.clone()),)+)* }
            }
        }
    };
}
pub(crate) use edit_fields;

/// An edit that a row is to take in.
#[derive(Clone, Copy, Debug)]
pub struct Incoming<'a, E> {
    /// What is to change.
    pub edit: &'a E,
    /// The version that its author saw.
    pub base: u32,
    /// What its author saw of the fields that change; empty from older phones, of which `base` tells.
    pub saw: &'a E,
    /// Its author.
    pub by: MemberId,
    /// When it is accepted, by the server's clock: for display, never for ordering.
    pub at: Timestamp,
}

/// Who wrote what a field holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// The row's version with it.
    pub version: u32,
    /// Who.
    pub by: MemberId,
    /// When it was accepted.
    pub at: Timestamp,
}

/// Two edits of one field, neither of whose authors had seen the other's.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(bound = "E: Edit")]
pub struct Clash<E: Edit> {
    /// Of which field.
    pub field: E::Field,
    /// What was replaced: the edit that brings it back.
    pub lost: E,
    /// Who wrote that; absent where it came by no edit, an import say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lost_by: Option<Mark>,
    /// What replaced it.
    pub won: E,
    /// Who wrote that.
    pub won_by: Mark,
}

/// What a row remembers of its edits.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(bound = "E: Edit")]
pub struct History<E: Edit> {
    /// Per field that was ever edited, who wrote what it holds.
    #[serde(default = "BTreeMap::new")]
    last: BTreeMap<E::Field, Mark>,
    /// The latest [`CLASHES_MAX`] clashes, in the order of acceptance.
    #[serde(default = "Vec::new")]
    clashes: Vec<Clash<E>>,
}

impl<E: Edit> Default for History<E> {
    fn default() -> Self {
        Self { last: BTreeMap::new(), clashes: Vec::new() }
    }
}

impl<E: Edit> History<E> {
    /// Whether nothing was ever edited.
    pub fn is_empty(&self) -> bool {
        self.last.is_empty() && self.clashes.is_empty()
    }

    /// Every clash that is remembered, in the order of acceptance.
    pub fn clashes(&self) -> &[Clash<E>] {
        &self.clashes
    }

    /// Takes in an edit of a row that holds `row` and becomes `version` by it. Answers what is to be changed: the edit without the fields
    /// that repeat what its author saw, since those are no change.
    #[must_use]
    pub fn take_in(&mut self, row: &E, version: u32, incoming: &Incoming<'_, E>) -> E {
        let mark = Mark { version, by: incoming.by, at: incoming.at };
        let mut made = E::default();
        for &field in E::FIELDS {
            let (new, old, saw) = (incoming.edit.only(field), row.only(field), incoming.saw.only(field));
            if new.is_empty() || (!saw.is_empty() && new.over(&saw) == saw) {
                continue;
            }
            made = new.over(&made);
            let won = new.over(&old);
            if won == old {
                continue;
            }
            let lost_by = self.last.insert(field, mark);
            let unseen = if saw.is_empty() { lost_by.is_some_and(|last| last.version > incoming.base) } else { saw.over(&old) != old };
            if unseen {
                self.clashes.push(Clash { field, lost: old, lost_by, won, won_by: mark });
            }
        }
        self.clashes.drain(..self.clashes.len().saturating_sub(CLASHES_MAX));
        made
    }

    /// Notes that the row came from `before` to `after` by something else than an edit: nobody's name stands beside that.
    pub fn changed_otherwise(&mut self, before: &E, after: &E) {
        self.last.retain(|field, _| before.only(*field) == after.only(*field));
    }

    /// The clashes in a row that holds `row` on which nobody has decided since, the latest first: the field was not edited again by somebody
    /// who saw them, and holds something else than what was replaced.
    pub fn open(&self, row: &E) -> Vec<&Clash<E>> {
        let mut standing: BTreeMap<E::Field, u32> = self.last.iter().map(|(field, mark)| (*field, mark.version)).collect();
        let is_open = |clash: &&Clash<E>| {
            if standing.get(&clash.field) != Some(&clash.won_by.version) {
                return false;
            }
            // What was replaced may have replaced something itself, unseen too.
            match clash.lost_by {
                Some(mark) => standing.insert(clash.field, mark.version),
                None => standing.remove(&clash.field),
            };
            clash.lost.over(row) != *row
        };
        self.clashes.iter().rev().filter(is_open).collect()
    }
}

#[cfg(test)]
mod tests;
