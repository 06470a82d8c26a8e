use super::{Dot, Scale, Tick};
use crate::{
    score::{Period, Span},
    survey::Component,
};
use chrono::{Datelike, NaiveDate};
use std::collections::BTreeMap;

/// A component's means in one part of the organisation, laid out.
#[derive(Clone, Debug, PartialEq)]
pub struct Course {
    /// Lines across that name a value, from the highest.
    pub ticks: Vec<Tick>,
    /// Lines through means that follow each other, as SVG's `points`: over what is not told none is drawn.
    pub lines: Vec<String>,
    /// Means.
    pub dots: Vec<Dot>,
}

/// Lays out what `periods`, oldest first, tell of each component, all on one scale and over the same time.
pub fn courses(periods: &[Period], span: Span) -> BTreeMap<Component, Course> {
    let means = || periods.iter().flat_map(|period| period.components.values()).map(|it| it.mean());
    let scale = Scale::holding(means().fold(100.0, f64::min), means().fold(0.0, f64::max));
    let (Some(first), Some(last)) = (periods.first(), periods.last()) else { return BTreeMap::new() };
    let place = |day: NaiveDate| (day.year() * 12 + day.month0().cast_signed()) / span.months().cast_signed();
    let (first, width) = (place(first.first_day), place(last.first_day) - place(first.first_day));
    // A single one stands in the middle.
    let along = |place: i32| if width == 0 { 50.0 } else { 100.0 * f64::from(place - first) / f64::from(width) };
    let course = |component: &Component| {
        let told: Vec<(i32, f64)> =
            periods.iter().filter_map(|period| Some((place(period.first_day), period.components.get(component)?.mean()))).collect();
        let lines = told.chunk_by(|one, next| next.0 == one.0 + 1).filter(|run| run.len() > 1).map(|run| {
            let points: Vec<String> = run.iter().map(|(place, mean)| format!("{:.2},{:.2}", along(*place), scale.down(*mean))).collect();
            points.join(" ")
        });
        Course {
            ticks: scale.ticks(),
            lines: lines.collect(),
            dots: told.iter().map(|(place, mean)| Dot { x: along(*place), y: scale.down(*mean) }).collect(),
        }
    };
    Component::ALL.iter().map(|component| (*component, course(component))).filter(|(_, course)| !course.dots.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::score::Aggregate;

    fn period(first_day: &str, told: &[(Component, u32)]) -> Period {
        let sum = |(component, sum): &(Component, u32)| (*component, Aggregate { sum: *sum, count: 100, reps: 5, customers: 5 });
        Period { first_day: first_day.parse().expect("a date"), months: 1, components: told.iter().map(sum).collect() }
    }

    #[test]
    fn a_line_joins_only_what_follows_each_other() {
        use Component::{Trust, Value};
        let periods = [
            period("2025-11-01", &[(Trust, 400)]),
            period("2025-12-01", &[(Trust, 440), (Value, 360)]),
            period("2026-03-01", &[(Trust, 400)]),
        ];
        let courses = courses(&periods, Span::Month);
        assert_eq!(courses.keys().copied().collect::<Vec<_>>(), [Trust, Value]);
        assert_eq!(courses[&Trust].lines, ["0.00,50.00 25.00,16.67"]);
        assert_eq!(courses[&Trust].dots.iter().map(|dot| dot.x).collect::<Vec<_>>(), [0.0, 25.0, 100.0]);
        assert_eq!(courses[&Value].lines, Vec::<String>::new());
        assert_eq!(courses[&Value].ticks, courses[&Trust].ticks, "components compare");
    }

    #[test]
    fn quarters_and_years_follow_each_other_too() {
        let quarters = [period("2025-10-01", &[(Component::Trust, 400)]), period("2026-01-01", &[(Component::Trust, 400)])];
        assert_eq!(courses(&quarters, Span::Quarter)[&Component::Trust].lines.len(), 1);
        let years = [period("2025-01-01", &[(Component::Trust, 400)]), period("2026-01-01", &[(Component::Trust, 400)])];
        assert_eq!(courses(&years, Span::Year)[&Component::Trust].lines.len(), 1);
        assert_eq!(
            courses(&years[..1], Span::Year)[&Component::Trust].dots,
            [Dot { x: 50.0, y: courses(&years[..1], Span::Year)[&Component::Trust].dots[0].y }]
        );
        assert!(courses(&[], Span::Month).is_empty());
    }
}
