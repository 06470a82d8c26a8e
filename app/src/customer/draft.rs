//! What is typed about a customer or a person there, until it is saved.

use super::{Contact, ContactEdit, Customer, CustomerEdit, CustomerSize, Tier, WINDOW_DAYS_MAX};
use crate::{
    form::Problems,
    id::{ContactId, CustomerId, MemberId},
    sync::protocol::Mutation,
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// A customer as typed.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct CustomerDraft {
    /// What it is called.
    pub name: String,
    /// Where it is.
    pub place: String,
    /// What it does.
    pub industry: String,
    /// How many people work there, where that was said.
    pub size: Option<CustomerSize>,
    /// How much attention it wants.
    pub tier: Tier,
    /// Days after which it is due; empty for the rule.
    pub ideal: String,
    /// Days of its window; empty for the rule.
    pub window: String,
    /// The customer as it was when it began to be changed. Others may change it before this is saved, and what they wrote is not to be taken back.
    pub began: Option<Box<Customer>>,
}

impl CustomerDraft {
    /// A customer to be changed.
    pub fn of(customer: &Customer) -> Self {
        let days = |days: Option<u16>| days.map(|days| days.to_string()).unwrap_or_default();
        Self {
            name: customer.name.clone(),
            place: customer.place.clone(),
            industry: customer.industry.clone(),
            size: Some(customer.size).filter(|size| !size.is_unknown()),
            tier: customer.tier,
            ideal: days(customer.ideal_days),
            window: days(customer.window_days),
            began: Some(Box::new(customer.clone())),
        }
    }

    /// The new customer that this is, of `owner` from `today` on.
    ///
    /// # Errors
    /// What is to be mended first.
    pub fn customer(&self, id: CustomerId, owner: MemberId, today: NaiveDate) -> Result<Customer, Problems> {
        let mut problems = Problems::default();
        let (ideal, window) = self.days(&mut problems);
        let customer = Customer {
            place: self.place.trim().to_owned(),
            industry: self.industry.trim().to_owned(),
            size: self.size.unwrap_or_default(),
            tier: self.tier,
            window_days: Some(window).filter(|days| *days > 0),
            ideal_days: Some(ideal).filter(|days| *days > 0),
            ..Customer::new(id, self.name.trim().to_owned(), owner, today)
        };
        problems.check("", customer.check());
        if problems.is_empty() { Ok(customer) } else { Err(problems) }
    }

    /// The mutations that turn `customer`, or what it was when the draft began, into what was typed.
    ///
    /// # Errors
    /// What is to be mended first.
    pub fn edit(&self, customer: &Customer) -> Result<Vec<Mutation>, Problems> {
        let before = self.began.as_deref().filter(|began| began.id == customer.id).unwrap_or(customer);
        let mut problems = Problems::default();
        let (ideal, window) = self.days(&mut problems);
        let size = self.size.unwrap_or_default();
        let edit = CustomerEdit {
            name: changed(&before.name, &self.name),
            place: changed(&before.place, &self.place),
            industry: changed(&before.industry, &self.industry),
            size: (before.size != size).then_some(size),
            tier: (before.tier != self.tier).then_some(self.tier),
            ideal_days: (before.ideal_days.unwrap_or(0) != ideal).then_some(ideal),
            window_days: (before.window_days.unwrap_or(0) != window).then_some(window),
            archived: None,
        };
        problems.check("", before.edited(&edit).map(drop));
        match (problems.is_empty(), edit == CustomerEdit::default()) {
            (false, _) => Err(problems),
            (true, true) => Ok(Vec::new()),
            (true, false) => Ok(vec![Mutation::edit_customer(before, edit)]),
        }
    }

    /// The days until it is due and until its window ends; 0 for the rule's.
    fn days(&self, problems: &mut Problems) -> (u16, u16) {
        let mut days = |field: &str, text: &str| match text.trim() {
            "" => 0,
            digits => digits.parse::<u16>().ok().filter(|days| (1..=WINDOW_DAYS_MAX).contains(days)).unwrap_or_else(|| {
                problems.add(field, format!("Give whole days, 1 to {WINDOW_DAYS_MAX}, or leave it empty."));
                0
            }),
        };
        let (ideal, window) = (days("ideal_days", &self.ideal), days("window_days", &self.window));
        if window > 0 && ideal > window {
            problems.add("ideal_days", format!("Give at most the {window} days of the latest."));
        }
        (ideal, window)
    }
}

/// A person at a customer as typed.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ContactDraft {
    /// What they are called.
    pub name: String,
    /// What they do there.
    pub role: String,
    /// Their telephone number.
    pub phone: String,
    /// Their address.
    pub email: String,
    /// The person as they were when they began to be changed, as [`CustomerDraft::began`].
    pub began: Option<Box<Contact>>,
}

impl ContactDraft {
    /// A person to be changed.
    pub fn of(contact: &Contact) -> Self {
        Self {
            name: contact.name.clone(),
            role: contact.role.clone(),
            phone: contact.phone.clone(),
            email: contact.email.clone(),
            began: Some(Box::new(contact.clone())),
        }
    }

    /// The new person at `customer` that this is.
    ///
    /// # Errors
    /// What is to be mended first.
    pub fn contact(&self, id: ContactId, customer: CustomerId) -> Result<Contact, Problems> {
        let contact = Contact {
            role: self.role.trim().to_owned(),
            email: self.email.trim().to_owned(),
            phone: self.phone.trim().to_owned(),
            ..Contact::new(id, customer, self.name.trim().to_owned())
        };
        let mut problems = Problems::default();
        problems.check("", contact.check());
        if problems.is_empty() { Ok(contact) } else { Err(problems) }
    }

    /// The mutations that turn `contact`, or what it was when the draft began, into what was typed.
    ///
    /// # Errors
    /// What is to be mended first.
    pub fn edit(&self, contact: &Contact) -> Result<Vec<Mutation>, Problems> {
        let before = self.began.as_deref().filter(|began| began.id == contact.id).unwrap_or(contact);
        let edit = ContactEdit {
            name: changed(&before.name, &self.name),
            role: changed(&before.role, &self.role),
            email: changed(&before.email, &self.email),
            phone: changed(&before.phone, &self.phone),
            archived: None,
        };
        let mut problems = Problems::default();
        problems.check("", before.edited(&edit).map(drop));
        match (problems.is_empty(), edit == ContactEdit::default()) {
            (false, _) => Err(problems),
            (true, true) => Ok(Vec::new()),
            (true, false) => Ok(vec![Mutation::edit_contact(before, edit)]),
        }
    }
}

fn changed(before: &str, after: &str) -> Option<String> {
    (before != after.trim()).then(|| after.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sync::sample::{ME, a_contact, a_customer, on};
    use uuid::Uuid;

    #[test]
    fn a_draft_that_is_not_touched_changes_nothing() {
        let customer = Customer { size: CustomerSize::Unknown, ideal_days: Some(30), window_days: Some(60), ..a_customer(1) };
        assert_eq!(CustomerDraft::of(&customer).edit(&customer), Ok(Vec::new()));
        let contact = a_contact(1, 1);
        assert_eq!(ContactDraft::of(&contact).edit(&contact), Ok(Vec::new()));
    }

    #[test]
    fn what_others_changed_since_the_draft_began_is_not_taken_back() {
        let before = a_customer(1);
        let typed = CustomerDraft { place: " Leiden ".into(), ..CustomerDraft::of(&before) };
        let since = Customer { name: "Renamed".into(), industry: "Retail".into(), version: 4, ..before.clone() };
        let place = CustomerEdit { place: Some("Leiden".into()), ..CustomerEdit::default() };
        assert_eq!(typed.edit(&since), Ok(vec![Mutation::edit_customer(&before, place)]));

        let before = a_contact(1, 1);
        let typed = ContactDraft { role: "Buyer".into(), ..ContactDraft::of(&before) };
        let since = Contact { phone: "12 34".into(), version: 2, ..before.clone() };
        let role = ContactEdit { role: Some("Buyer".into()), ..ContactEdit::default() };
        assert_eq!(typed.edit(&since), Ok(vec![Mutation::edit_contact(&before, role)]));
    }

    #[test]
    fn a_draft_of_somebody_else_is_compared_with_whom_it_is_for() {
        let typed = CustomerDraft::of(&a_customer(1));
        let other = Customer { name: "Another".into(), ..a_customer(2) };
        let name = CustomerEdit { name: Some(typed.name.clone()), ..CustomerEdit::default() };
        assert_eq!(typed.edit(&other), Ok(vec![Mutation::edit_customer(&other, name)]));
    }

    #[test]
    fn days_that_cannot_be_kept_are_told_beside_their_fields() {
        let customer = a_customer(1);
        let typed = |ideal: &str, window: &str| {
            let draft = CustomerDraft { ideal: ideal.into(), window: window.into(), ..CustomerDraft::of(&customer) };
            draft.edit(&customer).expect_err("not kept")
        };
        assert!(typed("soon", "").about("ideal_days").is_some());
        assert!(typed("", "0").about("window_days").is_some());
        assert!(typed("40", "30").about("ideal_days").is_some_and(|words| words.contains("30")));
    }

    #[test]
    fn a_new_customer_and_a_new_person_need_a_name() {
        let (id, day) = (CustomerId(Uuid::from_u128(7)), on("2026-05-05"));
        assert!(CustomerDraft::default().customer(id, ME, day).expect_err("no name").about("name").is_some());
        let named = CustomerDraft { name: " Bakery ".into(), ..CustomerDraft::default() };
        let customer = named.customer(id, ME, day).expect("a name");
        assert_eq!((customer.name.as_str(), customer.owner, customer.owned_since, customer.window_days), ("Bakery", ME, day, None));

        let person = ContactId(Uuid::from_u128(8));
        assert!(ContactDraft::default().contact(person, id).expect_err("no name").about("name").is_some());
        let named = ContactDraft { name: "Carla".into(), email: " c@x ".into(), ..ContactDraft::default() };
        assert_eq!(named.contact(person, id).expect("a name").email, "c@x");
    }
}
