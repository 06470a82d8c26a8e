//! What a rep's phone is told, whatever customers who hide their name said.

use super::*;
use crate::score::{ratings::Observation, readings::Reading};
use app::{
    id::{CustomerId, MeetingId, PromiseId, RatingId},
    meeting::{Channel, MeetingFormat},
    survey::{Component, HIDDEN_BATCH, PromiseAnswer, Way},
};
use proptest::prelude::*;
use uuid::Uuid;

const NOW: Timestamp = Timestamp(1_780_000_000_000);
const REPS: u128 = 2;

fn id(n: u128) -> Uuid {
    Uuid::from_u128(n)
}

/// What is told to reps by these ratings, as rows of their phones.
fn told_to_reps(readings: &[Reading]) -> BTreeMap<String, Score> {
    let member = |n| Member {
        id: MemberId(id(n)),
        name: String::new(),
        email: String::new(),
        team: None,
        roles: BTreeSet::from([Role::Rep]),
        active: true,
    };
    let material = Material {
        scoring: Scoring::default(),
        members: (0..REPS).map(member).collect(),
        rules: Rules::default(),
        readings: readings.iter().cloned().collect(),
        before: Readings::default(),
        businesses: Arc::default(),
        sides: Audience::ALL.map(|audience| Side { audience, held: None, view: None }),
        amended: BTreeSet::new(),
        coverages: Coverages::new(Vec::new(), Vec::new()),
        asking: None,
        kept: Arc::default(),
    };
    let mut scores = material.compute(NOW).scores;
    scores.retain(|_, score| score.audience == Audience::Rep);
    scores
}

/// The `n`th rating, which reached the managers on the day after the one before.
fn any_reading(n: u128) -> impl Strategy<Value = Reading> {
    let points = prop::collection::btree_map((0_usize..5).prop_map(|n| Component::ALL[n]), 2_u8..=5, 3..=5);
    let who = (0..REPS, 0_u128..3, 0_u128..5, prop::bool::weighted(0.6));
    (who, points, 10_i64..170, 0_u8..=10, 0_usize..5, 0_usize..4).prop_map(
        move |((rep, customer, meeting, hidden), components, age, recommend, format, answer)| {
            let given_at = NOW.plus_days(-age);
            let observation = Observation {
                id: RatingId(id(n)),
                rep: MemberId(id(rep)),
                customer: CustomerId(id(customer)),
                contact: Some(ContactId(id(10 * customer + meeting % 2))),
                meeting: MeetingId(id(100 * rep + meeting)),
                format: Some(MeetingFormat::ALL[format]),
                channel: Some(Channel::Video),
                way: Way::Handover,
                given_at,
                stays: Vec::new(),
                hidden,
                components,
                recommend: Some(recommend),
                promises: vec![(PromiseId(id(meeting)), MemberId(id(rep)), PromiseAnswer::ALL[answer])],
            };
            let manager_at = Some(NOW.plus_millis(n as i64 - 1_000));
            Reading { observation, sequence: 0, rep_at: Some(given_at).filter(|_| !hidden), manager_at, exclusions: Vec::new() }
        },
    )
}

fn any_readings() -> impl Strategy<Value = Vec<Reading>> {
    (0_u128..18).map(any_reading).collect::<Vec<_>>()
}

/// The same where in every batch of each rep's the answers, and when they were given, are told by the next of those who gave them.
fn told_by_the_next(readings: &[Reading]) -> Vec<Reading> {
    let mut told = readings.to_vec();
    for rep in (0..REPS).map(|n| MemberId(id(n))) {
        let hidden: Vec<usize> = (0..readings.len()).filter(|n| readings[*n].is_unread() && readings[*n].observation.rep == rep).collect();
        for batch in hidden.chunks_exact(HIDDEN_BATCH) {
            for (place, next) in batch.iter().zip(batch.iter().cycle().skip(1)) {
                let Observation { given_at, components, .. } = readings[*next].observation.clone();
                told[*place].observation = Observation { given_at, components, ..readings[*place].observation.clone() };
            }
        }
    }
    told
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4))]

    #[test]
    fn reps_are_told_the_same_whoever_of_a_batch_said_what_at_which_customer(readings in any_readings()) {
        prop_assert_eq!(told_to_reps(&readings), told_to_reps(&told_by_the_next(&readings)));
    }

    #[test]
    fn two_tellings_differ_by_whole_batches(readings in any_readings(), last in any_reading(99)) {
        let rep = last.observation.rep;
        let before = told_to_reps(&readings);
        let hidden = readings.iter().filter(|it| it.is_unread() && it.observation.rep == rep).count();
        let is_filled = last.is_unread() && (hidden + 1) % HIDDEN_BATCH == 0;
        let after = told_to_reps(&[readings, vec![last.clone()]].concat());
        let key = Score::key(rep, Audience::Rep);
        let came = after[&key].ratings - before[&key].ratings;
        match (last.is_unread(), is_filled) {
            (true, false) => prop_assert_eq!(before, after),
            (true, true) => prop_assert_eq!(came as usize, HIDDEN_BATCH),
            (false, _) => prop_assert_eq!(came, 1),
        }
    }
}
