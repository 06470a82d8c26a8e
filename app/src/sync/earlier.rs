//! What a full phone knows at its start of the meetings and touches that it reads only afterwards: years of them take seconds to read, and what
//! there is to do today hardly depends on them. It depends on when each customer was last met, and that is summed up.

use super::{
    Replica,
    protocol::{Change, Entity},
};
use crate::{
    customer::{LastContact, last_contacts},
    id::{CustomerId, MeetingId, TouchId},
    meeting::{Meeting, MeetingStatus},
    time::Timestamp,
};
use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, sync::Arc};
use uuid::Uuid;

/// Fewer meetings and touches than this are read at once.
pub const MANY: usize = 4_000;
/// So many days of them are read at the start.
const RECENT_DAYS: i64 = 60;
/// After so many days what is read at the start has become too much.
const SUMMED_UP_DAYS: f64 = 120.0;

/// The kinds of rows of which there are ever more.
pub const KINDS: [Entity; 2] = [Entity::Meeting, Entity::Touch];

/// Meetings and touches that were saved before a moment, summed up.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Earlier {
    /// Ids are made in the order of time; those before this one are summed up.
    pub before: Uuid,
    /// The last contact in them, per customer.
    pub last: BTreeMap<CustomerId, LastContact>,
    /// Those that are still to come.
    pub planned: Vec<Meeting>,
}

impl Earlier {
    /// What `rows` hold from before the last days.
    pub fn of(rows: &Replica, now: Timestamp) -> Self {
        let before = Uuid::from_u128(u128::from(now.plus_days(-RECENT_DAYS).0.max(0).cast_unsigned()) << 80);
        let earlier = Replica {
            meetings: rows.meetings.range(..MeetingId(before)).map(|(id, it)| (*id, it.clone())).collect(),
            touches: rows.touches.range(..TouchId(before)).map(|(id, it)| (*id, it.clone())).collect(),
            ..Replica::default()
        };
        let is_ahead = |it: &&Arc<Meeting>| it.status == MeetingStatus::Planned && it.starts_at >= now.plus_days(-1);
        let planned = earlier.meetings.values().filter(is_ahead).map(|it| Meeting::clone(it)).collect();
        // Somewhere it is tomorrow already.
        Self { before, last: last_contacts(&earlier, now.plus_days(1).date_at(0)), planned }
    }

    /// Shows what is known of each customer of `one` at the one that stands for it.
    pub fn show_there(&mut self, one: &BTreeMap<CustomerId, CustomerId>) {
        for (customer, stands) in one {
            if let Some(contact) = self.last.remove(customer) {
                self.last.entry(*stands).and_modify(|last| *last = last.later(contact)).or_insert(contact);
            }
        }
    }

    /// Whether `change` is of what is summed up, so that the sum may be another after it.
    pub fn covers(&self, change: &Change) -> bool {
        KINDS.contains(&change.entity) && change.id.parse().is_ok_and(|id: Uuid| id < self.before)
    }

    /// Whether it is from so long ago that too much is read at the start.
    pub fn is_old(&self, now: Timestamp) -> bool {
        let before = Timestamp(i64::try_from(self.before.as_u128() >> 80).unwrap_or_default());
        now.days_since(before) > SUMMED_UP_DAYS
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sync::{
        protocol::Row,
        sample::{a_meeting, a_touch, noon, on},
    };

    fn made(at: &str, number: u128) -> u128 {
        (noon(at).0 as u128) << 80 | number
    }

    #[test]
    fn what_is_read_with_the_sum_of_the_rest_tells_the_same_of_every_customer() {
        let mut all = Replica::default();
        let held = |made_on: &str, number, customer, date: &str| {
            Row::Meeting(a_meeting(made(made_on, number), customer, MeetingStatus::Held, noon(date)))
        };
        all.put(held("2026-01-05", 1, 1, "2026-01-05"));
        all.put(held("2026-01-06", 2, 2, "2026-01-06"));
        all.put(held("2026-06-01", 3, 2, "2026-06-01"));
        // Planned long ago and held lately, logged lately although long ago, and still to come.
        all.put(held("2026-01-07", 4, 3, "2026-06-02"));
        all.put(held("2026-06-02", 5, 1, "2026-01-04"));
        all.put(Row::Meeting(a_meeting(made("2026-01-08", 6), 4, MeetingStatus::Planned, noon("2026-06-20"))));
        all.put(Row::Meeting(a_meeting(made("2026-01-08", 7), 4, MeetingStatus::Planned, noon("2026-02-20"))));
        all.put(Row::Touch(a_touch(made("2026-01-09", 8), 4, noon("2026-01-09"))));
        let earlier = Earlier::of(&all, noon("2026-06-03"));
        let mut read = all.clone();
        read.meetings.retain(|id, _| id.0 >= earlier.before);
        read.touches.retain(|id, _| id.0 >= earlier.before);
        assert_eq!((read.meetings.len(), read.touches.len()), (2, 0));
        assert_eq!(earlier.planned.iter().map(|it| it.id.0.as_u128()).collect::<Vec<_>>(), [made("2026-01-08", 6)]);
        read.earlier = Some(earlier.clone().into());
        for today in ["2026-06-03", "2026-06-10"].map(on) {
            assert_eq!(last_contacts(&read, today), last_contacts(&all, today));
        }
        let [one, two, three] = [1, 2, 3].map(|n| CustomerId(Uuid::from_u128(n)));
        let mut as_one = earlier.clone();
        as_one.show_there(&BTreeMap::from([(one, three), (two, three)]));
        assert_eq!(as_one.last.get(&three), earlier.last.get(&three), "the latest of all");
        assert_eq!(as_one.last.len(), earlier.last.len() - 2);
    }

    #[test]
    fn only_a_change_of_what_is_summed_up_makes_the_sum_doubtful() {
        let earlier = Earlier { before: Uuid::from_u128(made("2026-04-01", 0)), last: BTreeMap::new(), planned: Vec::new() };
        let change = |entity, at| Change { entity, id: Uuid::from_u128(made(at, 1)).to_string(), row: None };
        assert!(earlier.covers(&change(Entity::Meeting, "2026-03-30")) && earlier.covers(&change(Entity::Touch, "2026-03-30")));
        assert!(!earlier.covers(&change(Entity::Meeting, "2026-04-02")) && !earlier.covers(&change(Entity::Promise, "2026-03-30")));
        assert!(!earlier.is_old(noon("2026-07-20")) && earlier.is_old(noon("2026-08-20")));
    }
}
