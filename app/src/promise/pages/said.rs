use crate::{
    browser::clock,
    day::Day,
    promise::{Promise, Said, state_words},
    sync::Phone,
    time::words,
    ui::Card,
};
use leptos::prelude::*;
use std::sync::Arc;

/// What maker and keeper said of how it went, where the later word took the place of the other's.
#[component]
pub(super) fn SaidOtherwise(
    /// The promise.
    promise: Arc<Promise>,
) -> impl IntoView {
    let before: Vec<_> = promise.course.said_otherwise().map(|said| view! { <Word said=said.clone() /> }).collect();
    let stands = promise.course.stands().filter(|_| !before.is_empty()).cloned();
    stands.map(|stands| {
        view! {
            <Card title="Two people said how it went">
                <p>{by(&stands)} " said last how it went, and that stands: " {state_words(stands.state)} "."</p>
                {before}
                <p class="aside">"Nothing that was said is lost. Talk about it, and say it once more if it went otherwise."</p>
            </Card>
        }
    })
}

#[component]
fn Word(
    /// What was said before.
    said: Said,
) -> impl IntoView {
    let (today, day) = (Day::today(), said.at.date_at(clock::offset_minutes()));
    let who = by(&said);
    let Said { state, agreed, report, .. } = said;
    let report = report.unwrap_or_default();
    let told =
        Some(report.told).filter(|told| !told.is_empty()).map(|told| format!("The customer was told {}.", told.trim_end_matches('.')));
    let more = move || {
        let agreed = agreed.as_ref().map(|agreed| format!("{}, by {}", agreed.what, words::date(agreed.due, today.get())));
        let lines: Vec<_> =
            [agreed, Some(report.done.clone()).filter(|done| !done.is_empty()), told.clone()].into_iter().flatten().collect();
        (!lines.is_empty()).then(|| view! { <blockquote class="clash-text">{lines.join("\n")}</blockquote> })
    };
    view! {
        <p>{who} ", " {move || words::day(day, today.get())} ": " {state_words(state)}</p>
        {more}
    }
}

fn by(said: &Said) -> String {
    let phone = Phone::get();
    match said.by == phone.me() {
        true => "You".to_owned(),
        false => phone.replica().with_untracked(|replica| replica.member_name(said.by)),
    }
}
