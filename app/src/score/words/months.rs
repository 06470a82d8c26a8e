//! Months that are over, in words. Of what is not told nothing is said, not even why.

use super::{count, number_of};
use crate::{
    score::{Aggregate, Part, Period, Span},
    survey::Component,
};
use chrono::{Datelike, Month, NaiveDate};

/// 'May 2026', 'April to June 2026', '2026'.
pub fn period(first_day: NaiveDate, span: Span) -> String {
    let name = |month0: u32| Month::try_from(month0 as u8 + 1).map_or("", |month| month.name());
    let (year, month0) = (first_day.year(), first_day.month0());
    match span {
        Span::Month => format!("{} {year}", name(month0)),
        Span::Quarter => format!("{} to {} {year}", name(month0), name(month0 + 2)),
        Span::Year => year.to_string(),
    }
}

/// As people choose it.
pub fn span(span: Span) -> &'static str {
    match span {
        Span::Month => "Months",
        Span::Quarter => "Quarters",
        Span::Year => "Years",
    }
}

/// A part's name; `team` is that of its team, if the phone knows it.
pub fn part(part: Part, team: Option<&str>) -> String {
    match part {
        Part::Organisation => "The whole organisation".to_owned(),
        Part::Team(_) => team.unwrap_or("A former team").to_owned(),
    }
}

/// '78 in May 2026, from 42 ratings by at least 10 customers'.
pub fn aggregate(sum: Aggregate, first_day: NaiveDate, span: Span) -> String {
    let when = period(first_day, span);
    format!("{} in {when}, from {} by at least {} customers", number_of(sum.mean()), count(sum.count, "rating"), sum.customers)
}

/// The whole of a course, for those who do not see it; empty where nothing is told.
pub fn course(component: Component, periods: &[Period], span: Span) -> String {
    let told: Vec<(NaiveDate, f64)> = periods.iter().filter_map(|it| Some((it.first_day, it.components.get(&component)?.mean()))).collect();
    let on = |(first_day, mean): &(NaiveDate, f64)| format!("{} in {}", number_of(*mean), period(*first_day, span));
    let by_mean = |one: &&(NaiveDate, f64), other: &&(NaiveDate, f64)| one.1.total_cmp(&other.1);
    match (told.as_slice(), told.iter().min_by(by_mean), told.iter().max_by(by_mean)) {
        ([only], ..) => format!("{}: {}.", component.label(), on(only)),
        ([first, .., last], Some(lowest), Some(highest)) => {
            let ends = format!("at first {}, at last {}", on(first), on(last));
            format!("{}, {ends}. Lowest was {}, highest {}.", component.label(), on(lowest), on(highest))
        }
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on(day: &str) -> NaiveDate {
        day.parse().expect("a date")
    }

    fn told(first_day: &str, sum: u32) -> Period {
        let sum = Aggregate { sum, count: 10, reps: 5, customers: 5 };
        Period { first_day: on(first_day), months: 1, components: [(Component::Trust, sum)].into() }
    }

    #[test]
    fn spans_have_names() {
        for (span, name) in [(Span::Month, "April 2026"), (Span::Quarter, "April to June 2026"), (Span::Year, "2026")] {
            assert_eq!(period(on("2026-04-01"), span), name);
        }
    }

    #[test]
    fn a_course_is_told_by_its_ends_and_extremes() {
        let periods = [told("2026-01-01", 40), told("2026-02-01", 30), told("2026-04-01", 50)];
        assert_eq!(
            course(Component::Trust, &periods, Span::Month),
            "Trust, at first 75 in January 2026, at last 100 in April 2026. Lowest was 50 in February 2026, highest 100 in April 2026."
        );
        assert_eq!(course(Component::Trust, &periods[..1], Span::Year), "Trust: 75 in 2026.");
        assert_eq!(course(Component::Value, &periods, Span::Month), "");
    }

    #[test]
    fn a_mean_comes_with_what_it_rests_on() {
        let sum = Aggregate { sum: 165, count: 40, reps: 6, customers: 10 };
        assert_eq!(aggregate(sum, on("2026-05-01"), Span::Month), "78 in May 2026, from 40 ratings by at least 10 customers");
    }
}
