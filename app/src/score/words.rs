//! Scores in words: a number never stands without what it means.

mod beside;
mod effect;
mod exclusion;
mod months;
mod plots;
mod relationship;
mod standing;
mod wish;

use super::{Audience, CUSTOMERS_FOR_MANAGER, Estimate, RATINGS_FOR_MANAGER, ScoreChange};
use crate::survey::Coverage;

pub use beside::*;
pub use effect::*;
pub use exclusion::*;
pub use months::*;
pub use plots::*;
pub use relationship::*;
pub use standing::*;
pub use wish::*;

/// The estimate as a whole number.
pub fn number(estimate: &Estimate) -> String {
    number_of(estimate.value)
}

/// [`number`] of a bare value.
pub fn number_of(value: f64) -> String {
    format!("{value:.0}")
}

/// '76 to 88', rounded outward, so that it never claims more than is known.
pub fn range(estimate: &Estimate) -> String {
    range_of(estimate.low, estimate.high)
}

/// [`range`] of bare ends.
pub fn range_of(low: f64, high: f64) -> String {
    format!("{:.0} to {:.0}", low.floor(), high.ceil())
}

/// A whole number with its sign: '+23', '−10', '0'.
pub fn signed(number: i32) -> String {
    match number {
        0 => "0".to_owned(),
        1.. => format!("+{number}"),
        _ => format!("−{}", number.unsigned_abs()),
    }
}

/// 'likely 76 to 88'.
pub fn likely(estimate: &Estimate) -> String {
    format!("likely {}", range(estimate))
}

/// 'from 14 ratings by 6 customers'.
pub fn sources(ratings: u32, customers: u32) -> String {
    format!("from {}", behind(ratings, customers))
}

/// '14 ratings by 6 customers'.
pub fn behind(ratings: u32, customers: u32) -> String {
    format!("{} by {}", count(ratings, "rating"), count(customers, "customer"))
}

/// 'Listening 82, likely 76 to 88, from 14 ratings by 6 customers'.
pub fn sentence(name: &str, estimate: &Estimate) -> String {
    format!("{name} {}, {}, {}", number(estimate), likely(estimate), sources(estimate.ratings, estimate.customers))
}

/// How the score moved against the quarter before.
pub fn change(change: Option<&ScoreChange>) -> String {
    let Some(change) = change else { return "Too early to compare with the quarter before".to_owned() };
    if !change.is_clear() {
        return "No clear change on the quarter before".to_owned();
    }
    let (direction, least, most) = if change.by > 0.0 { ("Up", change.low, change.high) } else { ("Down", -change.high, -change.low) };
    format!("{direction} on the quarter before, likely by {:.0} to {:.0}", least.floor().max(1.0), most.ceil())
}

/// [`change`] where there is little room: 'no clear change', 'up by 3 to 12'.
pub fn change_short(change: Option<&ScoreChange>) -> String {
    match change {
        None => "too early to compare".to_owned(),
        Some(change) if !change.is_clear() => "no clear change".to_owned(),
        Some(change) if change.by > 0.0 => format!("up by {:.0} to {:.0}", change.low.floor().max(1.0), change.high.ceil()),
        Some(change) => format!("down by {:.0} to {:.0}", (-change.high).floor().max(1.0), (-change.low).ceil()),
    }
}

/// The whole of it: 'Asked 12 of 15 in the last 90 days, 5 of them on your device'.
pub fn coverage(coverage: &Coverage, audience: Audience) -> String {
    let asked = format!("{} in the last 90 days", asked(coverage));
    handed_over(coverage, audience).map_or(asked.clone(), |handed_over| format!("{asked}, {handed_over}"))
}

/// 'Asked 12 of 15': how often customers were asked who were due to be.
pub fn asked(coverage: &Coverage) -> String {
    match coverage.due {
        0 => "Nobody was due to be asked".to_owned(),
        due => format!("Asked {} of {due}", coverage.asked),
    }
}

/// How many answered on the rep's own device, which people may want to know before they trust a number.
fn handed_over(coverage: &Coverage, audience: Audience) -> Option<String> {
    let whose = match audience {
        Audience::Rep => "your",
        Audience::Manager => "the rep’s",
    };
    match (coverage.handed_over, coverage.asked) {
        (0, _) => None,
        (some, all) if some == all => Some(format!("all on {whose} device")),
        (some, _) => Some(format!("{some} of them on {whose} device")),
    }
}

/// What a manager reads before there are enough ratings.
pub fn not_enough_yet(ratings: u32, customers: u32) -> String {
    let have = match ratings {
        0 => "no ratings so far".to_owned(),
        _ => format!("{} so far", behind(ratings, customers)),
    };
    format!("Not enough yet: {have}, shown from {RATINGS_FOR_MANAGER} ratings by {CUSTOMERS_FOR_MANAGER} customers on")
}

/// 'no ratings', '1 rating', '14 ratings'.
pub fn count(number: u32, thing: &str) -> String {
    match number {
        0 => format!("no {thing}s"),
        1 => format!("1 {thing}"),
        _ => format!("{number} {thing}s"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LISTENING: Estimate = Estimate { value: 82.4, low: 76.3, high: 87.6, ratings: 14, customers: 6 };

    #[test]
    fn a_number_comes_with_its_meaning() {
        assert_eq!(sentence("Listening", &LISTENING), "Listening 82, likely 76 to 88, from 14 ratings by 6 customers");
        assert_eq!(sources(1, 1), "from 1 rating by 1 customer");
    }

    #[test]
    fn a_change_is_told_only_when_it_is_clear() {
        let by = |by, low, high| ScoreChange { by, low, high };
        for (moved, words, short) in [
            (None, "Too early to compare with the quarter before", "too early to compare"),
            (Some(by(4.0, -2.0, 10.0)), "No clear change on the quarter before", "no clear change"),
            (Some(by(7.0, 2.6, 11.2)), "Up on the quarter before, likely by 2 to 12", "up by 2 to 12"),
            (Some(by(-7.0, -11.2, -0.4)), "Down on the quarter before, likely by 1 to 12", "down by 1 to 12"),
        ] {
            assert_eq!((change(moved.as_ref()).as_str(), change_short(moved.as_ref()).as_str()), (words, short));
        }
    }

    #[test]
    fn what_is_missing_is_said_and_not_blamed() {
        assert_eq!(not_enough_yet(0, 0), "Not enough yet: no ratings so far, shown from 5 ratings by 3 customers on");
        assert_eq!(not_enough_yet(6, 2), "Not enough yet: 6 ratings by 2 customers so far, shown from 5 ratings by 3 customers on");
    }

    #[test]
    fn coverage_tells_how_often_was_asked_and_how() {
        let of = |asked, due, handed_over| Coverage { asked, due, handed_over };
        assert_eq!(asked(&of(12, 15, 0)), "Asked 12 of 15");
        assert_eq!(asked(&of(0, 0, 0)), "Nobody was due to be asked");
        assert_eq!(coverage(&of(12, 15, 0), Audience::Rep), "Asked 12 of 15 in the last 90 days");
        assert_eq!(coverage(&of(12, 15, 5), Audience::Rep), "Asked 12 of 15 in the last 90 days, 5 of them on your device");
        assert_eq!(coverage(&of(3, 3, 3), Audience::Manager), "Asked 3 of 3 in the last 90 days, all on the rep’s device");
    }
}
