//! While a rating counts: from when it reached those for whom scores are computed, without the times for which it was left out.

use super::ratings::Observation;
use app::{survey::Exclusion, time::Timestamp};

/// A time for which a rating counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stay {
    /// Its first moment.
    pub from: Timestamp,
    /// The first moment after it; absent where the rating counts to this day.
    pub until: Option<Timestamp>,
}

impl Stay {
    /// From `from` to this day.
    pub fn since(from: Timestamp) -> Self {
        Self { from, until: None }
    }

    pub(super) fn holds(&self, at: Timestamp) -> bool {
        self.from <= at && self.until.is_none_or(|until| at < until)
    }

    /// What both have in common.
    pub(super) fn and(&self, other: &Self) -> Option<Self> {
        let from = self.from.max(other.from);
        let until = [self.until, other.until].into_iter().flatten().min();
        until.is_none_or(|until| from < until).then_some(Self { from, until })
    }
}

impl Observation {
    /// Whether it counts at `at`.
    pub(super) fn counts_at(&self, at: Timestamp) -> bool {
        self.stays.iter().any(|stay| stay.holds(at))
    }

    /// Since when it counts, or first counted; absent where it never did.
    pub(super) fn counts_since(&self) -> Option<Timestamp> {
        self.stays.first().map(|first| first.from)
    }
}

/// While a rating counts that its readers know since `known_at`, the earliest first.
pub fn stays(known_at: Timestamp, exclusions: &[Exclusion]) -> Vec<Stay> {
    let (mut stays, mut from) = (Vec::new(), known_at);
    for exclusion in exclusions {
        let out_at = exclusion.by.at;
        if from < out_at {
            stays.push(Stay { from, until: Some(out_at) });
        }
        let Some(lifted) = &exclusion.lifted else { return stays };
        from = from.max(lifted.at);
    }
    stays.push(Stay::since(from));
    stays
}

#[cfg(test)]
mod tests {
    use super::*;
    use app::{
        id::MemberId,
        survey::{Decision, ExclusionReason},
    };
    use uuid::Uuid;

    fn stay(from: i64, until: i64) -> Stay {
        Stay { from: Timestamp(from), until: Some(Timestamp(until)) }
    }

    fn since(from: i64) -> Stay {
        Stay::since(Timestamp(from))
    }

    fn decision(at: i64) -> Decision {
        Decision { member: MemberId(Uuid::nil()), at: Timestamp(at), note: "seen".into() }
    }

    /// Left out at the first of each pair and counted again at the second.
    fn exclusions(times: &[(i64, Option<i64>)]) -> Vec<Exclusion> {
        let exclusion = |(out, lifted): &(i64, Option<i64>)| Exclusion {
            reason: ExclusionReason::Test,
            by: decision(*out),
            lifted: lifted.map(decision),
        };
        times.iter().map(exclusion).collect()
    }

    #[test]
    fn a_rating_counts_from_its_release_without_the_times_for_which_it_was_left_out() {
        for (times, expected, why) in [
            (&[] as &[(i64, Option<i64>)], vec![since(10)], "never left out"),
            (&[(20, None)], vec![stay(10, 20)], "left out to this day"),
            (&[(20, Some(30))], vec![stay(10, 20), since(30)], "counted again"),
            (&[(20, Some(30)), (40, None)], vec![stay(10, 20), stay(30, 40)], "left out twice"),
            (&[(5, None)], vec![], "left out before these readers knew it"),
            (&[(5, Some(7))], vec![since(10)], "left out and counted again before they knew it"),
            (&[(5, Some(15))], vec![since(15)], "known while it was left out"),
            (&[(20, Some(15)), (12, None)], vec![stay(10, 20)], "by a clock that was put back"),
        ] {
            assert_eq!(stays(Timestamp(10), &exclusions(times)), expected, "{why}");
        }
    }
}
