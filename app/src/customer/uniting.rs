//! Two customers that are the same: one stands for both, until they are taken apart.
//!
//! Nothing that hangs on a customer is moved or rewritten: it goes on to name the customer that it was written for, and whoever reads asks who
//! stands for that one. So what a phone that still knows two sends months later needs no rule of its own, and taking apart loses nothing:
//! what was written for either is at that one again, and what was written since is at the one that stood for both.
//! Only what is the customer's own has to be remembered: what it gave, what it got, and who came to look after it.

mod preview;

pub use preview::*;

use super::{Customer, CustomerEdit};
use crate::{
    id::{CustomerId, MemberId},
    sync::{
        Refusal,
        merge::{Edit, Incoming},
    },
    time::Timestamp,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// The most customers that one stands for, itself among them.
pub const UNITED_MAX: usize = 50;

/// What a customer says that is the same as another.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct United {
    /// The one that stands for both.
    pub into: CustomerId,
    /// Who said that they are the same.
    pub by: MemberId,
    /// When.
    pub at: Timestamp,
    /// How many that one stood for directly before: the last comes apart first.
    pub nth: u32,
    /// Who came to look after that one, because they look after this one.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub joined: BTreeSet<MemberId>,
    /// What that one has from this one.
    #[serde(default, skip_serializing_if = "Edit::is_empty")]
    pub took: CustomerEdit,
    /// What that one held in its place.
    #[serde(default, skip_serializing_if = "Edit::is_empty")]
    pub held: CustomerEdit,
}

impl United {
    /// What `into` held in the place of what it took and has to this day, where it says `now`.
    fn still_had(&self, now: &CustomerEdit) -> CustomerEdit {
        let has = |field: &&<CustomerEdit as Edit>::Field| {
            let took = self.took.only(**field);
            !took.is_empty() && took == now.only(**field)
        };
        CustomerEdit::FIELDS.iter().filter(has).fold(CustomerEdit::default(), |had, field| self.held.only(*field).over(&had))
    }
}

/// Two customers, both changed.
#[derive(Clone, Debug, PartialEq)]
pub struct Two {
    /// The one that is the same as the other, or was.
    pub from: Customer,
    /// The one that stands for both, or did.
    pub into: Customer,
}

/// What `into`, which stands for itself and keeps all that it says, takes over of `from`: what it does not say.
pub fn taken_over(from: &Customer, into: &Customer) -> CustomerEdit {
    let said = |there: &str, here: &str| (here.is_empty() && !there.is_empty()).then(|| there.to_owned());
    CustomerEdit {
        place: said(&from.place, &into.place),
        industry: said(&from.industry, &into.industry),
        size: Some(from.size).filter(|size| into.size.is_unknown() && !size.is_unknown()),
        ..CustomerEdit::default()
    }
}

/// `from` and `into`, each of which stands for itself, said to be the same by a member at a time. `into` stands for so many others directly, and
/// both together for so many as `all`.
///
/// # Errors
/// [`Refusal::Invalid`] where they cannot be.
pub fn unite(from: &Customer, into: &Customer, directly: usize, all: usize, (by, at): (MemberId, Timestamp)) -> Result<Two, Refusal> {
    if from.id == into.id {
        return Err(Refusal::invalid("customer", "choose another customer"));
    }
    if from.united.is_some() {
        return Err(Refusal::invalid("customer", "somebody said meanwhile that it is the same as yet another; take those two apart first"));
    }
    if all > UNITED_MAX {
        return Err(Refusal::invalid("customer", &format!("at most {UNITED_MAX} customers can be the same")));
    }
    let took = taken_over(from, into);
    let mut joined: BTreeSet<MemberId> = from.co_owners.iter().copied().chain([from.owner]).collect();
    joined.retain(|member| !into.is_owned_by(*member));
    let mut stands = into.edited(&took)?;
    stands.co_owners.extend(&joined);
    stands.check()?;
    stands.history.changed_otherwise(&into.fields(), &stands.fields());
    let held = into.fields().seen_by(&took);
    let united = United { into: into.id, by, at, nth: u32::try_from(directly).unwrap_or(u32::MAX), joined, took, held };
    let from = Customer { united: Some(Box::new(united)), version: from.version + 1, ..from.clone() };
    Ok(Two { from, into: stands })
}

/// `from` and `into`, which stands for so many `directly`, as two again. What `into` has from `from` goes back, unless somebody changed it since.
///
/// # Errors
/// [`Refusal::NotFound`] where they are not one, [`Refusal::Invalid`] where one of them is one with more by now.
pub fn take_apart(from: &Customer, into: &Customer, directly: usize) -> Result<Two, Refusal> {
    let united = from.united.as_ref().filter(|united| united.into == into.id).ok_or_else(|| Refusal::not_found("customer"))?;
    if into.united.is_some() || united.nth as usize + 1 < directly {
        return Err(Refusal::invalid("customer", "it became one with more customers since; take the last apart first"));
    }
    let now = into.fields();
    let mut alone = into.edited(&united.still_had(&now))?;
    alone.co_owners.retain(|member| !united.joined.contains(member));
    alone.history.changed_otherwise(&now, &alone.fields());
    Ok(Two { from: Customer { united: None, version: from.version + 1, ..from.clone() }, into: alone })
}

/// An edit of the first of `chain`, each of which the next stands for: it is made in that one, where it stays when they are taken apart, and in
/// those that stand for it, which remember what they held. Only that it is archived is said of the first alone: whoever cleared a duplicate away
/// did not mean the other. Answers those that change, in order.
///
/// # Errors
/// [`Refusal::Invalid`] naming the field.
pub fn edited_as_one<C: AsRef<Customer>>(chain: &[C], incoming: &Incoming<'_, CustomerEdit>) -> Result<Vec<Customer>, Refusal> {
    let (mut edit, mut saw, mut base) = (incoming.edit.clone(), incoming.saw.clone(), incoming.base);
    let mut after: Vec<Customer> = Vec::with_capacity(chain.len());
    for (n, row) in chain.iter().map(AsRef::as_ref).enumerate() {
        if n > 0 {
            // A version tells of the first alone.
            base = row.version;
            edit.archived = None;
            if edit.is_empty() {
                break;
            }
        }
        after.push(row.merged(&Incoming { edit: &edit, base, saw: &saw, by: incoming.by, at: incoming.at })?);
        if saw.is_empty() {
            saw = row.fields().seen_by(&edit);
        }
    }
    for (n, row) in (0..after.len()).zip(chain.iter().map(AsRef::as_ref)).skip(1) {
        let (before, now) = (row.fields(), after[n].fields());
        if let Some(united) = after[n - 1].united.as_deref_mut() {
            // What it still has from the first time gave way to something then; what somebody wrote there since gives way now.
            let held = before.differing(&now);
            let held = united.still_had(&before).seen_by(&held).over(&held);
            united.held = held.over(&united.held);
            united.took = now.differing(&before).over(&united.took);
        }
    }
    Ok(after)
}

#[cfg(test)]
mod tests;
