//! Whom an event of a calendar is probably with. A suggestion, never more: whoever takes the event over sees it and can correct it.

use super::Event;
use crate::{
    customer::{Contact, Customer},
    id::{ContactId, CustomerId},
    text,
};
use std::collections::{BTreeMap, HashMap};

/// Letters of a name below which it is found in too many titles.
const NAME_MIN: usize = 3;

/// A customer that an event is probably with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Guess {
    /// Who.
    pub customer: CustomerId,
    /// Those of the customer who take part.
    pub contacts: Vec<ContactId>,
    /// Why.
    pub because: Because,
}

/// Why an event is probably with a customer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Because {
    /// Somebody of the customer takes part.
    Person,
    /// Its title names the customer.
    Title,
    /// Its place names the customer.
    Place,
}

/// Customers and their people, kept ready to be looked for in many events.
pub struct Known<'a> {
    by_email: HashMap<String, &'a Contact>,
    /// Names as they are looked for, the longest first: 'Bakker Utrecht' before 'Bakker'.
    names: Vec<(String, CustomerId)>,
}

impl<'a> Known<'a> {
    /// Those who are not archived.
    pub fn of(customers: impl IntoIterator<Item = &'a Customer>, contacts: impl IntoIterator<Item = &'a Contact>) -> Self {
        let customers: Vec<&Customer> = customers.into_iter().filter(|customer| !customer.archived).collect();
        let there: std::collections::HashSet<CustomerId> = customers.iter().map(|customer| customer.id).collect();
        let reached = |it: &&Contact| !it.archived && there.contains(&it.customer) && !it.email.trim().is_empty();
        let by_email = contacts.into_iter().filter(reached).map(|it| (it.email.trim().to_lowercase(), it)).collect();
        let name = |customer: &&Customer| (text::readied(&customer.name), customer.id);
        let mut names: Vec<_> = customers.iter().map(name).filter(|(name, _)| name.chars().count() > NAME_MIN).collect();
        names.sort_by(|a, b| (b.0.len(), &a.0, a.1).cmp(&(a.0.len(), &b.0, b.1)));
        Self { by_email, names }
    }

    /// Whom `event` is probably with: whose people take part, most of them; else whose name it says.
    pub fn guess(&self, event: &Event) -> Option<Guess> {
        let mut people: BTreeMap<CustomerId, Vec<ContactId>> = BTreeMap::new();
        for contact in event.people.iter().filter_map(|email| self.by_email.get(email)) {
            let contacts = people.entry(contact.customer).or_default();
            if !contacts.contains(&contact.id) {
                contacts.push(contact.id);
            }
        }
        // Of as many people the customer that was there first.
        let most = people.into_iter().rev().max_by_key(|(_, contacts)| contacts.len());
        if let Some((customer, contacts)) = most {
            return Some(Guess { customer, contacts, because: Because::Person });
        }
        let named = |text: &str, because| {
            // A space at either end, so that whole words are found.
            let text = text::readied(text) + " ";
            let (_, customer) = self.names.iter().find(|(name, _)| text.contains(&format!("{name} ")))?;
            Some(Guess { customer: *customer, contacts: Vec::new(), because })
        };
        named(&event.title, Because::Title).or_else(|| named(&event.place, Because::Place))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        calendar::EventKey,
        sync::sample::{a_contact, a_customer},
        time::Timestamp,
    };
    use uuid::Uuid;

    fn event(title: &str, place: &str, people: &[&str]) -> Event {
        Event {
            key: EventKey::of("1", None),
            title: title.to_owned(),
            place: place.to_owned(),
            people: people.iter().map(|it| (*it).to_owned()).collect(),
            starts_at: Timestamp(0),
            offset_minutes: 0,
            length_minutes: 60,
            cancelled: false,
        }
    }

    #[test]
    fn an_event_is_with_those_who_take_part_or_whom_it_names() {
        let named = |n, name: &str| Customer { name: name.to_owned(), ..a_customer(n) };
        let with = |n, of, email: &str| Contact { email: email.to_owned(), ..a_contact(n, of) };
        let customers = [
            named(1, "Bakker"),
            named(2, "Bakker Utrecht"),
            named(3, "Müller & Söhne"),
            named(4, "AB"),
            Customer { archived: true, ..named(5, "Gone") },
        ];
        let contacts = [
            with(11, 1, "Cora@bakker.example "),
            with(12, 3, "anna@mueller.example"),
            with(13, 3, "bernd@mueller.example"),
            Contact { archived: true, ..with(14, 2, "old@bakker.example") },
            with(15, 5, "ghost@gone.example"),
        ];
        let known = Known::of(&customers, &contacts);
        let cora = "cora@bakker.example";
        for (event, expected) in [
            (event("Coffee", "", &[cora]), Some((1, Because::Person))),
            (event("Müller", "", &[cora, "anna@mueller.example", "bernd@mueller.example"]), Some((3, Because::Person))),
            (event("Bakker Utrecht", "", &[cora]), Some((1, Because::Person))),
            (event("Visit BAKKER, Utrecht!", "", &[]), Some((2, Because::Title))),
            (event("Bakkerij", "", &[]), None),
            (event("muller sohne: pumps", "", &[]), Some((3, Because::Title))),
            (event("Review", "Bakker, Kade 1", &["nobody@x.example"]), Some((1, Because::Place))),
            (event("AB testing", "", &[]), None),
            (event("Gone", "", &["ghost@gone.example", "old@bakker.example"]), None),
            (event("", "", &[]), None),
        ] {
            let guess = known.guess(&event).map(|guess| (guess.customer, guess.because));
            assert_eq!(guess, expected.map(|(n, because)| (CustomerId(Uuid::from_u128(n)), because)), "{event:?}");
        }
    }
}
