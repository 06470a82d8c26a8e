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
    let stands = promise.course.said.last().filter(|_| !before.is_empty()).cloned();
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
    let agreed = said.agreed.as_ref().map(|agreed| {
        let (what, due) = (agreed.what.clone(), agreed.due);
        view! { <p class="written">{what} ", by " {move || words::date(due, today.get())}</p> }
    });
    let report = said.report.clone().unwrap_or_default();
    let told = [report.done, report.told].map(|text| (!text.is_empty()).then(|| view! { <p class="written">{text}</p> }));
    view! {
        <p>{by(&said)} ", " {move || words::day(day, today.get())} ": " {state_words(said.state)}</p>
        {agreed}
        {told.into_iter().collect::<Vec<_>>()}
    }
}

fn by(said: &Said) -> String {
    let phone = Phone::get();
    match said.by == phone.me() {
        true => "You".to_owned(),
        false => phone.replica().with_untracked(|replica| replica.member_name(said.by)),
    }
}
