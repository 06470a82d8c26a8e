//! Did it move? What customers have rated since an action was taken, against what was known before.
//!
//! The earlier estimate is `N(start, its interval)`, people change by `N(0, CHANGE)`, and the later ratings are the model of the scoring
//! service: `y = rep + customer + person + format + channel + e`. What is told is the change that both leave likely.

use super::Start;
use crate::{
    id::{ContactId, CustomerId, MeetingId},
    meeting::{Channel, MeetingFormat},
    score::{PER_POINT, ScoreChange, Spread, scale},
};
use std::collections::BTreeMap;

/// Later ratings before anything is said.
pub const RATINGS_TO_TELL: usize = 3;

/// How much people change, as a standard deviation in points of 100: half a point of five, as the trend's windows believe before any rating.
const CHANGE: f64 = 0.5 * PER_POINT;
/// What format and channel do to ratings, each: known to the scoring service as 0.3 points of five.
const SETTING: f64 = 0.3 * PER_POINT;
/// Standard deviations on both sides of the middle that hold 95 % of a normal distribution.
const HOLDS_95: f64 = 1.959_963_984_540_054;
/// The least deviation reckoned with: a tenth of a point, so that nothing is ever certain.
const DEVIATION_MIN: f64 = 0.1;

/// A rating of the component, of a meeting after the action was taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Later {
    /// Of which meeting; its ratings together count as less than as many of different ones.
    pub meeting: MeetingId,
    /// By which customer.
    pub customer: CustomerId,
    /// By whom there.
    pub contact: Option<ContactId>,
    /// What the meeting was for, if known.
    pub format: Option<MeetingFormat>,
    /// How people met, if known.
    pub channel: Option<Channel>,
    /// 1 to 5.
    pub point: u8,
}

/// Whether a component moved since an action was taken.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Moved {
    /// Only so many of [`RATINGS_TO_TELL`] ratings have come since.
    TooEarly(usize),
    /// By how much, in points of 100, from so many later ratings. 'No clear change' is the usual and honest answer.
    Told(ScoreChange, usize),
}

/// What `later` ratings say about the change since `start`, where single ratings scatter by `spread`.
pub fn did_it_move(start: &Start, later: &[Later], spread: Spread) -> Moved {
    if later.len() < RATINGS_TO_TELL {
        return Moved::TooEarly(later.len());
    }
    // The wider half: at an end of the scale an interval is cut off.
    let before = ((start.high - start.value).max(start.value - start.low) / HOLDS_95).max(DEVIATION_MIN);
    let weights = weights(later, spread);
    let mean: f64 = later.iter().zip(&weights.of_each).map(|(rating, weight)| weight * scale(rating.point.into())).sum();
    let settings = SETTING.powi(2)
        * (concentration(later, &weights.of_each, |rating| rating.format)
            + concentration(later, &weights.of_each, |rating| rating.channel));
    let unsure = before.powi(2) + weights.variance + settings;
    let drawn = CHANGE.powi(2) / (CHANGE.powi(2) + unsure);
    let (by, half) = (drawn * (mean - start.value), HOLDS_95 * (drawn * unsure).sqrt());
    Moved::Told(ScoreChange { by, low: by - half, high: by + half }, later.len())
}

/// What each rating weighs in the mean of all, and the variance of that mean around what the rep's customers think on average.
struct Weights {
    of_each: Vec<f64>,
    variance: f64,
}

/// Generalised least squares for ratings by people in customers: whoever rates often says less each time.
fn weights(later: &[Later], spread: Spread) -> Weights {
    let (customer, residual) = (spread.customer.max(DEVIATION_MIN).powi(2), spread.residual.max(DEVIATION_MIN).powi(2));
    let mut of_meeting: BTreeMap<MeetingId, usize> = BTreeMap::new();
    for rating in later {
        *of_meeting.entry(rating.meeting).or_default() += 1;
    }
    // As the scoring service has it: the m ratings of one meeting count 2/(m+1) each.
    let precision = |rating: &Later| 2.0 / (of_meeting[&rating.meeting] as f64 + 1.0) / residual;
    let mut people: BTreeMap<(CustomerId, Option<ContactId>), f64> = BTreeMap::new();
    for rating in later {
        *people.entry((rating.customer, rating.contact)).or_default() += precision(rating);
    }
    let of_person = |person: f64| 1.0 / (customer + 1.0 / person);
    let mut customers: BTreeMap<CustomerId, f64> = BTreeMap::new();
    for ((of, _), person) in &people {
        *customers.entry(*of).or_default() += of_person(*person);
    }
    let of_customer = |people: f64| 1.0 / (customer + 1.0 / people);
    let total: f64 = customers.values().map(|people| of_customer(*people)).sum();
    let weight = |rating: &Later| {
        let (person, there) = (people[&(rating.customer, rating.contact)], customers[&rating.customer]);
        of_customer(there) / total * of_person(person) / there * precision(rating) / person
    };
    Weights { of_each: later.iter().map(weight).collect(), variance: 1.0 / total }
}

/// How much of the mean rests on one kind: 1 where all ratings are of one, less where they are of several; what is not known counts nothing.
fn concentration<K: Ord>(later: &[Later], weights: &[f64], kind: impl Fn(&Later) -> Option<K>) -> f64 {
    let mut shares: BTreeMap<K, f64> = BTreeMap::new();
    for (rating, weight) in later.iter().zip(weights) {
        if let Some(kind) = kind(rating) {
            *shares.entry(kind).or_default() += weight;
        }
    }
    shares.values().map(|share| share.powi(2)).sum()
}

#[cfg(test)]
mod tests;
