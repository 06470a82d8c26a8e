//! Ratings whose name is hidden from the rep count in batches, which enter the score as a whole and leave it as a whole.
//!
//! **Who is in one.** Ratings that the rep could never read by themselves. One that the rep had read before its name was hidden fills no
//! batch: of the three, two would be unknown.
//!
//! **When it counts.** From its third rating on, and while none of the three is left out. Everything that a rep can see of hidden names, on
//! whatever day, is then a sum over whole batches, and since no two batches share a rating, no arithmetic with such sums tells of fewer than
//! [`HIDDEN_BATCH`] of them. So what is left out takes the others of its batch out too until it counts again. To take out the one alone
//! would tell what it said: the change would be its own. To put the next that comes in its place would tell the difference of those two.
//! What is left out while it waits for its batch to fill waits no more: it never entered a sum, so nothing can be told of it, and the batch
//! fills with others.
//!
//! **What the rep's score knows of it** ([`Batch::unnamed`]): three ratings of nobody in particular, all given at one time. Whatever is then
//! worked out per customer, person, meeting, format or quarter takes the batch whole or not at all, because nothing tells its ratings apart.
//! That costs the rep's own score the correction for how those customers rate others; the managers' has it.

use super::{counting::Stay, ratings::Observation};
use app::{
    id::{CustomerId, MeetingId},
    survey::{Component, HIDDEN_BATCH, Way},
    time::Timestamp,
};
use std::collections::BTreeMap;

/// Ratings of one rep with a hidden name that count together, each while all of them do.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Batch(Vec<Observation>);

/// The batches of one rep's ratings with a hidden name, in the order in which they filled. Those whose batch never did are gone.
pub(super) fn batches(hidden: &[Observation]) -> Vec<Batch> {
    // Where a rating stops and starts at one moment, it stops first.
    let mut turns: Vec<(Timestamp, bool, usize)> = Vec::new();
    for (number, observation) in hidden.iter().enumerate() {
        turns.extend(observation.stays.iter().filter_map(|stay| Some((stay.until?, false, number))));
        turns.extend(observation.stays.iter().map(|stay| (stay.from, true, number)));
    }
    turns.sort_unstable();
    let (mut waiting, mut is_batched, mut batches) = (Vec::new(), vec![false; hidden.len()], Vec::new());
    for (at, starts, number) in turns {
        if is_batched[number] {
            continue;
        }
        waiting.retain(|other| *other != number);
        if starts {
            waiting.push(number);
        }
        if waiting.len() == HIDDEN_BATCH {
            waiting.iter().for_each(|number| is_batched[*number] = true);
            batches.push(Batch::new(waiting.drain(..).map(|number| hidden[number].clone()).collect(), at));
        }
    }
    batches
}

impl Batch {
    /// Of `ratings`, the last of which came at `filled_at`.
    fn new(mut ratings: Vec<Observation>, filled_at: Timestamp) -> Self {
        let stays = common(ratings.iter().map(|it| it.stays.as_slice()), Stay::since(filled_at));
        ratings.iter_mut().for_each(|it| it.stays.clone_from(&stays));
        Self(ratings)
    }

    /// As the managers know them, who read each by itself.
    pub(super) fn named(self) -> Vec<Observation> {
        self.0
    }

    /// As the rep's score may know them: what all three answered, given when the second of them was, each by somebody of whom nothing else
    /// is known, and no telling who said what. What counts once per person or promise is left out, since a later answer of the same
    /// person's would take the place of this one alone: recommendations, and how promises went.
    pub(super) fn unnamed(self) -> Vec<Observation> {
        let Self(mut ratings) = self;
        ratings.sort_by_key(|it| it.given_at);
        let given_at = ratings[ratings.len() / 2].given_at;
        let is_answered = |component: &Component| ratings.iter().all(|it| it.components.contains_key(component));
        let answered: Vec<Component> = Component::ALL.into_iter().filter(is_answered).collect();
        let of = |it: &Observation| answered.iter().map(|component| (*component, it.components[component])).collect();
        let mut said: Vec<BTreeMap<Component, u8>> = ratings.iter().map(of).collect();
        said.sort_unstable();
        ratings.sort_by_key(|it| it.id);
        let unnamed = |(it, components): (Observation, BTreeMap<Component, u8>)| Observation {
            customer: CustomerId(it.id.0),
            contact: None,
            meeting: MeetingId(it.id.0),
            format: None,
            channel: None,
            way: Way::Link,
            given_at,
            components,
            recommend: None,
            promises: Vec::new(),
            ..it
        };
        ratings.into_iter().zip(said).map(unnamed).collect()
    }
}

/// What is in `within` and in some stay of each of `all`.
fn common<'s>(all: impl Iterator<Item = &'s [Stay]>, within: Stay) -> Vec<Stay> {
    all.fold(vec![within], |left, stays| left.iter().flat_map(|one| stays.iter().filter_map(|other| one.and(other))).collect())
}

#[cfg(test)]
mod tests;
