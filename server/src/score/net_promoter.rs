//! The Net Promoter Score: the share of promoters (9 and 10) less that of detractors (0 to 6) among the latest answers of a year.
//!
//! Its interval is the wider of two:
//! - the adjusted Wald interval of Rocks (2016, The American Statistician 70(4), 'Interval Estimation for the Net Promoter Score'): as if
//!   three more had answered, three quarters of one at each extreme;
//! - people of one customer answer alike, so that where a customer has several, the same adjusted score also gets the variance clustered
//!   by customer (Liang and Zeger, 1986) with the small-sample factor and Student's t of Cameron and Miller (2015, 'A Practitioner's
//!   Guide to Cluster-Robust Inference'). One customer alone shows nothing of how customers differ: its people count as one.

use super::{
    estimate::to_tenth,
    rater::{Rater, latest},
    ratings::count,
    ratings::midnight,
};
use app::{
    id::{ContactId, CustomerId, RatingId},
    score::{ANSWERS_FOR_NET_PROMOTER, NetPromoter},
    time::Timestamp,
};
use statrs::distribution::{ContinuousCDF, StudentsT};
use std::collections::BTreeMap;

/// Days that an answer counts.
const DAYS: f64 = 365.0;
/// Answers that the adjusted interval adds, half of them passive.
const ADDED: f64 = 3.0;
/// 97.5 % quantile of the standard normal distribution.
const Z: f64 = 1.959_963_984_540_054;

/// One answer to 'how likely would you recommend us?'.
#[derive(Clone, Debug, PartialEq)]
pub struct Recommendation {
    /// In which rating.
    pub rating: RatingId,
    /// By whom; absent where the meeting was logged without a contact.
    pub contact: Option<ContactId>,
    /// Of which customer.
    pub customer: CustomerId,
    /// When.
    pub given_at: Timestamp,
    /// 0 to 10.
    pub points: u8,
}

/// The score over `answers`, those of one rep's customers, as of the last UTC midnight; nothing where too few people answered.
pub fn net_promoter<'a>(answers: impl IntoIterator<Item = &'a Recommendation>, now: Timestamp) -> Option<NetPromoter> {
    let recent = answers.into_iter().filter(|answer| midnight(now).days_since(answer.given_at) <= DAYS);
    let latest = latest(recent.map(|it| (Rater::of(it.contact, it.customer), it.given_at, it.rating, (it.customer, side(it.points)))));
    let sides: Vec<(CustomerId, f64)> = latest.into_values().collect();
    let answers = count(sides.len());
    if answers < ANSWERS_FOR_NET_PROMOTER {
        return None;
    }
    let (n, sum) = (f64::from(answers), sides.iter().map(|(_, side)| side).sum::<f64>());
    let extremes = sides.iter().map(|(_, side)| side.abs()).sum::<f64>();
    let centre = sum / (n + ADDED);
    let variance = (extremes + ADDED / 2.0) / (n + ADDED) - centre * centre;
    let half_width = (Z * (variance / (n + ADDED)).sqrt()).max(clustered_half_width(&sides, variance));
    let scale = |net: f64| (100.0 * net).clamp(-100.0, 100.0);
    Some(NetPromoter {
        net: to_tenth(scale(sum / n), f64::round),
        low: to_tenth(scale(centre - half_width), f64::floor),
        high: to_tenth(scale(centre + half_width), f64::ceil),
        answers,
    })
}

/// 1 for a promoter, -1 for a detractor.
fn side(points: u8) -> f64 {
    match points {
        0..=6 => -1.0,
        7 | 8 => 0.0,
        _ => 1.0,
    }
}

/// By how customers differ, 0 where each has one answer; `variance` is that of one answer.
fn clustered_half_width(sides: &[(CustomerId, f64)], variance: f64) -> f64 {
    let n = sides.len() as f64;
    let net = sides.iter().map(|(_, side)| side).sum::<f64>() / n;
    let mut customers: BTreeMap<CustomerId, f64> = BTreeMap::new();
    for (customer, side) in sides {
        *customers.entry(*customer).or_default() += side - net;
    }
    match customers.len() {
        1 => return Z * variance.sqrt(),
        customers if customers == sides.len() => return 0.0,
        _ => {}
    }
    let groups = customers.len() as f64;
    let squares: f64 = customers.values().map(|sum| sum * sum).sum();
    let t = StudentsT::new(0.0, 1.0, groups - 1.0).expect("two customers or more").inverse_cdf(0.975);
    t * (squares * groups / (groups - 1.0)).sqrt() / n
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use uuid::Uuid;

    const NOW: Timestamp = Timestamp(1_780_000_000_000);

    /// An answer by a contact of a customer.
    fn answer(id: u128, customer: u128, points: u8, days_ago: i64) -> Recommendation {
        Recommendation {
            rating: RatingId(Uuid::from_u128(id)),
            contact: Some(ContactId(Uuid::from_u128(id))),
            customer: CustomerId(Uuid::from_u128(customer)),
            given_at: NOW.plus_days(-days_ago),
            points,
        }
    }

    /// Each of another customer.
    fn apart(points: &[u8]) -> Vec<Recommendation> {
        points.iter().zip(0..).map(|(points, id)| answer(id, id, *points, 10)).collect()
    }

    #[test]
    fn the_interval_by_hand() {
        // Centre 2/9, variance (4 + 1.5)/9 - (2/9)^2 = 0.5617, half-width 1.96 sqrt(0.5617/9) = 0.4896.
        let it = net_promoter(&apart(&[10, 9, 9, 8, 7, 3]), NOW).expect("enough");
        assert_eq!(it, NetPromoter { net: 33.3, low: -26.8, high: 71.2, answers: 6 });
        // Centre 30/103, variance 71.5/103 - (30/103)^2 = 0.6093, half-width 1.96 sqrt(0.6093/103) = 0.1508.
        let it = net_promoter(&apart(&[[9; 50].as_slice(), &[7; 30], &[6; 20]].concat()), NOW).expect("enough");
        assert_eq!(it, NetPromoter { net: 30.0, low: 14.0, high: 44.3, answers: 100 });
    }

    #[test]
    fn the_latest_answer_of_a_year_counts_from_five_people_on() {
        let mut answers = apart(&[9, 9, 9, 9]);
        assert_eq!(net_promoter(&answers, NOW), None);
        answers.push(answer(9, 9, 9, 400));
        assert_eq!(net_promoter(&answers, NOW), None, "an answer of last year is none");
        answers.push(answer(10, 9, 0, 20));
        assert_eq!(net_promoter(&answers, NOW).map(|it| it.net), Some(60.0));
        answers.push(Recommendation { contact: answers[5].contact, ..answer(11, 9, 10, 5) });
        assert_eq!(net_promoter(&answers, NOW).map(|it| (it.net, it.answers)), Some((100.0, 5)));
    }

    #[test]
    fn people_of_one_customer_say_less_than_as_many_customers() {
        let width = |customers: u128| {
            let answers: Vec<_> =
                (0..24).map(|id| answer(id, id % customers, if (id % customers).is_multiple_of(2) { 9 } else { 5 }, 10)).collect();
            let it = net_promoter(&answers, NOW).expect("enough");
            it.high - it.low
        };
        assert!(width(24) < width(12) && width(12) < width(4), "{} {} {}", width(24), width(12), width(4));
        let one: Vec<_> = (0..24).map(|id| answer(id, 1, 9, 10)).collect();
        assert!(net_promoter(&one, NOW).expect("enough").low < 50.0, "one customer is no crowd");
    }

    /// The share of intervals that hold the truth, with customers that differ by `spread` on a latent scale where one answer varies by 1.
    fn coverage(customers: u128, people: u128, spread: f64) -> f64 {
        let mut random = fastrand::Rng::with_seed(20_260_701);
        let mut normal = || (-2.0 * (1.0 - random.f64()).ln()).sqrt() * (std::f64::consts::TAU * random.f64()).cos();
        // Two in five promote, a quarter detracts.
        let total = (1.0 + spread * spread).sqrt();
        let (promoter, detractor) = (0.253_347 * total, -0.674_490 * total);
        let mut held = 0_u32;
        const ROUNDS: u32 = 600;
        for _ in 0..ROUNDS {
            let mut answers = Vec::new();
            for customer in 0..customers {
                let mood = spread * normal();
                for person in 0..people {
                    let latent = mood + normal();
                    let points = if latent > promoter {
                        9
                    } else if latent < detractor {
                        3
                    } else {
                        7
                    };
                    answers.push(answer(customer * people + person, customer, points, 10));
                }
            }
            let it = net_promoter(&answers, NOW).expect("enough");
            held += u32::from((it.low..=it.high).contains(&15.0));
        }
        f64::from(held) / f64::from(ROUNDS)
    }

    #[test]
    fn intervals_hold_the_truth_as_often_as_they_say_also_where_customers_differ() {
        for (customers, people, spread) in [(8, 1, 0.0), (40, 1, 0.7), (5, 4, 0.7), (12, 5, 1.0), (30, 3, 0.5)] {
            let held = coverage(customers, people, spread);
            assert!(held >= 0.93, "{customers} customers with {people} people, spread {spread}: {held}");
        }
    }

    proptest! {
        #[test]
        fn every_score_lies_on_the_scale_inside_an_interval_with_a_width(drawn in prop::collection::vec((0_u128..6, 0_u8..=10), 5..40)) {
            let answers: Vec<_> = drawn.iter().zip(0..).map(|((customer, points), id)| answer(id, *customer, *points, 10)).collect();
            let it = net_promoter(&answers, NOW).expect("enough");
            prop_assert!(-100.0 <= it.low && it.low < it.high && it.high <= 100.0, "{:?}", it);
            prop_assert!((it.low..=it.high).contains(&it.net), "{:?}", it);
        }
    }
}
