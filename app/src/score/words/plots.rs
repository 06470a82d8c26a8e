//! What the plots show, as sentences for those who do not see them.

use super::{count, number_of, range_of};
use crate::{
    score::{
        PastScore,
        plot::{self, Bar},
    },
    survey::{Component, wording},
    time::words::{capitalised, short_date},
};
use chrono::NaiveDate;

/// The whole of a trend; `past` is what is drawn, oldest first.
pub fn trend(past: &[PastScore], today: NaiveDate) -> String {
    let on = |it: &PastScore| short_date(it.on, today);
    let estimate = |it: &PastScore| format!("{}, likely {}", number_of(it.value), range_of(it.low, it.high));
    let (Some(first), Some(last)) = (past.first(), past.last()) else { return String::new() };
    let by_value = |one: &&PastScore, other: &&PastScore| one.value.total_cmp(&other.value);
    let (Some(lowest), Some(highest)) = (past.iter().min_by(by_value), past.iter().max_by(by_value)) else { return String::new() };
    let changes: String = plot::changes(past).map(|it| format!(" {}.", capitalised(&version(it, today)))).collect();
    format!(
        "The overall score week by week, from {} to {}. At first {}; at last {}. Lowest was {} on {}, highest {} on {}.{changes}",
        on(first),
        on(last),
        estimate(first),
        estimate(last),
        number_of(lowest.value),
        on(lowest),
        number_of(highest.value),
        on(highest),
    )
}

/// What the marks of a trend mean, for those who see them.
pub fn trend_key(past: &[PastScore], today: NaiveDate) -> String {
    let changes: Vec<String> = plot::changes(past).map(|it| version(it, today)).collect();
    let dashed = if changes.is_empty() { String::new() } else { format!(" Dashed: {}.", changes.join(", ")) };
    format!("Line: the best guess, week by week. Shaded: where it likely lies.{dashed}")
}

/// 'from 3 May on by version 2 of the formula'.
fn version(from: &PastScore, today: NaiveDate) -> String {
    format!("from {} on by version {} of the formula", short_date(from.on, today), from.formula)
}

/// 'Listening, 14 ratings: Completely 5, Mostly 6, Partly 2, A little 1, Not at all none'.
pub fn distribution(component: Component, bars: &[Bar]) -> String {
    let times = |count: u32| if count == 0 { "none".to_owned() } else { count.to_string() };
    let each: Vec<String> = bars.iter().map(|bar| format!("{} {}", point(bar.point), times(bar.count))).collect();
    format!("{}, {}: {}", component.label(), count(bars.iter().map(|bar| bar.count).sum(), "rating"), each.join(", "))
}

/// As customers read the point; empty for what is none.
pub fn point(point: u8) -> &'static str {
    usize::from(point).checked_sub(1).and_then(|place| wording::POINTS.get(place)).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on(date: &str) -> NaiveDate {
        date.parse().expect("a date")
    }

    #[test]
    fn a_trend_is_told_by_its_ends_and_extremes() {
        let week = |date, value: f64, formula| PastScore { on: on(date), value, low: value - 9.6, high: value + 9.6, formula };
        let past = [week("2025-12-28", 68.0, 1), week("2026-01-04", 66.2, 1), week("2026-01-11", 74.0, 2)];
        assert_eq!(
            trend(&past, on("2026-01-12")),
            "The overall score week by week, from 28 Dec 2025 to 11 Jan. At first 68, likely 58 to 78; at last 74, likely 64 to 84. \
             Lowest was 66 on 4 Jan, highest 74 on 11 Jan. From 11 Jan on by version 2 of the formula."
        );
        assert!(trend_key(&past, on("2026-01-12")).ends_with(" Dashed: from 11 Jan on by version 2 of the formula."));
        assert!(trend_key(&past[..2], on("2026-01-12")).ends_with("where it likely lies."));
    }

    #[test]
    fn a_distribution_is_told_from_the_best_point() {
        let bars = plot::distribution([5, 4, 4, 2]).expect("enough");
        assert_eq!(
            distribution(Component::Trust, &bars),
            "Trust, 4 ratings: Completely 1, Mostly 2, Partly none, A little 1, Not at all none"
        );
    }
}
