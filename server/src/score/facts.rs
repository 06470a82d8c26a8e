//! What ratings say by themselves, without the model: how many there are, who recommends, which promises were kept.

use super::{
    net_promoter::{Recommendation, net_promoter},
    rater::latest,
    ratings::{Change, Observation, Ratings, count},
    reliability::{Reliabilities, reliabilities},
    signals::burst,
};
use app::{id::MemberId, score::NetPromoter, time::Timestamp};
use std::collections::{BTreeMap, BTreeSet};

/// Of everybody who was rated.
#[derive(Clone, Debug)]
pub(super) struct Facts {
    /// By rep.
    pub(super) reps: BTreeMap<MemberId, Counted>,
    /// Promises kept.
    pub(super) reliabilities: Reliabilities,
}

/// Of one rep.
#[derive(Clone, Copy, Debug)]
pub(super) struct Counted {
    /// Ratings of this rep.
    pub(super) ratings: u32,
    /// Customers who gave them.
    pub(super) customers: u32,
    /// Whether they recommend the organisation.
    pub(super) net_promoter: Option<NetPromoter>,
    /// The most ratings given on the rep's own device within ten minutes.
    pub(super) burst: u32,
}

impl Facts {
    /// Of the `ratings` that count at `now`.
    pub(super) fn new(ratings: &Ratings, now: Timestamp) -> Self {
        let mut reps: BTreeMap<MemberId, Vec<&Observation>> = BTreeMap::new();
        for observation in ratings.iter() {
            reps.entry(observation.rep).or_default().push(observation);
        }
        let reps = reps.into_iter().map(|(rep, own)| (rep, Counted::new(&own, now))).collect();
        Self { reps, reliabilities: reliabilities_of(ratings) }
    }

    /// Takes `changes` in, on the same day; `ratings` are all that count afterwards, and `own` those of the reps concerned.
    pub(super) fn take_in<'r>(
        &mut self,
        changes: &[Change],
        own: &BTreeMap<MemberId, Vec<Observation>>,
        now: Timestamp,
        ratings: impl Fn() -> &'r Ratings,
    ) {
        for (rep, own) in own {
            if own.is_empty() {
                self.reps.remove(rep);
            } else {
                self.reps.insert(*rep, Counted::new(&own.iter().collect::<Vec<_>>(), now));
            }
        }
        // A promise weighs in everybody's reliability: the organisation's share of kept ones is everybody's prior.
        if changes.iter().flat_map(Change::sides).any(|o| !o.promises.is_empty()) {
            self.reliabilities = reliabilities_of(ratings());
        }
    }
}

impl Counted {
    fn new(own: &[&Observation], now: Timestamp) -> Self {
        Self {
            ratings: count(own.len()),
            customers: count(own.iter().map(|o| o.customer).collect::<BTreeSet<_>>().len()),
            net_promoter: net_promoter(&recommendations(own), now),
            burst: burst(own.iter().map(|o| (o.way, o.given_at))),
        }
    }
}

fn recommendations(own: &[&Observation]) -> Vec<Recommendation> {
    let of = |o: &&Observation| {
        let Observation { id: rating, contact, customer, given_at, .. } = **o;
        o.recommend.map(|points| Recommendation { rating, contact, customer, given_at, points })
    };
    own.iter().filter_map(of).collect()
}

/// What the latest answer to each promise says of those who were to keep it. Customers speak of promises of the one whom they rate.
pub(super) fn reliabilities_of(ratings: &Ratings) -> Reliabilities {
    let answers = ratings
        .iter()
        .flat_map(|o| o.promises.iter().map(move |(promise, keeper, answer)| (*promise, o.given_at, o.id, (o.rep, *keeper, *answer))));
    reliabilities(latest(answers).into_values())
}
