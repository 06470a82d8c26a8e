//! The ratings as the score reads them, and how much each of them counts.

use super::counting::Stay;
use app::{
    id::{ContactId, CustomerId, MeetingId, MemberId, PromiseId, RatingId},
    meeting::{Channel, MeetingFormat},
    survey::{Component, PromiseAnswer, Way},
    time::Timestamp,
};
use std::collections::BTreeMap;

/// One rating.
#[derive(Clone, Debug, PartialEq)]
pub struct Observation {
    /// Its id.
    pub id: RatingId,
    /// Who is rated.
    pub rep: MemberId,
    /// By which customer.
    pub customer: CustomerId,
    /// By whom there; absent where the meeting was logged without a contact.
    pub contact: Option<ContactId>,
    /// Of which meeting.
    pub meeting: MeetingId,
    /// What the meeting was for, as far as it is known.
    pub format: Option<MeetingFormat>,
    /// How people met.
    pub channel: Option<Channel>,
    /// How it came in.
    pub way: Way,
    /// When it was given.
    pub given_at: Timestamp,
    /// While it counts for those for whom scores are computed, the earliest first.
    pub stays: Vec<Stay>,
    /// Whether it is to be told to the rep by itself no more, or never was.
    pub hidden: bool,
    /// The points given, 1 to 5.
    pub components: BTreeMap<Component, u8>,
    /// Likelihood to recommend the organisation, 0 to 10.
    pub recommend: Option<u8>,
    /// How promises went, by who was to keep them.
    pub promises: Vec<(PromiseId, MemberId, PromiseAnswer)>,
}

/// A rating that counts otherwise than it did: absent where it did not count, or does not any more.
#[derive(Clone, Debug)]
pub(super) struct Change {
    pub(super) was: Option<Observation>,
    pub(super) is: Option<Observation>,
}

impl Change {
    /// What differs between ratings as they were and as they are.
    pub(super) fn between(was: Vec<Observation>, is: Vec<Observation>) -> impl Iterator<Item = Self> {
        let mut was: BTreeMap<RatingId, Observation> = was.into_iter().map(|o| (o.id, o)).collect();
        let there: Vec<Self> = is.into_iter().map(|o| Self { was: was.remove(&o.id), is: Some(o) }).collect();
        let gone = was.into_values().map(|o| Self { was: Some(o), is: None });
        there.into_iter().chain(gone).filter(|change| change.was != change.is)
    }

    /// The rating before and after.
    pub(super) fn sides(&self) -> impl Iterator<Item = &Observation> {
        self.was.iter().chain(&self.is)
    }
}

impl Observation {
    /// Whether time alone will make it count, or not count any more.
    pub(super) fn is_unsettled(&self, at: Timestamp) -> bool {
        self.stays.iter().any(|stay| stay.from > at || stay.until.is_some_and(|until| until > at))
    }
}

/// The ratings of one organisation, in an order of their own, so that a score never depends on how they arrived.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ratings(Vec<Observation>);

impl FromIterator<Observation> for Ratings {
    fn from_iter<I: IntoIterator<Item = Observation>>(observations: I) -> Self {
        let mut observations: Vec<Observation> = observations.into_iter().collect();
        observations.sort_by_key(|o| (o.rep, o.given_at, o.id));
        Self(observations)
    }
}

impl Ratings {
    /// Those that counted at `at`, given what was known then.
    pub(super) fn counted_at(&self, at: Timestamp) -> Self {
        self.only(|o| o.counts_at(at))
    }

    /// Those that `keep` says.
    pub(super) fn only(&self, keep: impl Fn(&Observation) -> bool) -> Self {
        Self(self.0.iter().filter(|o| keep(o)).cloned().collect())
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = &Observation> {
        self.0.iter()
    }
}

pub(super) fn count(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

/// What a rating's age leaves of its weight: half after `half_life` days, counted to the last UTC midnight, so that scores age once a day.
pub(super) fn recency(given_at: Timestamp, now: Timestamp, half_life: f64) -> f64 {
    (-midnight(now).days_since(given_at).max(0.0) / half_life).exp2()
}

/// The UTC midnight at or before `now`.
pub(super) fn midnight(now: Timestamp) -> Timestamp {
    const DAY: i64 = 86_400_000;
    Timestamp(now.0.div_euclid(DAY) * DAY)
}

/// What each of `ratings` that one meeting got counts: several people in one room saw the same meeting.
pub(super) fn share_of_meeting(ratings: usize) -> f64 {
    2.0 / (ratings as f64 + 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rating_counts_half_after_the_half_life_and_ages_at_midnight() {
        const DAY: i64 = 86_400_000;
        let given = Timestamp(20_000 * DAY);
        for (now, left, why) in [
            (given, 1.0, "today"),
            (given.plus_days(180), 0.5, "after the half-life"),
            (given.plus_days(181).plus_millis(-1), 0.5, "until the next midnight"),
            (given.plus_days(-1), 1.0, "a clock that runs ahead gains nothing"),
        ] {
            assert!((recency(given, now, 180.0) - left).abs() < 1e-12, "{why}");
        }
    }

    #[test]
    fn two_ratings_of_a_meeting_count_more_than_one_but_less_than_twice() {
        assert_eq!([1, 2, 3].map(|n| share_of_meeting(n) * n as f64), [1.0, 4.0 / 3.0, 1.5]);
    }
}
