//! What administrators change of several customers at once: who looks after them, and how often they want to be met.

use super::{Customer, Tier, WINDOW_DAYS_MAX};
use crate::{id::MemberId, sync::Refusal};
use chrono::{NaiveDate, TimeDelta};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// The most customers that are assigned at once.
pub const ASSIGN_MAX: usize = 500;
/// The most days that a change of owner is dated back.
const DATED_BACK_DAYS_MAX: i64 = 365;

/// A change of several customers; what is left out stays as it is.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Assignment {
    /// Who looks after them from now on. Ratings stay with who met.
    pub owner: Option<MemberId>,
    /// Since when; today, where it is left out. The new owner starts a full window.
    pub since: Option<NaiveDate>,
    /// Who looks after them, too.
    pub with: BTreeSet<MemberId>,
    /// Who does no longer.
    pub without: BTreeSet<MemberId>,
    /// How often they want to be met, among the organisation's tiers. Since wire 5.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tier: Option<Tier>,
    /// Days without contact after which they count as neglected; 0 returns to the organisation's rule.
    pub window_days: Option<u16>,
}

impl Assignment {
    /// Whether it can be made on `today`. Whether its members can look after customers only the server knows.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] naming the field.
    pub fn check(&self, today: NaiveDate) -> Result<(), Refusal> {
        if self.window_days.is_some_and(|days| days > WINDOW_DAYS_MAX) {
            return Err(Refusal::invalid("window_days", &format!("1 to {WINDOW_DAYS_MAX} days")));
        }
        if self.since.is_some_and(|since| since > today || today - since > TimeDelta::days(DATED_BACK_DAYS_MAX)) {
            return Err(Refusal::invalid("since", "today, or a day of the last year"));
        }
        if *self == (Self { since: self.since, ..Self::default() }) {
            return Err(Refusal::invalid("owner", "choose what to change"));
        }
        Ok(())
    }

    /// `customer` with the change made on `today`; nothing where there is none to make.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] naming the field.
    pub fn of(&self, customer: &Customer, today: NaiveDate) -> Result<Option<Customer>, Refusal> {
        let mut changed = customer.clone();
        if let Some(owner) = self.owner
            && owner != customer.owner
        {
            changed.owner = owner;
            changed.owned_since = self.since.unwrap_or(today);
        }
        changed.co_owners.extend(&self.with);
        changed.co_owners.retain(|member| !self.without.contains(member) && *member != changed.owner);
        changed.tier = self.tier.unwrap_or(changed.tier);
        if let Some(days) = self.window_days {
            changed.window_days = (days > 0).then_some(days);
        }
        if changed == *customer {
            return Ok(None);
        }
        changed.version += 1;
        changed.history.changed_otherwise(&customer.fields(), &changed.fields());
        changed.check()?;
        Ok(Some(changed))
    }
}

/// Which customers an administrator looks for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CustomerSearch {
    /// Those whom this member owns.
    pub owner: Option<MemberId>,
    /// Those in whose name or place these letters are.
    pub words: String,
}

/// What was found, by name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CustomersFound {
    /// The first [`ASSIGN_MAX`].
    pub customers: Vec<Customer>,
    /// How many there are in all.
    pub total: usize,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::CustomerId;
    use uuid::Uuid;

    fn member(number: u128) -> MemberId {
        MemberId(Uuid::from_u128(number))
    }

    fn date(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    fn customer() -> Customer {
        Customer {
            id: CustomerId(Uuid::nil()),
            name: "Acme".into(),
            place: String::new(),
            industry: String::new(),
            size: Default::default(),
            owner: member(1),
            co_owners: BTreeSet::from([member(2)]),
            owned_since: date("2026-01-01"),
            tier: Default::default(),
            window_days: Some(30),
            ideal_days: None,
            archived: false,
            united: None,
            version: 3,
            history: Default::default(),
        }
    }

    #[test]
    fn a_new_owner_starts_a_full_window_and_is_no_co_owner() {
        let to = |owner, since: Option<&str>| Assignment { owner: Some(member(owner)), since: since.map(date), ..Assignment::default() };
        let today = date("2026-06-01");
        let after = to(2, None).of(&customer(), today).expect("valid").expect("a change");
        assert_eq!((after.owner, after.owned_since, after.co_owners.len(), after.version), (member(2), today, 0, 4));
        let dated = to(2, Some("2026-05-01")).of(&customer(), today).expect("valid").expect("a change");
        assert_eq!(dated.owned_since, date("2026-05-01"));
        assert_eq!(to(1, None).of(&customer(), today), Ok(None), "the owner already");
    }

    #[test]
    fn what_is_left_out_stays() {
        let today = date("2026-06-01");
        let shared = Assignment { with: BTreeSet::from([member(3)]), ..Assignment::default() };
        let after = shared.of(&customer(), today).expect("valid").expect("a change");
        assert_eq!((after.owned_since, after.window_days, after.co_owners.len()), (date("2026-01-01"), Some(30), 2));
        let by_the_rule = Assignment { window_days: Some(0), ..Assignment::default() };
        let key = Assignment { tier: Some(Tier::Key), ..Assignment::default() };
        let after = key.of(&customer(), today).expect("valid").expect("a change");
        assert_eq!((after.tier, after.window_days), (Tier::Key, Some(30)));
        assert_eq!(by_the_rule.of(&customer(), today).expect("valid").expect("a change").window_days, None);
    }

    #[test]
    fn a_change_is_some_change_and_never_dated_ahead() {
        let today = date("2026-06-01");
        let to = |since: &str| Assignment { owner: Some(member(2)), since: Some(date(since)), ..Assignment::default() };
        for (assignment, made) in [
            (to("2026-06-01"), true),
            (to("2025-06-01"), true),
            (to("2026-06-02"), false),
            (to("2025-05-01"), false),
            (Assignment { window_days: Some(731), ..Assignment::default() }, false),
            (Assignment { since: Some(today), ..Assignment::default() }, false),
            (Assignment::default(), false),
        ] {
            assert_eq!(assignment.check(today).is_ok(), made, "{assignment:?}");
        }
    }
}
