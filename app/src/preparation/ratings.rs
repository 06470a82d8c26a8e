//! What a customer's ratings say to the rep: only those that the rep may read, one by one, and by name.

use crate::{
    id::{CustomerId, MemberId},
    score::step_of,
    survey::Component,
    sync::Replica,
    time::Timestamp,
};
use std::collections::BTreeMap;

/// Days after which a rating says nothing about the next visit any more.
const RATING_DAYS: i64 = 365;
/// The most components that are told to be weak: who works at everything works at nothing.
const WEAK_MAX: usize = 2;

/// What a customer gave one component.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ComponentSeen {
    /// Which.
    pub component: Component,
    /// Mean of the points, 1 to 5; absent where nobody rated it.
    pub mean: Option<f64>,
    /// How many ratings.
    pub ratings: usize,
}

/// The step of a relationship, and what the next one needs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Step {
    /// The step that it stands on; absent while the ratings do not say.
    pub reached: Option<Component>,
    /// The next step, as rated so far; absent on the last.
    pub next: Option<ComponentSeen>,
    /// Points of 1 to 5 that a step's component has to be likely above.
    pub bar: f64,
}

/// How `customer` rated `rep` within the last year before `now`, per component. A rating that hides its giver's name, or is left out of the
/// score, says nothing here.
fn seen(replica: &Replica, rep: MemberId, customer: CustomerId, now: Timestamp) -> BTreeMap<Component, (f64, usize)> {
    let since = now.plus_days(-RATING_DAYS);
    let of_rep = replica.ratings.at(customer).iter().filter(|it| it.rep == rep && it.given_at >= since);
    let told = of_rep.filter(|it| !it.answers.hide_name && it.exclusion().is_none());
    let mut sums: BTreeMap<Component, (f64, usize)> = BTreeMap::new();
    for rating in told {
        for (component, points) in &rating.counted_answers().components {
            let (sum, count) = sums.entry(*component).or_default();
            *sum += f64::from(*points);
            *count += 1;
        }
    }
    sums
}

fn component_seen(seen: &BTreeMap<Component, (f64, usize)>, component: Component) -> ComponentSeen {
    match seen.get(&component) {
        Some((sum, ratings)) => ComponentSeen { component, mean: Some(sum / *ratings as f64), ratings: *ratings },
        None => ComponentSeen { component, mean: None, ratings: 0 },
    }
}

/// Points that a step's component has to be likely above.
fn bar(replica: &Replica) -> f64 {
    f64::from(replica.rules().step_bar_tenths) / 10.0
}

/// The step that `rep`'s relationship with `customer` stands on at `now`, and what the next needs.
pub fn step(replica: &Replica, rep: MemberId, customer: CustomerId, now: Timestamp) -> Step {
    let reached = step_of(replica, rep, customer);
    let seen = seen(replica, rep, customer, now);
    let next = Component::ALL.into_iter().find(|it| Some(*it) > reached).map(|it| component_seen(&seen, it));
    Step { reached, next, bar: bar(replica) }
}

/// The components below the bar of a step with `customer`, the weakest first.
pub fn weak(replica: &Replica, rep: MemberId, customer: CustomerId, now: Timestamp) -> Vec<ComponentSeen> {
    let (seen, bar) = (seen(replica, rep, customer, now), bar(replica));
    let mut weak: Vec<ComponentSeen> =
        seen.keys().map(|it| component_seen(&seen, *it)).filter(|it| it.mean.is_some_and(|mean| mean < bar)).collect();
    weak.sort_by(|a, b| a.mean.partial_cmp(&b.mean).unwrap_or(std::cmp::Ordering::Equal).then(a.component.cmp(&b.component)));
    weak.truncate(WEAK_MAX);
    weak
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        score::{Audience, Score},
        survey::{Answers, Decision, Exclusion, ExclusionReason, Rating},
        sync::{
            protocol::Row,
            sample::{ME, a_customer, a_rating},
        },
    };

    const NOW: Timestamp = Timestamp(1_780_000_000_000);

    fn rating(n: u128, rep: MemberId, days_ago: i64, points: &[(Component, u8)]) -> Rating {
        let components = points.iter().copied().collect();
        Rating { answers: Answers { components, ..Answers::default() }, ..a_rating(n, rep, NOW.plus_days(-days_ago)) }
    }

    fn replica(ratings: Vec<Rating>, step: Option<Component>) -> Replica {
        let mut replica = Replica::default();
        ratings.into_iter().for_each(|rating| replica.put(Row::Rating(rating)));
        let steps = step.map(|step| (a_customer(1).id, step)).into_iter().collect();
        replica.put(Row::Score(Score { steps, ..Score::unknown(ME, Audience::Rep, NOW) }));
        replica
    }

    #[test]
    fn the_weakest_components_come_first_and_never_more_than_two() {
        use Component::{Listening, Progress, Trust, Value};
        let ratings = vec![
            rating(1, ME, 10, &[(Listening, 5), (Trust, 3), (Value, 2), (Progress, 3)]),
            rating(2, ME, 20, &[(Listening, 4), (Trust, 4), (Value, 3)]),
        ];
        let weak = weak(&replica(ratings, None), ME, a_customer(1).id, NOW);
        assert_eq!(
            weak.iter().map(|it| (it.component, it.mean, it.ratings)).collect::<Vec<_>>(),
            [(Value, Some(2.5), 2), (Progress, Some(3.0), 1),]
        );
    }

    #[test]
    fn what_the_rep_may_not_read_or_does_not_count_says_nothing() {
        let low = [(Component::Trust, 1)];
        let mut hidden = rating(1, ME, 10, &low);
        hidden.answers.hide_name = true;
        let mut left_out = rating(2, ME, 10, &low);
        let by = Decision { member: ME, at: NOW, note: String::new() };
        left_out.exclusions = vec![Exclusion { reason: ExclusionReason::Test, by, lifted: None }];
        let colleagues = rating(3, MemberId(uuid::Uuid::from_u128(7)), 10, &low);
        let old = rating(4, ME, 400, &low);
        let replica = replica(vec![hidden, left_out, colleagues, old], None);
        assert_eq!(weak(&replica, ME, a_customer(1).id, NOW), []);
    }

    #[test]
    fn the_next_step_is_told_with_what_was_rated_so_far() {
        use Component::{Listening, Progress, Understanding};
        let ratings = || vec![rating(1, ME, 10, &[(Listening, 5), (Understanding, 3)])];
        for (reached, next) in [
            (None, Some((Listening, Some(5.0), 1))),
            (Some(Listening), Some((Understanding, Some(3.0), 1))),
            (Some(Understanding), Some((Component::Trust, None, 0))),
            (Some(Progress), None),
        ] {
            let step = step(&replica(ratings(), reached), ME, a_customer(1).id, NOW);
            assert_eq!(step.next.map(|it| (it.component, it.mean, it.ratings)), next);
            assert_eq!((step.reached, step.bar), (reached, 4.0));
        }
    }
}
