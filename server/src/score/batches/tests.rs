use super::*;
use crate::score::counting::stays;
use app::{
    id::{ContactId, MemberId, PromiseId, RatingId},
    meeting::{Channel, MeetingFormat},
    survey::{Decision, Exclusion, ExclusionReason, PromiseAnswer},
};
use proptest::prelude::*;
use std::collections::BTreeSet;
use uuid::Uuid;

fn stay(from: i64, until: i64) -> Stay {
    Stay { from: Timestamp(from), until: Some(Timestamp(until)) }
}

fn since(from: i64) -> Stay {
    Stay::since(Timestamp(from))
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

fn all_hidden(all: &[Vec<Stay>]) -> Vec<Observation> {
    all.iter().enumerate().map(|(number, stays)| hidden(number, stays.clone())).collect()
}

/// While each counts that is in a batch, by number.
fn batched(all: &[Vec<Stay>]) -> BTreeMap<usize, Vec<Stay>> {
    let batched = batches(&all_hidden(all)).into_iter().flat_map(Batch::named);
    batched.map(|o| (o.id.0.as_u128() as usize, o.stays)).collect()
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

#[test]
fn the_reps_score_knows_what_all_three_answered_and_when_the_second_did() {
    use Component::{Listening, Trust, Value};
    let mut three = all_hidden(&[vec![since(1)], vec![since(2)], vec![since(3)]]);
    for (it, (given_at, points)) in three.iter_mut().zip([
        (9, [(Listening, 1), (Trust, 5)].as_slice()),
        (4, &[(Listening, 3), (Trust, 2), (Value, 1)]),
        (7, &[(Listening, 2), (Trust, 4)]),
    ]) {
        (it.given_at, it.components, it.recommend) = (Timestamp(given_at), points.iter().copied().collect(), Some(0));
    }
    let [batch] = batches(&three).try_into().expect("three fill one");
    let known = batch.unnamed();
    assert!(known.iter().all(|it| (it.given_at, it.recommend) == (Timestamp(7), None)), "{known:?}");
    let said: Vec<_> = known.iter().map(|it| it.components.values().copied().collect::<Vec<_>>()).collect();
    assert_eq!(said, [[1, 5], [2, 4], [3, 2]]);
}

/// What a hidden rating says, and who gave it where and how.
type Given = ((BTreeMap<Component, u8>, Option<u8>, Option<usize>), (u128, u128, usize, bool), i64);

fn any_given() -> impl Strategy<Value = Given> {
    let components = prop::collection::btree_map((0_usize..5).prop_map(|n| Component::ALL[n]), 1_u8..=5, 0..=5);
    let said = (components, prop::option::of(0_u8..=10), prop::option::of(0_usize..4));
    (said, (0_u128..4, 0_u128..9, 0_usize..5, any::<bool>()), 0_i64..1_000)
}

fn given(number: usize, said: &Given, by: &Given) -> Observation {
    let (((components, recommend, promise), ..), (_, (customer, meeting, format, handed), given_at)) = (said, by);
    Observation {
        customer: CustomerId(Uuid::from_u128(*customer)),
        contact: Some(ContactId(Uuid::from_u128(*customer))),
        meeting: MeetingId(Uuid::from_u128(*meeting)),
        format: Some(MeetingFormat::ALL[*format]),
        channel: Some(Channel::Phone),
        way: if *handed { Way::Handover } else { Way::Link },
        given_at: Timestamp(*given_at),
        components: components.clone(),
        recommend: *recommend,
        promises: promise.map(|n| (PromiseId(Uuid::nil()), MemberId(Uuid::nil()), PromiseAnswer::ALL[n])).into_iter().collect(),
        ..hidden(number, vec![since(number as i64)])
    }
}

proptest! {
    #[test]
    fn the_reps_score_cannot_tell_who_of_a_batch_said_what_where(
        said in prop::array::uniform3(any_given()),
        by in prop::array::uniform3(any_given()),
        others in prop::array::uniform3(any_given()),
        order in Just([0, 1, 2]).prop_shuffle(),
    ) {
        let known = |order: [usize; 3], by: &[Given; 3]| {
            let three: Vec<Observation> = (0..3).map(|n| given(n, &said[order[n]], &by[n])).collect();
            batches(&three).into_iter().flat_map(Batch::unnamed).collect::<Vec<_>>()
        };
        // Of when they were given only the middle counts.
        let mut by_others = others;
        by_others.iter_mut().zip(&by).for_each(|(other, by)| other.2 = by.2);
        prop_assert_eq!(known([0, 1, 2], &by), known(order, &by_others));
    }

    #[test]
    fn no_arithmetic_with_scores_of_different_days_tells_of_fewer_than_a_batch(
        ratings in prop::collection::vec((0_i64..40, prop::collection::vec((1_i64..15, prop::option::of(1_i64..15)), 0..3)), 0..12),
    ) {
        let decision = |at: i64| Decision { member: MemberId(Uuid::nil()), at: Timestamp(at), note: "seen".into() };
        let all: Vec<Vec<Stay>> = ratings
            .iter()
            .map(|(known, outs)| {
                let mut at = *known;
                let mut exclusions = Vec::new();
                for (out, lifted) in outs {
                    let out = at + out;
                    at = out + lifted.unwrap_or(0);
                    let lifted = lifted.map(|_| decision(at));
                    let is_out = lifted.is_none();
                    exclusions.push(Exclusion { reason: ExclusionReason::Test, by: decision(out), lifted });
                    if is_out { break; }
                }
                stays(Timestamp(*known), &exclusions)
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
