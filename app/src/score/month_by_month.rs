use crate::{
    id::TeamId,
    score::{
        Aggregate, Month, Part, Period, Span, number_table, parts_of, periods,
        plot::{self, Course, Dot, Tick},
        words,
    },
    survey::Component,
    text,
    ui::{Card, Choice, Disclosure, Segmented},
};
use leptos::prelude::*;
use std::{collections::BTreeMap, sync::Arc};

/// What customers answered in months that are over: averages of teams and of the organisation, teams by name and in no other order.
#[component]
pub fn MonthByMonth(
    /// What the reader is shown of each month.
    #[prop(into)]
    months: Signal<Vec<Arc<Month>>>,
    /// The teams' names.
    #[prop(into)]
    teams: Signal<BTreeMap<TeamId, String>>,
) -> impl IntoView {
    let span = RwSignal::new(Span::Month);
    let spans = Span::ALL.map(|span| Choice::new(span, words::span(span))).to_vec();
    let cards = move || {
        let (months, teams, span) = (months.get(), teams.get(), span.get());
        let months = || months.iter().map(Arc::as_ref);
        let name = |part: Part| match part {
            Part::Organisation => words::part(part, None),
            Part::Team(team) => words::part(part, teams.get(&team).map(String::as_str)),
        };
        let mut parts: Vec<(Part, String)> = parts_of(months()).into_iter().map(|part| (part, name(part))).collect();
        parts.sort_by_cached_key(|(part, name)| (*part == Part::Organisation, text::alphabetical(name), *part));
        let card = |(part, name)| view! { <PartCard name periods=periods(months(), part, span) span /> };
        parts.into_iter().map(card).collect_view()
    };
    view! {
        <p class="score-note">
            "Averages of what customers answered, from 0, not at all, to 100, completely. A month comes here when it is over and never changes \
             after that. Averages always tell of five people or more."
        </p>
        <Segmented name="span" legend="Add up to" options=spans value=span />
        {cards}
    }
}

/// One part of the organisation: each component's course, and all numbers as a table.
#[component]
fn PartCard(name: String, periods: Vec<Period>, span: Span) -> impl IntoView {
    let courses = plot::courses(&periods, span);
    let table = table(&name, &periods, span);
    let courses = courses.into_iter().map(|(component, course)| component_course(component, &course, &periods, span)).collect_view();
    view! {
        <Card title=name>
            {courses}
            <Disclosure title="The numbers as a table">{table}</Disclosure>
        </Card>
    }
}

fn component_course(component: Component, course: &Course, periods: &[Period], span: Span) -> AnyView {
    let last = periods.iter().rev().find_map(|period| Some(words::aggregate(*period.components.get(&component)?, period.first_day, span)));
    view! {
        <div class="month-course">
            <h3>{component.label()}</h3>
            <p class="score-note">{last}"."</p>
            {drawing(course, words::course(component, periods, span), periods, span)}
        </div>
    }
    .into_any()
}

fn drawing(course: &Course, label: String, periods: &[Period], span: Span) -> AnyView {
    let percent = |share: f64| format!("{share:.2}%");
    let value = |tick: &Tick| view! { <text x="100%" y=percent(tick.y)>{tick.value}</text> };
    let across = |tick: &Tick| view! { <line class="trend-value" x1="0" x2="100%" y1=percent(tick.y) y2=percent(tick.y) /> };
    let line = |points: &String| view! { <polyline class="trend-line" points=points.clone() /> };
    let dot = |dot: &Dot| view! { <circle class="trend-dot" cx=percent(dot.x) cy=percent(dot.y) r="0.25rem" /> };
    let ends = match periods {
        [first, .., last] => vec![first, last],
        _ => Vec::new(),
    };
    view! {
        <div class="trend">
            <svg class="trend-scale" aria-hidden="true">{course.ticks.iter().map(value).collect_view()}</svg>
            <svg class="trend-drawing" role="img" aria-label=label>
                {course.ticks.iter().map(across).collect_view()}
                // Stretched to the room there is; strokes and dots keep their thickness.
                <svg viewBox="0 0 100 100" preserveAspectRatio="none">{course.lines.iter().map(line).collect_view()}</svg>
                {course.dots.iter().map(dot).collect_view()}
            </svg>
            <div class="trend-days" aria-hidden="true">
                {ends.into_iter().map(|it| view! { <span>{words::period(it.first_day, span)}</span> }).collect_view()}
            </div>
        </div>
    }
    .into_any()
}

/// The newest first: the one that people look for.
fn table(name: &str, periods: &[Period], span: Span) -> AnyView {
    let row = |period: &Period| {
        let when = words::period(period.first_day, span);
        let row = move |(component, sum): (&Component, &Aggregate)| {
            let numbers = [words::number_of(sum.mean()), sum.count.to_string(), format!("{} or more", sum.customers)];
            [when.clone(), component.label().to_owned()].into_iter().chain(numbers).collect::<Vec<_>>()
        };
        period.components.iter().map(row).collect::<Vec<_>>()
    };
    let label = format!("{name}, the numbers");
    let caption = format!("{name}: averages from 0, not at all, to 100, completely");
    number_table(label, caption, &["When", "What", "Average", "Ratings", "Customers"], periods.iter().rev().flat_map(row).collect())
}
