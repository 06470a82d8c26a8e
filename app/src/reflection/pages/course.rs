use crate::{
    browser::{clock, hints},
    day::Day,
    reflection::{Tap, Tapped, course, course_words, tap_scale, tap_words, tapped_words, taps},
    score::number_table,
    sync::Phone,
    time::words::{date, short_date},
    ui::{Card, Disclosure, Leave, Page, Switch},
};
use chrono::NaiveDate;
use leptos::prelude::*;
use std::sync::Arc;

/// How it was for oneself over the last quarter: only for those who want to see it, and for nobody else.
#[component]
pub(super) fn OwnCourse() -> impl IntoView {
    let (phone, today) = (Phone::get(), Day::today());
    let member = phone.me().to_string();
    let wanted = RwSignal::new(hints::wants_taps(&member));
    Effect::watch(move || wanted.get(), move |wanted, _, _| hints::want_taps(&member, *wanted), false);
    let told = phone.derive(move |replica| {
        let own = || replica.reflections.values().filter(|it| it.author == phone.me()).map(Arc::as_ref);
        Tapped::ALL.map(|tapped| taps(own(), tapped, today.get(), clock::offset_minutes()))
    });
    let courses = move || {
        let told = Tapped::ALL.into_iter().zip(told.get());
        told.map(|(tapped, taps)| view! { <TappedCourse tapped taps today=today.get() /> }).collect_view()
    };
    view! {
        <Page title="How it was for me" leave=Leave::Back("/app/reflections".to_owned())>
            <Card>
                <Switch
                    name="taps"
                    label="Ask me when I reflect"
                    hint="Energy, confidence and mood, a tap each. What you tap is part of your reflection: only yours until you share that."
                    value=wanted
                />
            </Card>
            {courses}
        </Page>
    }
}

/// One of the three: a line through the taps, and the same as words and as a table.
#[component]
fn TappedCourse(tapped: Tapped, taps: Vec<Tap>, today: NaiveDate) -> impl IntoView {
    let name = tapped_words(tapped);
    let scale = tap_scale(tapped);
    let drawn = course(&taps).map(|course| {
        let offset = clock::offset_minutes();
        let percent = |share: f64| format!("{share:.2}%");
        let dot = |(x, y): (f64, f64)| view! { <circle class="trend-dot" cx=percent(x) cy=percent(y) r="0.1875rem" /> };
        let across = |y: f64| view! { <line class="trend-value" x1="0" x2="100%" y1=percent(y) y2=percent(y) /> };
        let days = [taps.first(), taps.last()].into_iter().flatten().map(|tap| short_date(tap.at.date_at(offset), today));
        let row = |tap: &Tap| vec![date(tap.at.date_at(offset), today), tap_words(scale, tap.value).to_owned()];
        let rows = taps.iter().rev().map(row).collect();
        view! {
            <div class="tap-course">
                <p class="aside" aria-hidden="true">{scale[4]}</p>
                <svg class="trend-drawing" role="img" aria-label=course_words(tapped, &taps, today, offset)>
                    {[0.0, 50.0, 100.0].map(across).collect_view()}
                    <svg viewBox="0 0 100 100" preserveAspectRatio="none">
                        <polyline class="trend-line" points=course.line />
                    </svg>
                    {course.dots.into_iter().map(dot).collect_view()}
                </svg>
                <p class="aside" aria-hidden="true">{scale[0]}</p>
                <div class="trend-days" aria-hidden="true">{days.map(|day| view! { <span>{day}</span> }).collect_view()}</div>
            </div>
            <Disclosure title=format!("{name} as a table")>
                {number_table(format!("{name} by day"), format!("{name}, the latest first"), &["Day", "How it was"], rows)}
            </Disclosure>
        }
    });
    let too_few = drawn.is_none().then(|| view! { <p class="aside">"Drawn from three taps on, over the last three months."</p> });
    view! { <Card title=name>{drawn} {too_few}</Card> }
}
