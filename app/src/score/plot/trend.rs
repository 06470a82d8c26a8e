use super::{Scale, Tick};
use crate::score::PastScore;
use chrono::NaiveDate;

/// Weeks that a trend shows: a year and both its ends.
pub const WEEKS_SHOWN: usize = 53;

/// Weeks up to which each has a dot; of more only those that something is said about.
const DOTS_MAX: usize = 27;

/// A course over time, laid out.
#[derive(Clone, Debug, PartialEq)]
pub struct Trend {
    /// Lines across that name a value, from the highest.
    pub ticks: Vec<Tick>,
    /// Stretches by one version of the formula each, oldest first: two versions are not joined by a line.
    pub runs: Vec<Run>,
    /// Estimates.
    pub dots: Vec<Dot>,
    /// Where another version of the formula begins.
    pub changes: Vec<Change>,
}

/// One stretch, as SVG's `points`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// The outline of the intervals.
    pub band: String,
    /// The line through the estimates.
    pub line: String,
}

/// One estimate.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Dot {
    /// How far along.
    pub x: f64,
    /// How far down.
    pub y: f64,
}

/// The begin of another version of the formula.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Change {
    /// How far along.
    pub x: f64,
    /// From which day on.
    pub on: NaiveDate,
    /// Which version.
    pub formula: u32,
}

/// The part of `past` that is shown.
pub fn shown(past: &[PastScore]) -> &[PastScore] {
    &past[past.len().saturating_sub(WEEKS_SHOWN)..]
}

/// The begins of other versions than the first, in `past`.
pub fn changes(past: &[PastScore]) -> impl Iterator<Item = &PastScore> {
    past.windows(2).filter(|pair| pair[0].formula != pair[1].formula).map(|pair| &pair[1])
}

/// Lays out the last year of `past`, oldest first; nothing while there is no time between its ends.
pub fn trend(past: &[PastScore]) -> Option<Trend> {
    let past = shown(past);
    let (first, last) = (past.first()?.on, past.last()?.on);
    let days = (last - first).num_days();
    if days <= 0 {
        return None;
    }
    let scale = Scale::over(past);
    let along = |on: NaiveDate| 100.0 * (on - first).num_days() as f64 / days as f64;
    let at = |it: &PastScore| Dot { x: along(it.on), y: scale.down(it.value) };
    let begins = |place: usize| place > 0 && past[place - 1].formula != past[place].formula;
    let is_dotted = |place: usize| past.len() <= DOTS_MAX || place == 0 || place == past.len() - 1 || begins(place);
    Some(Trend {
        ticks: scale.ticks(),
        runs: past.chunk_by(|one, next| one.formula == next.formula).map(|run| lay_out(run, &scale, &along)).collect(),
        dots: past.iter().enumerate().filter(|(place, _)| is_dotted(*place)).map(|(_, it)| at(it)).collect(),
        changes: changes(past).map(|it| Change { x: along(it.on), on: it.on, formula: it.formula }).collect(),
    })
}

/// How wide the interval of a week without neighbours is drawn.
const ALONE: f64 = 1.5;

fn lay_out(run: &[PastScore], scale: &Scale, along: &impl Fn(NaiveDate) -> f64) -> Run {
    let point = |x: f64, value: f64| format!("{x:.2},{:.2}", scale.down(value));
    let line: Vec<String> = run.iter().map(|it| point(along(it.on), it.value)).collect();
    let half = if run.len() == 1 { ALONE / 2.0 } else { 0.0 };
    let edges: Vec<(f64, &PastScore)> = match run {
        [only] => vec![(along(only.on) - half, only), (along(only.on) + half, only)],
        _ => run.iter().map(|it| (along(it.on), it)).collect(),
    };
    let above = edges.iter().map(|(x, it)| point(*x, it.high));
    let below = edges.iter().rev().map(|(x, it)| point(*x, it.low));
    Run { band: above.chain(below).collect::<Vec<_>>().join(" "), line: line.join(" ") }
}

impl Scale {
    fn over(past: &[PastScore]) -> Self {
        let low = past.iter().map(|it| it.low.min(it.value)).fold(100.0, f64::min);
        let high = past.iter().map(|it| it.high.max(it.value)).fold(0.0, f64::max);
        Self::holding(low, high)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn week(on: &str, value: f64, formula: u32) -> PastScore {
        PastScore { on: on.parse().expect("a date"), value, low: value - 10.0, high: value + 10.0, formula }
    }

    fn weeks(count: u64, formula: impl Fn(u64) -> u32) -> Vec<PastScore> {
        let first: NaiveDate = "2026-01-04".parse().expect("a date");
        (0..count).map(|nth| PastScore { on: first + chrono::Days::new(7 * nth), ..week("2026-01-04", 70.0, formula(nth)) }).collect()
    }

    #[test]
    fn marks_go_where_days_and_values_are() {
        let trend = trend(&[week("2026-05-03", 70.0, 1), week("2026-05-10", 75.0, 1), week("2026-05-31", 70.0, 1)]).expect("a trend");
        assert_eq!(
            trend.ticks.iter().map(|tick| (tick.value, tick.y)).collect::<Vec<_>>(),
            [(90, 0.0), (80, 100.0 / 3.0), (70, 200.0 / 3.0), (60, 100.0)]
        );
        assert_eq!(trend.dots.iter().map(|dot| (dot.x, dot.y.round())).collect::<Vec<_>>(), [(0.0, 67.0), (25.0, 50.0), (100.0, 67.0)]);
        assert_eq!(trend.runs.len(), 1);
        assert_eq!(trend.runs[0].line, "0.00,66.67 25.00,50.00 100.00,66.67");
        assert_eq!(trend.runs[0].band, "0.00,33.33 25.00,16.67 100.00,33.33 100.00,100.00 25.00,83.33 0.00,100.00");
    }

    #[test]
    fn one_day_is_no_trend() {
        assert_eq!(trend(&[]), None);
        assert_eq!(trend(&[week("2026-05-03", 70.0, 1)]), None);
    }

    #[test]
    fn another_version_begins_another_line() {
        let past = [week("2026-05-03", 70.0, 1), week("2026-05-10", 71.0, 1), week("2026-05-17", 64.0, 2)];
        let trend = trend(&past).expect("a trend");
        assert_eq!(trend.changes, [Change { x: 100.0, on: past[2].on, formula: 2 }]);
        assert_eq!(trend.runs.len(), 2);
        assert_eq!(trend.runs[1].band.split(' ').count(), 4, "a week alone still shows its interval");
    }

    #[test]
    fn the_scale_is_calm_and_names_few_values() {
        for (low, high, values) in [
            (72.0, 74.0, vec![90, 80, 70]),
            (93.0, 99.0, vec![100, 90, 80]),
            (0.0, 4.0, vec![20, 10, 0]),
            (41.0, 88.0, vec![100, 80, 60, 40]),
            (5.0, 95.0, vec![100, 50, 0]),
        ] {
            let past = [PastScore { low, high, ..week("2026-05-03", low, 1) }];
            assert_eq!(Scale::over(&past).ticks().iter().map(|tick| tick.value).collect::<Vec<_>>(), values, "{low} to {high}");
        }
    }

    #[test]
    fn a_long_past_shows_its_last_year_and_few_dots() {
        let past = weeks(80, |nth| if nth < 70 { 1 } else { 2 });
        assert_eq!(shown(&past).len(), WEEKS_SHOWN);
        let trend = trend(&past).expect("a trend");
        assert_eq!(trend.dots.len(), 3, "both ends and where the formula changed");
        assert_eq!(trend.runs.len(), 2);
        assert_eq!(super::trend(&weeks(12, |_| 1)).expect("a trend").dots.len(), 12);
    }
}
