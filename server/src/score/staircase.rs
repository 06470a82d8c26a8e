//! On which step of the staircase a relationship stands: the highest up to which every component is likely above the bar.

use super::solved::Part;
use app::{
    id::{CustomerId, MemberId},
    organisation::Rules,
    survey::Component,
};
use std::collections::{BTreeMap, BTreeSet};

/// The step of every relationship that reached one, by rep.
pub(super) fn steps(parts: &BTreeMap<Component, Part>, rules: &Rules) -> BTreeMap<MemberId, BTreeMap<CustomerId, Component>> {
    let (bar, probable) = (f64::from(rules.step_bar_tenths) / 10.0, f64::from(rules.step_probability) / 100.0);
    let mut standing: Option<BTreeSet<(MemberId, CustomerId)>> = None;
    let mut reached: BTreeMap<MemberId, BTreeMap<CustomerId, Component>> = BTreeMap::new();
    for component in Component::ALL {
        // A step without ratings of its own cannot be climbed, nor what is above it.
        let Some(Part { rows, posterior }) = parts.get(&component) else { break };
        let mut cleared = BTreeSet::new();
        for (rep, customer) in rows.pairs() {
            let relationship = (rows.reps()[rep], rows.customers()[customer]);
            let below = standing.as_ref().is_none_or(|below| below.contains(&relationship));
            if below && posterior.with_customer(rep, customer).probability_above(bar) >= probable {
                reached.entry(relationship.0).or_default().insert(relationship.1, component);
                cleared.insert(relationship);
            }
        }
        standing = Some(cleared);
    }
    reached
}

#[cfg(test)]
mod tests {
    use crate::score::{Fit, Formula, Observation, Ratings, Stay, estimate};
    use app::{
        id::{CustomerId, MeetingId, MemberId, RatingId},
        organisation::Rules,
        survey::{Component, Way},
        time::Timestamp,
    };
    use uuid::Uuid;

    const NOW: Timestamp = Timestamp(1_780_000_000_000);

    /// Ten ratings of one rep by one customer, with points up to `high` for the components up to it and 3 for the others.
    fn rated(customer: u128, highest: Component) -> Vec<Observation> {
        (0..10)
            .map(|n| Observation {
                id: RatingId(Uuid::from_u128(100 * customer + n)),
                rep: MemberId(Uuid::from_u128(1)),
                customer: CustomerId(Uuid::from_u128(customer)),
                contact: None,
                meeting: MeetingId(Uuid::from_u128(100 * customer + n)),
                format: None,
                channel: None,
                way: Way::Link,
                given_at: NOW,
                stays: vec![Stay::since(NOW)],
                hidden: false,
                components: Component::ALL.into_iter().map(|it| (it, if it <= highest { 5 } else { 3 })).collect(),
                recommend: None,
                promises: Vec::new(),
            })
            .collect()
    }

    #[test]
    fn a_relationship_stands_below_the_first_step_that_does_not_clear_the_bar() {
        let ratings: Ratings = [rated(1, Component::Understanding), rated(2, Component::Progress)].concat().into_iter().collect();
        let rules = Rules::default();
        let fit = Fit::new(&ratings, Formula::of(&rules, None), NOW);
        let step = |rules: &Rules, customer| {
            let scores = estimate(&ratings, &fit, rules, NOW);
            scores[&MemberId(Uuid::from_u128(1))].steps.get(&CustomerId(Uuid::from_u128(customer))).copied()
        };
        assert_eq!(step(&rules, 1), Some(Component::Understanding));
        assert_eq!(step(&rules, 2), Some(Component::Progress));
        assert_eq!(step(&Rules { step_bar_tenths: 50, ..rules }, 2), None, "nothing is likely above the top of the scale");
    }
}
