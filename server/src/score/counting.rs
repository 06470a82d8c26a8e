//! While a rating counts: from when it reached those for whom scores are computed, without the times for which it was left out.
//!
//! Ratings whose name is hidden from the rep count in batches, which enter the score as a whole and leave it as a whole. Everything that a
//! rep can see of them, on whatever day, is then a sum over whole batches, and since no two batches share a rating, no arithmetic with such
//! sums tells of fewer than [`HIDDEN_BATCH`] of them. So what is left out takes the others of its batch out too until it counts again. To
//! take out the one alone would tell what it said: the change would be its own. To put the next that comes in its place would tell the
//! difference of those two. What is left out while it waits for its batch to fill waits no more: it never entered a sum, so nothing can be
//! told of it, and the batch fills with others.

use super::ratings::Observation;
use app::{
    survey::{Exclusion, HIDDEN_BATCH},
    time::Timestamp,
};

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

    fn holds(&self, at: Timestamp) -> bool {
        self.from <= at && self.until.is_none_or(|until| at < until)
    }

    /// What both have in common.
    fn and(&self, other: &Self) -> Option<Self> {
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

/// One rep's ratings with a hidden name, while their batches count. Those whose batch never filled are gone.
pub fn in_batches(hidden: Vec<Observation>) -> Vec<Observation> {
    // Where a rating stops and starts at one moment, it stops first.
    let mut turns: Vec<(Timestamp, bool, usize)> = Vec::new();
    for (number, observation) in hidden.iter().enumerate() {
        turns.extend(observation.stays.iter().filter_map(|stay| Some((stay.until?, false, number))));
        turns.extend(observation.stays.iter().map(|stay| (stay.from, true, number)));
    }
    turns.sort_unstable();
    let (mut waiting, mut batched) = (Vec::new(), vec![None; hidden.len()]);
    for (at, starts, number) in turns {
        if batched[number].is_some() {
            continue;
        }
        waiting.retain(|other| *other != number);
        if starts {
            waiting.push(number);
        }
        if waiting.len() == HIDDEN_BATCH {
            let stays = common(waiting.iter().map(|number| hidden[*number].stays.as_slice()), Stay::since(at));
            waiting.drain(..).for_each(|number| batched[number] = Some(stays.clone()));
        }
    }
    hidden.into_iter().zip(batched).filter_map(|(observation, stays)| Some(Observation { stays: stays?, ..observation })).collect()
}

/// What is in `within` and in some stay of each of `all`.
fn common<'s>(all: impl Iterator<Item = &'s [Stay]>, within: Stay) -> Vec<Stay> {
    all.fold(vec![within], |left, stays| left.iter().flat_map(|one| stays.iter().filter_map(|other| one.and(other))).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use app::{
        id::{CustomerId, MeetingId, MemberId, RatingId},
        survey::{Decision, ExclusionReason, Way},
    };
    use proptest::prelude::*;
    use std::collections::{BTreeMap, BTreeSet};
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

    fn hidden(number: usize, stays: Vec<Stay>) -> Observation {
        let id = Uuid::from_u128(number as u128);
        Observation {
            id: RatingId(id),
            rep: MemberId(Uuid::nil()),
            customer: CustomerId(id),
            contact: None,
            meeting: MeetingId(id),
            format: None,
            channel: None,
            way: Way::Link,
            given_at: Timestamp(0),
            stays,
            hidden: true,
            components: BTreeMap::new(),
            recommend: None,
            promises: Vec::new(),
        }
    }

    /// While each counts after [`in_batches`], by number.
    fn batched(all: &[Vec<Stay>]) -> BTreeMap<usize, Vec<Stay>> {
        let observations = all.iter().enumerate().map(|(number, stays)| hidden(number, stays.clone())).collect();
        in_batches(observations).into_iter().map(|o| (o.id.0.as_u128() as usize, o.stays)).collect()
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

    #[test]
    fn hidden_names_enter_when_their_batch_is_full() {
        for ratings in 0..7 {
            let all: Vec<_> = (0..ratings).map(|n| vec![since(n)]).collect();
            let expected = (0..ratings / 3 * 3).map(|n| (n as usize, vec![since(n / 3 * 3 + 2)])).collect();
            assert_eq!(batched(&all), expected, "{ratings} ratings");
        }
    }

    #[test]
    fn a_batch_leaves_as_a_whole_and_comes_back_as_a_whole() {
        let all = [vec![since(1)], vec![stay(2, 10), since(20)], vec![since(3)], vec![since(4)]];
        let batch = vec![stay(3, 10), since(20)];
        assert_eq!(batched(&all), BTreeMap::from([(0, batch.clone()), (1, batch.clone()), (2, batch)]), "the fourth still waits");
        let two_out = [vec![stay(1, 5), since(8)], vec![stay(2, 6), since(9)], vec![since(3)]];
        assert_eq!(batched(&two_out)[&2], [stay(3, 5), since(9)]);
    }

    #[test]
    fn what_is_left_out_while_it_waits_leaves_its_place_to_another() {
        let all = [vec![stay(1, 2), since(9)], vec![since(3)], vec![since(4)], vec![since(5)]];
        assert_eq!(batched(&all), BTreeMap::from([(1, vec![since(5)]), (2, vec![since(5)]), (3, vec![since(5)])]));
    }

    proptest! {
        #[test]
        fn no_arithmetic_with_scores_of_different_days_tells_of_fewer_than_a_batch(
            ratings in prop::collection::vec((0_i64..40, prop::collection::vec((1_i64..15, prop::option::of(1_i64..15)), 0..3)), 0..12),
        ) {
            let all: Vec<Vec<Stay>> = ratings
                .iter()
                .map(|(known, outs)| {
                    let mut at = *known;
                    let mut times = Vec::new();
                    for (out, lifted) in outs {
                        let out = at + out;
                        at = out + lifted.unwrap_or(0);
                        times.push((out, lifted.map(|_| at)));
                        if lifted.is_none() { break; }
                    }
                    stays(Timestamp(*known), &exclusions(&times))
                })
                .collect();
            let batched = batched(&all);
            // What a rep may compare: on every day the ones that count. Each is a union of classes of ratings that always count together.
            let days = 0..120_i64;
            let signature = |number: &usize| -> Vec<bool> {
                days.clone().map(|day| batched[number].iter().any(|stay| stay.holds(Timestamp(day)))).collect()
            };
            let mut classes: BTreeMap<Vec<bool>, BTreeSet<usize>> = BTreeMap::new();
            for number in batched.keys() {
                classes.entry(signature(number)).or_default().insert(*number);
            }
            for (seen, class) in classes {
                prop_assert!(class.len() >= HIDDEN_BATCH || !seen.contains(&true), "{:?} alone", class);
            }
            for (number, stays) in &batched {
                for stay in stays {
                    prop_assert!(all[*number].iter().any(|own| own.and(stay) == Some(*stay)), "counts only while it is not left out");
                }
            }
        }
    }
}
