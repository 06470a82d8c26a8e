//! One number per rating, grouped and averaged by rep.

use super::{
    ratings::{Observation, Ratings, recency, share_of_meeting},
    shrinkage::{Cell, Mean},
};
use app::{
    id::{CustomerId, MeetingId, MemberId},
    time::Timestamp,
};
use std::collections::{BTreeMap, BTreeSet};

/// One number of one rating: a component's points, or the composite.
pub(super) struct Point {
    pub(super) rep: MemberId,
    pub(super) customer: CustomerId,
    pub(super) given_at: Timestamp,
    pub(super) value: f64,
    /// What it counts among the ratings of its meeting.
    pub(super) share: f64,
}

/// The ratings that have a `value`, with their share of their meeting.
pub(super) fn points_of(ratings: &Ratings, value: impl Fn(&Observation) -> Option<f64>) -> Vec<Point> {
    let with_value: Vec<(&Observation, f64)> = ratings.iter().filter_map(|o| Some((o, value(o)?))).collect();
    let mut of_meeting: BTreeMap<MeetingId, usize> = BTreeMap::new();
    for (observation, _) in &with_value {
        *of_meeting.entry(observation.meeting).or_default() += 1;
    }
    with_value
        .into_iter()
        .map(|(o, value)| Point {
            rep: o.rep,
            customer: o.customer,
            given_at: o.given_at,
            value,
            share: share_of_meeting(of_meeting[&o.meeting]),
        })
        .collect()
}

/// What `points` of one rep say by themselves.
pub(super) fn cell(points: &[&Point], now: Timestamp) -> Cell {
    let plain = weighted_mean(points.iter().map(|point| (point.value, 1.0)));
    let discounted = weighted_mean(points.iter().map(|point| (point.value, point.share * recency(point.given_at, now))));
    let scatter = points.iter().map(|point| (point.value - plain.value).powi(2)).sum();
    Cell { plain, discounted, scatter, freedom: points.len() as f64 - 1.0 }
}

fn weighted_mean(values: impl Iterator<Item = (f64, f64)>) -> Mean {
    let (sum, weight) = values.fold((0.0, 0.0), |(sum, total), (value, weight)| (sum + value * weight, total + weight));
    Mean { value: sum / weight, spread: 1.0 / weight }
}

/// Groups by rep, keeping the order within each.
pub(super) fn by_rep<'a, T: OfRep>(items: impl Iterator<Item = &'a T>) -> BTreeMap<MemberId, Vec<&'a T>> {
    let mut reps: BTreeMap<MemberId, Vec<&T>> = BTreeMap::new();
    for item in items {
        reps.entry(item.rep()).or_default().push(item);
    }
    reps
}

/// Belongs to a rep.
pub(super) trait OfRep {
    fn rep(&self) -> MemberId;
}

impl OfRep for Observation {
    fn rep(&self) -> MemberId {
        self.rep
    }
}

impl OfRep for Point {
    fn rep(&self) -> MemberId {
        self.rep
    }
}

pub(super) fn count(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

pub(super) fn count_customers(customers: impl Iterator<Item = CustomerId>) -> u32 {
    count(customers.collect::<BTreeSet<_>>().len())
}
