//! Rows of one kind, shared by all copies of a replica until one of them changes.

use crate::{
    customer::{Contact, Insight},
    id::CustomerId,
    meeting::{Meeting, MeetingStatus, Touch},
    photo::Photo,
    promise::{InsideAsk, Promise, PromiseState},
    recovery::RecoveryCase,
    survey::{Invitation, Rating},
};
use std::{
    collections::{BTreeMap, HashMap},
    fmt,
    ops::{Deref, DerefMut},
    sync::{Arc, OnceLock},
};

/// Rows of one kind by id; ids are made in the order of time. Reads like the map that it holds.
///
/// A copy costs nothing until either is changed, and then pointers, not texts: a phone holds years of meetings, and what is saved
/// copies its replica.
pub struct Rows<Id, T>(Arc<Kept<Id, T>>);

struct Kept<Id, T> {
    by_id: BTreeMap<Id, Arc<T>>,
    /// The same by customer, from when somebody asks until the next change.
    by_customer: OnceLock<HashMap<CustomerId, Vec<Arc<T>>>>,
    /// Those that something is still to become of, likewise.
    pending: OnceLock<Vec<Arc<T>>>,
}

/// A row that was written for a customer.
pub trait AtCustomer {
    /// Which.
    fn customer(&self) -> CustomerId;
}

/// A row of which something is still to become.
pub trait Pending {
    /// Whether it is.
    fn is_pending(&self) -> bool;
}

impl Pending for Meeting {
    fn is_pending(&self) -> bool {
        self.status == MeetingStatus::Planned
    }
}

impl Pending for Promise {
    fn is_pending(&self) -> bool {
        self.state == PromiseState::Open
    }
}

macro_rules! at_customer {
    ($($row:ty),*) => {$(
        impl AtCustomer for $row {
            fn customer(&self) -> CustomerId {
                self.customer
            }
        }
    )*};
}

at_customer!(Contact, Insight, InsideAsk, Invitation, Meeting, Photo, Promise, Rating, RecoveryCase, Touch);

impl<Id, T: AtCustomer> Rows<Id, T> {
    /// Those of `customer`, in the order of their ids.
    pub fn at(&self, customer: CustomerId) -> &[Arc<T>] {
        self.by_customer().get(&customer).map_or(&[], Vec::as_slice)
    }

    /// All of them, in the order of their ids, per customer that has any.
    pub fn by_customer(&self) -> &HashMap<CustomerId, Vec<Arc<T>>> {
        self.0.by_customer.get_or_init(|| {
            let mut all: HashMap<CustomerId, Vec<Arc<T>>> = HashMap::new();
            for row in self.values() {
                all.entry(row.customer()).or_default().push(row.clone());
            }
            all
        })
    }
}

impl<Id, T: Pending> Rows<Id, T> {
    /// Those of which something is still to become, in the order of their ids: few among many.
    pub fn pending(&self) -> &[Arc<T>] {
        self.0.pending.get_or_init(|| self.values().filter(|row| row.is_pending()).cloned().collect())
    }
}

impl<Id, T> Rows<Id, T> {
    /// Whether both are copies of the same, and so hold the same.
    pub fn is_shared_with(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl<Id, T> Deref for Rows<Id, T> {
    type Target = BTreeMap<Id, Arc<T>>;

    fn deref(&self) -> &Self::Target {
        &self.0.by_id
    }
}

impl<Id: Clone, T> DerefMut for Rows<Id, T> {
    fn deref_mut(&mut self) -> &mut Self::Target {
        let kept = Arc::make_mut(&mut self.0);
        kept.by_customer.take();
        kept.pending.take();
        &mut kept.by_id
    }
}

impl<Id: Clone, T> Clone for Kept<Id, T> {
    fn clone(&self) -> Self {
        Self { by_id: self.by_id.clone(), by_customer: OnceLock::new(), pending: OnceLock::new() }
    }
}

impl<Id, T> Clone for Rows<Id, T> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<Id, T> Default for Rows<Id, T> {
    fn default() -> Self {
        Self::from(BTreeMap::new())
    }
}

impl<Id, T> From<BTreeMap<Id, Arc<T>>> for Rows<Id, T> {
    fn from(by_id: BTreeMap<Id, Arc<T>>) -> Self {
        Self(Arc::new(Kept { by_id, by_customer: OnceLock::new(), pending: OnceLock::new() }))
    }
}

impl<Id: Ord, T> FromIterator<(Id, Arc<T>)> for Rows<Id, T> {
    fn from_iter<I: IntoIterator<Item = (Id, Arc<T>)>>(rows: I) -> Self {
        Self::from(rows.into_iter().collect::<BTreeMap<_, _>>())
    }
}

impl<'a, Id, T> IntoIterator for &'a Rows<Id, T> {
    type Item = (&'a Id, &'a Arc<T>);
    type IntoIter = std::collections::btree_map::Iter<'a, Id, Arc<T>>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<Id: PartialEq, T: PartialEq> PartialEq for Rows<Id, T> {
    fn eq(&self, other: &Self) -> bool {
        self.is_shared_with(other) || self.0.by_id == other.0.by_id
    }
}

impl<Id: fmt::Debug, T: fmt::Debug> fmt::Debug for Rows<Id, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.by_id.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        id::TouchId,
        sync::sample::{a_touch, noon},
    };
    use uuid::Uuid;

    fn touch(id: u128, customer: u128) -> (TouchId, Arc<Touch>) {
        let touch = a_touch(id, customer, noon("2026-06-01"));
        (touch.id, Arc::new(touch))
    }

    fn at(rows: &Rows<TouchId, Touch>, customer: u128) -> Vec<u128> {
        rows.at(CustomerId(Uuid::from_u128(customer))).iter().map(|it| it.id.0.as_u128()).collect()
    }

    #[test]
    fn rows_are_found_by_their_customer_whatever_changes() {
        let mut rows: Rows<_, _> = [touch(3, 1), touch(1, 1), touch(2, 2)].into_iter().collect();
        assert_eq!((at(&rows, 1), at(&rows, 2), at(&rows, 9)), (vec![1, 3], vec![2], vec![]));
        let before = rows.clone();
        rows.extend([touch(2, 1)]);
        rows.remove(&TouchId(Uuid::from_u128(1)));
        assert_eq!((at(&rows, 1), at(&rows, 2)), (vec![2, 3], vec![]));
        assert_eq!((at(&before, 1), at(&before, 2)), (vec![1, 3], vec![2]), "a copy stays what it was");
        assert_ne!(rows, before);
        assert!(rows.is_shared_with(&rows.clone()) && !rows.is_shared_with(&before));
    }
}
