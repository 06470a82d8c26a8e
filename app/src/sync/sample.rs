//! Mutations and rows for tests, small and distinct.

use super::{
    outbox::Item,
    protocol::{Mutation, Row},
};
use crate::{
    customer::{Contact, Customer, CustomerEdit},
    id::{ContactId, CustomerId, MemberId, MutationId},
    time::Timestamp,
};
use chrono::NaiveDate;
use uuid::Uuid;

pub(crate) const ME: MemberId = MemberId(Uuid::from_u128(0xa));

/// What customer `n` looks like when it is made.
pub(crate) fn a_customer(n: u128) -> Customer {
    Customer {
        id: CustomerId(Uuid::from_u128(n)),
        name: format!("Customer {n}"),
        place: String::new(),
        owner: ME,
        co_owners: [].into(),
        owned_since: NaiveDate::from_ymd_opt(2026, 1, 1).expect("a date"),
        window_days: None,
        archived: false,
        version: 0,
    }
}

pub(crate) fn customer_row(n: u128) -> Row {
    Row::Customer(a_customer(n))
}

pub(crate) fn customer(n: u128) -> Mutation {
    Mutation::CreateCustomer { customer: a_customer(n) }
}

pub(crate) fn edit_customer(n: u128) -> Mutation {
    rename_customer(n, &format!("Renamed {n}"))
}

pub(crate) fn rename_customer(n: u128, name: &str) -> Mutation {
    let edit = CustomerEdit { name: Some(name.to_owned()), ..CustomerEdit::default() };
    Mutation::EditCustomer { id: CustomerId(Uuid::from_u128(n)), base: 0, edit }
}

/// Contact `n` of customer `of`.
pub(crate) fn contact(n: u128, of: u128) -> Mutation {
    let contact = Contact {
        id: ContactId(Uuid::from_u128(n)),
        customer: CustomerId(Uuid::from_u128(of)),
        name: format!("Contact {n}"),
        role: String::new(),
        email: String::new(),
        phone: String::new(),
        archived: false,
        version: 0,
    };
    Mutation::CreateContact { contact }
}

/// The `sequence`th item of a device.
pub(crate) fn item(sequence: u64, mutation: Mutation) -> Item {
    Item::new(MutationId(Uuid::from_u128(0x1000 + u128::from(sequence))), ME, sequence, mutation, Timestamp(0))
}
