//! Who answers, and which of somebody's answers counts.

use app::{
    id::{ContactId, CustomerId, RatingId},
    time::Timestamp,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Whose view an answer is: the person's, or the customer's where the meeting was logged without one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rater {
    /// A person.
    Contact(ContactId),
    /// Somebody there.
    Customer(CustomerId),
}

impl Rater {
    /// Who answered for `customer`.
    pub fn of(contact: Option<ContactId>, customer: CustomerId) -> Self {
        contact.map_or(Self::Customer(customer), Self::Contact)
    }
}

/// Whether the rep may learn who gave a rating.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Name {
    /// The rep sees the rating by itself.
    Shown,
    /// The rating goes to the manager only, and always did.
    Hidden,
}

/// The latest answer by what it is about: the later of two counts, whatever the order in which they are read.
pub fn latest<K: Ord, T>(answers: impl IntoIterator<Item = (K, Timestamp, RatingId, T)>) -> BTreeMap<K, T> {
    let mut latest: BTreeMap<K, (Timestamp, RatingId, T)> = BTreeMap::new();
    for (about, at, rating, answer) in answers {
        if latest.get(&about).is_none_or(|kept| (kept.0, kept.1) < (at, rating)) {
            latest.insert(about, (at, rating, answer));
        }
    }
    latest.into_iter().map(|(about, (_, _, answer))| (about, answer)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn the_later_answer_counts_in_whatever_order_they_come() {
        let rating = |n| RatingId(Uuid::from_u128(n));
        let answers = [("a", 5, 1, "old"), ("a", 9, 2, "new"), ("a", 9, 3, "same moment, later id"), ("b", 1, 4, "only")];
        let mut answers: Vec<_> = answers.into_iter().map(|(about, at, id, answer)| (about, Timestamp(at), rating(id), answer)).collect();
        let expected = BTreeMap::from([("a", "same moment, later id"), ("b", "only")]);
        assert_eq!(latest(answers.clone()), expected);
        answers.reverse();
        assert_eq!(latest(answers), expected);
    }
}
