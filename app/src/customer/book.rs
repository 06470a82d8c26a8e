//! The customers as lists show them.

use super::{Customer, Standing, Windows, next_visits};
use crate::{
    sync::Replica,
    text::{Search, alphabetical, readied},
};
use chrono::NaiveDate;
use std::{cmp::Reverse, sync::Arc};

/// A customer in a list.
#[derive(Clone, Debug, PartialEq)]
pub struct CustomerSummary {
    /// The customer.
    pub customer: Arc<Customer>,
    /// Where it stands against its window.
    pub standing: Standing,
    /// The next visit, if one is planned.
    pub next: Option<NaiveDate>,
}

/// Every customer that is not archived, those in contact most recently first, and what each is found by: worked out once for all lists.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CustomerBook(Vec<Entry>);

#[derive(Clone, Debug, PartialEq)]
struct Entry {
    summary: CustomerSummary,
    /// Its name, its place and the people there, as [`readied`] leaves them.
    words: String,
}

impl CustomerBook {
    /// What `replica` holds, as it stands on `today`.
    pub fn of(replica: &Replica, today: NaiveDate) -> Self {
        let (windows, next) = (Windows::on(replica, today), next_visits(replica, today));
        let entry = |customer: &Arc<Customer>| Entry {
            words: words(replica, customer),
            summary: CustomerSummary {
                customer: customer.clone(),
                standing: windows.standing(customer),
                next: next.get(&customer.id).copied(),
            },
        };
        let mut entries: Vec<Entry> = replica.customers.values().filter(|customer| !customer.archived).map(entry).collect();
        entries.sort_by_cached_key(|Entry { summary, .. }| (Reverse(summary.standing.last_contact), alphabetical(&summary.customer.name)));
        Self(entries)
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// All of them.
    pub fn all(&self) -> impl Iterator<Item = &CustomerSummary> {
        self.0.iter().map(|entry| &entry.summary)
    }

    /// Those that `words` may mean: each word begins a word of the name or the place, or of the name of somebody there. No words mean all.
    pub fn found(&self, words: &str) -> impl Iterator<Item = &CustomerSummary> {
        let search = Search::of(words);
        self.0.iter().filter(move |entry| search.finds_in(&entry.words)).map(|entry| &entry.summary)
    }
}

fn words(replica: &Replica, customer: &Customer) -> String {
    let people = replica.contacts.at(customer.id).iter().filter(|contact| !contact.archived).map(|contact| contact.name.as_str());
    [customer.name.as_str(), &customer.place].into_iter().chain(people).map(readied).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        customer::Contact,
        meeting::MeetingStatus,
        sync::{
            protocol::Row,
            sample::{a_contact, a_customer, a_meeting, a_touch, noon, on},
        },
    };

    fn replica() -> Replica {
        let mut replica = Replica::default();
        for (id, name) in [(1, "Van Dam"), (2, "Acme"), (3, "Brouwer"), (4, "Aarts")] {
            replica.put(Row::Customer(Customer { name: name.into(), ..a_customer(id) }));
        }
        replica.put(Row::Meeting(a_meeting(11, 1, MeetingStatus::Held, noon("2026-05-01"))));
        replica.put(Row::Meeting(a_meeting(12, 1, MeetingStatus::Planned, noon("2026-05-20"))));
        replica.put(Row::Touch(a_touch(14, 2, noon("2026-05-04"))));
        replica
    }

    fn names<'b>(summaries: impl Iterator<Item = &'b CustomerSummary>) -> String {
        summaries.map(|summary| summary.customer.name.as_str()).collect::<Vec<_>>().join(", ")
    }

    #[test]
    fn whoever_was_in_contact_last_comes_first_and_a_touch_counts() {
        let book = CustomerBook::of(&replica(), on("2026-05-05"));
        assert_eq!(names(book.all()), "Acme, Van Dam, Aarts, Brouwer");
        assert_eq!(book.all().filter_map(|it| it.next).collect::<Vec<_>>(), [on("2026-05-20")]);
    }

    #[test]
    fn a_customer_is_found_by_the_beginnings_of_its_words_and_by_its_people() {
        let mut replica = replica();
        replica.put(Row::Contact(Contact { name: "Ana Souza".into(), ..a_contact(9, 3) }));
        replica.put(Row::Contact(Contact { name: "Ana Prins".into(), archived: true, ..a_contact(10, 4) }));
        let book = CustomerBook::of(&replica, on("2026-05-05"));
        let found = |words| names(book.found(words));
        assert_eq!(
            (found("dam v").as_str(), found("SOU").as_str(), found("am").as_str(), found("pri").as_str()),
            ("Van Dam", "Brouwer", "", "")
        );
        assert_eq!(found(" "), names(book.all()));
    }

    #[test]
    fn what_is_archived_is_not_in_it_until_it_is_taken_back() {
        let mut replica = replica();
        let acme = Customer { name: "Acme".into(), ..a_customer(2) };
        replica.put(Row::Customer(Customer { archived: true, ..acme.clone() }));
        assert_eq!(names(CustomerBook::of(&replica, on("2026-05-05")).all()), "Van Dam, Aarts, Brouwer");
        replica.put(Row::Customer(acme));
        assert_eq!(names(CustomerBook::of(&replica, on("2026-05-05")).all()), "Acme, Van Dam, Aarts, Brouwer");
    }
}
