use crate::{
    score::{
        PastScore, number_table,
        plot::{self, Change, Dot, Run, Tick, Trend},
        words,
    },
    time::words::short_date,
    ui::{Card, Disclosure},
};
use chrono::NaiveDate;
use leptos::prelude::*;

/// How the overall score went, week by week; nothing before there are two of them.
#[component]
pub(super) fn OverTime(
    /// The score week by week, oldest first.
    past: Vec<PastScore>,
    /// Today.
    today: NaiveDate,
) -> impl IntoView {
    plot::trend(&past).map(|trend| {
        let past = plot::shown(&past);
        let (drawing, key, table) = (drawing(&trend, past, today), words::trend_key(past, today), table(past, today));
        view! {
            <Card title="Over time">
                {drawing}
                <p class="score-note">{key}</p>
                <Disclosure title="The numbers as a table">{table}</Disclosure>
            </Card>
        }
        .into_any()
    })
}

fn drawing(trend: &Trend, past: &[PastScore], today: NaiveDate) -> AnyView {
    let percent = |share: f64| format!("{share:.2}%");
    let value = |tick: &Tick| view! { <text x="100%" y=percent(tick.y)>{tick.value}</text> };
    let across = |tick: &Tick| view! { <line class="trend-value" x1="0" x2="100%" y1=percent(tick.y) y2=percent(tick.y) /> };
    let band = |run: &Run| view! { <polygon class="trend-band" points=run.band.clone() /> };
    let line = |run: &Run| view! { <polyline class="trend-line" points=run.line.clone() /> };
    let change = |it: &Change| view! { <line class="trend-change" x1=percent(it.x) x2=percent(it.x) y1="0" y2="100%" /> };
    let dot = |dot: &Dot| view! { <circle class="trend-dot" cx=percent(dot.x) cy=percent(dot.y) r="0.1875rem" /> };
    let ends = [past.first(), past.last()].into_iter().flatten();
    view! {
        <div class="trend">
            <svg class="trend-scale" aria-hidden="true">{trend.ticks.iter().map(value).collect_view()}</svg>
            <svg class="trend-drawing" role="img" aria-label=words::trend(past, today)>
                {trend.ticks.iter().map(across).collect_view()}
                // Stretched to the room there is; strokes and dots keep their thickness.
                <svg viewBox="0 0 100 100" preserveAspectRatio="none">
                    {trend.runs.iter().map(band).collect_view()}
                    {trend.runs.iter().map(line).collect_view()}
                </svg>
                {trend.changes.iter().map(change).collect_view()}
                {trend.dots.iter().map(dot).collect_view()}
            </svg>
            <div class="trend-days" aria-hidden="true">
                {ends.map(|it| view! { <span>{short_date(it.on, today)}</span> }).collect_view()}
            </div>
        </div>
    }
    .into_any()
}

/// The newest week first: the one that people look for.
fn table(past: &[PastScore], today: NaiveDate) -> AnyView {
    let versions = plot::changes(past).next().is_some();
    let row = |it: &PastScore| {
        let version = versions.then(|| it.formula.to_string());
        let cells = [short_date(it.on, today), words::number_of(it.value), words::range_of(it.low, it.high)];
        cells.into_iter().chain(version).collect()
    };
    let head: &[&str] = if versions { &["Until", "Score", "Likely", "Formula"] } else { &["Until", "Score", "Likely"] };
    let caption = "The overall score at the end of each week".to_owned();
    number_table("The score week by week".to_owned(), caption, head, past.iter().rev().map(row).collect())
}
