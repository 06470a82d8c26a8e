//! Customers that are the same, shown as one.

use super::Replica;
use crate::{
    customer::{Customer, Two, UNITED_MAX, take_apart, unite},
    id::{CustomerId, MemberId},
    sync::protocol::Row,
    time::Timestamp,
};
use std::{collections::BTreeMap, sync::Arc};

impl Replica {
    /// The customer that stands for the one of that id: itself, unless it is one with another that the phone holds.
    pub fn standing_for(&self, id: CustomerId) -> CustomerId {
        self.chain(id).last().map_or(id, |last| last.id)
    }

    /// The customer of that id, the one that stands for it, the one that stands for that, and so on.
    pub fn chain(&self, id: CustomerId) -> Vec<Arc<Customer>> {
        let find = |id: CustomerId| self.customers.get(&id).or_else(|| self.united.get(&id));
        let mut chain: Vec<Arc<Customer>> = find(id).cloned().into_iter().collect();
        while let Some(next) = chain.last().and_then(|last| find(last.united.as_ref()?.into)) {
            // Between two pages of a pull, two may say each of the other that it stands for both.
            if chain.len() > UNITED_MAX || chain.iter().any(|it| it.id == next.id) {
                return chain.drain(..1).collect();
            }
            chain.push(next.clone());
        }
        chain
    }

    /// Those for whom the customer of that id stands directly, in the order in which they became one with it.
    pub fn one_with(&self, id: CustomerId) -> Vec<Arc<Customer>> {
        let all = self.customers.values().chain(self.united.values());
        let nth = |it: &Customer| it.united.as_ref().filter(|united| united.into == id).map(|united| united.nth);
        let mut one: Vec<_> = all.filter(|it| nth(it).is_some()).cloned().collect();
        one.sort_by_key(|it| nth(it));
        one
    }

    /// How many customers are one with that of that id, itself among them.
    fn all_one_with(&self, id: CustomerId) -> usize {
        self.customers.keys().chain(self.united.keys()).filter(|other| self.standing_for(**other) == id).count()
    }

    /// Says that the two are the same, as the server will.
    pub(super) fn unite(&mut self, id: CustomerId, into: CustomerId, by: (MemberId, Timestamp)) {
        let into = self.standing_for(into);
        let (Some(from), Some(stands)) = (self.customers.get(&id), self.customers.get(&into)) else { return };
        if self.standing_for(id) == into {
            return;
        }
        let all = self.all_one_with(id) + self.all_one_with(into);
        let two = unite(from, stands, self.one_with(into).len(), all, by);
        self.take_two(two.ok());
    }

    /// Says that the two are two, as the server will.
    pub(super) fn take_apart(&mut self, id: CustomerId, into: CustomerId) {
        let (Some(from), Some(stands)) = (self.customers.get(&id), self.customers.get(&into)) else { return };
        let two = take_apart(from, stands, self.one_with(into).len());
        self.take_two(two.ok());
    }

    fn take_two(&mut self, two: Option<Two>) {
        for customer in two.into_iter().flat_map(|Two { from, into }| [from, into]) {
            self.put(Row::Customer(customer));
        }
    }

    /// The same with customers that are one shown as one: everything that was written for either is shown at the one that stands for both.
    #[must_use]
    pub fn as_one(mut self) -> Self {
        let united = self.customers.values().filter(|it| it.united.is_some()).map(|it| (it.id, self.standing_for(it.id)));
        let one: BTreeMap<CustomerId, CustomerId> = united.filter(|(id, stands)| id != stands).collect();
        if one.is_empty() {
            return self;
        }
        for id in one.keys() {
            self.united.extend(self.customers.remove_entry(id));
        }
        macro_rules! show_there {
            ($($rows:ident),*) => {$(
                for row in self.$rows.values_mut() {
                    if let Some(stands) = one.get(&row.customer) {
                        Arc::make_mut(row).customer = *stands;
                    }
                }
            )*};
        }
        show_there!(contacts, insights, meetings, touches, promises, inside_asks, recovery_cases, invitations, ratings, photos);
        for action in self.actions.values_mut() {
            if let Some(stands) = action.customer.and_then(|customer| one.get(&customer)) {
                Arc::make_mut(action).customer = Some(*stands);
            }
        }
        if let Some(earlier) = &mut self.earlier {
            Arc::make_mut(earlier).show_there(&one);
        }
        self
    }
}
