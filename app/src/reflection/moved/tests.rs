use super::*;
use crate::time::Timestamp;
use proptest::prelude::*;
use std::f64::consts::TAU;
use uuid::Uuid;

const SPREAD: Spread = Spread { customer: 10.0, residual: 16.0 };

fn start(value: f64, half: f64) -> Start {
    Start { at: Timestamp(0), value, low: value - half, high: value + half }
}

/// Rating `n`, of a meeting of its own, by somebody of customer `of`.
fn rating(n: u128, of: u128, point: u8) -> Later {
    Later {
        meeting: MeetingId(Uuid::from_u128(n)),
        customer: CustomerId(Uuid::from_u128(of)),
        contact: Some(ContactId(Uuid::from_u128(of))),
        format: None,
        channel: None,
        point,
    }
}

/// One rating with each of `points`, each by another customer.
fn by_different(points: &[u8]) -> Vec<Later> {
    (1..).zip(points).map(|(n, point)| rating(n, n, *point)).collect()
}

fn told(start: &Start, later: &[Later]) -> ScoreChange {
    match did_it_move(start, later, SPREAD) {
        Moved::Told(change, ratings) => {
            assert_eq!(ratings, later.len());
            change
        }
        Moved::TooEarly(ratings) => panic!("{ratings} ratings are enough"),
    }
}

#[test]
fn nothing_is_said_before_three_ratings() {
    let start = start(70.0, 8.0);
    assert_eq!(did_it_move(&start, &[], SPREAD), Moved::TooEarly(0));
    assert_eq!(did_it_move(&start, &by_different(&[5, 5]), SPREAD), Moved::TooEarly(2));
    assert!(matches!(did_it_move(&start, &by_different(&[5, 5, 5]), SPREAD), Moved::Told(_, 3)));
}

#[test]
fn a_change_is_clear_only_when_the_ratings_leave_no_doubt() {
    for (points, clear) in [
        (vec![4, 4, 4], false),
        (vec![5, 5, 5], false),
        (vec![5, 4, 3, 5, 4], false),
        ([5].repeat(20), true),
        ([1].repeat(12), true),
        ([4].repeat(20), false),
    ] {
        let change = told(&start(70.0, 8.0), &by_different(&points));
        assert_eq!(change.is_clear(), clear, "{points:?}: {change:?}");
    }
}

#[test]
fn ratings_as_usual_after_a_very_low_one_are_no_improvement() {
    // The estimate stood at 70 with the rating of 1 that gave rise to the action in it; three of 4 are what was to be expected anyhow.
    let change = told(&start(70.0, 8.0), &by_different(&[4, 4, 4]));
    assert!(!change.is_clear() && change.by < 3.0, "{change:?}");
}

#[test]
fn one_person_six_times_says_less_than_six_people_and_one_meeting_less_than_six() {
    let width = |later: &[Later]| told(&start(50.0, 6.0), later).high - told(&start(50.0, 6.0), later).low;
    let people = by_different(&[4; 6]);
    let one_person: Vec<Later> = (1..=6).map(|n| rating(n, 1, 4)).collect();
    let one_meeting: Vec<Later> = people.iter().map(|it| Later { meeting: MeetingId(Uuid::nil()), ..*it }).collect();
    assert!(width(&one_person) > width(&people));
    assert!(width(&one_meeting) > width(&people));
}

#[test]
fn ratings_of_one_kind_of_meeting_may_owe_it_to_the_kind() {
    let width = |format: fn(usize) -> MeetingFormat| {
        let later: Vec<Later> =
            by_different(&[5; 10]).into_iter().enumerate().map(|(n, it)| Later { format: Some(format(n)), ..it }).collect();
        let change = told(&start(50.0, 6.0), &later);
        change.high - change.low
    };
    assert!(width(|_| MeetingFormat::Discovery) > width(|n| MeetingFormat::ALL[n % 5]));
}

fn any_later() -> impl Strategy<Value = Vec<Later>> {
    let one = (0_u128..8, 0_u128..4, 0_u128..3, prop::option::of(0_usize..5), 1_u8..=5);
    let later = |(meeting, of, contact, format, point): (u128, u128, u128, Option<usize>, u8)| Later {
        meeting: MeetingId(Uuid::from_u128(meeting)),
        contact: (contact > 0).then_some(ContactId(Uuid::from_u128(10 * of + contact))),
        format: format.map(|place| MeetingFormat::ALL[place]),
        channel: format.map(|_| Channel::Video),
        ..rating(0, of, point)
    };
    prop::collection::vec(one.prop_map(later), RATINGS_TO_TELL..30)
}

proptest! {
    #[test]
    fn weights_sum_to_one_and_their_variance_is_that_of_the_mean(later in any_later()) {
        let Weights { of_each, variance } = weights(&later, SPREAD);
        prop_assert!((of_each.iter().sum::<f64>() - 1.0).abs() < 1e-9);
        // Written out: the covariance of every two ratings, weighed.
        let mut sum = 0.0;
        for (one, a) in later.iter().zip(&of_each) {
            let mates = later.iter().filter(|it| it.meeting == one.meeting).count() as f64;
            sum += a * a * SPREAD.residual.powi(2) * (mates + 1.0) / 2.0;
            for (other, b) in later.iter().zip(&of_each) {
                let customer = one.customer == other.customer;
                let shared = f64::from(u8::from(customer)) + f64::from(u8::from(customer && one.contact == other.contact));
                sum += a * b * shared * SPREAD.customer.powi(2);
            }
        }
        prop_assert!((variance - sum).abs() < 1e-6 * sum, "{variance} {sum}");
    }

    #[test]
    fn the_order_of_ratings_does_not_matter(later in any_later(), value in 0.0_f64..100.0) {
        let reversed: Vec<Later> = later.iter().rev().copied().collect();
        let (one, other) = (told(&start(value, 9.0), &later), told(&start(value, 9.0), &reversed));
        prop_assert!((one.by - other.by).abs() < 1e-9 && (one.low - other.low).abs() < 1e-9);
    }

    #[test]
    fn the_change_is_drawn_toward_none_and_lies_inside_an_interval_with_a_width(later in any_later(), value in 0.0_f64..100.0, half in 0.0_f64..40.0) {
        let change = told(&start(value, half), &later);
        let weights = weights(&later, SPREAD).of_each;
        let mean: f64 = later.iter().zip(weights).map(|(it, weight)| weight * scale(it.point.into())).sum();
        prop_assert!(change.by.abs() <= (mean - value).abs() + 1e-9, "{change:?} {mean}");
        prop_assert!(change.low < change.by && change.by < change.high, "{change:?}");
    }

    #[test]
    fn whoever_was_known_better_before_is_told_more_exactly(later in any_later(), half in 0.0_f64..40.0) {
        let width = |half: f64| { let change = told(&start(50.0, half), &later); change.high - change.low };
        prop_assert!(width(half) <= width(half + 5.0) + 1e-9);
    }
}

/// Numbers that look drawn at random, the same every time.
struct Draws(u64);

impl Draws {
    fn uniform(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((bits ^ (bits >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
    }

    fn normal(&mut self, deviation: f64) -> f64 {
        deviation * (-2.0 * (1.0 - self.uniform()).ln()).sqrt() * (TAU * self.uniform()).cos()
    }
}

/// Of organisations whose truth is known, how often the interval holds the change that there was. Ratings are left unrounded by drawing
/// around the middle of the scale with steps: rounding to five points is part of the residual.
#[test]
fn intervals_hold_the_truth_as_often_as_they_say() {
    let mut draws = Draws(7);
    let (mut held, mut clear_by_chance, mut unchanged) = (0, 0, 0);
    const TIMES: usize = 4_000;
    for nth in 0..TIMES {
        let (before, deviation) = (50.0 + draws.normal(6.0), 4.0);
        let start = start(before + draws.normal(deviation), HOLDS_95 * deviation);
        // Every other one does not change at all.
        let change = if nth % 2 == 0 { 0.0 } else { draws.normal(CHANGE * 2.0_f64.sqrt()) };
        let formats: Vec<f64> = (0..5).map(|_| draws.normal(SETTING)).collect();
        let mut later = Vec::new();
        for of in 0..3 {
            let customer = draws.normal(SPREAD.customer);
            let person = draws.normal(SPREAD.customer);
            for _ in 0..2 {
                let format = (draws.uniform() * 5.0) as usize;
                let truth = before + change + customer + person + formats[format] + draws.normal(SPREAD.residual);
                let point = (truth / PER_POINT + 1.0).round().clamp(1.0, 5.0) as u8;
                later.push(Later { format: Some(MeetingFormat::ALL[format]), ..rating(later.len() as u128, of, point) });
            }
        }
        let told = told(&start, &later);
        held += usize::from((told.low..=told.high).contains(&change));
        unchanged += usize::from(nth % 2 == 0);
        clear_by_chance += usize::from(nth % 2 == 0 && told.is_clear());
    }
    let (share, wrong) = (held as f64 / TIMES as f64, clear_by_chance as f64 / unchanged as f64);
    assert!(share > 0.93, "{share} of the intervals hold the change");
    assert!(wrong < 0.05, "{wrong} of those who did not change are told that they did");
}
