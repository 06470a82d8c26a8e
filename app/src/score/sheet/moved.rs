use crate::{
    score::{Audience, Movement, words},
    time::words::short_date,
    ui::Card,
};
use chrono::NaiveDate;
use leptos::prelude::*;

/// Why the score is another than it was, as a sum that can be checked.
#[component]
pub(super) fn Moved(
    /// What moved it.
    movement: Movement,
    /// Who reads.
    audience: Audience,
    /// Today.
    today: NaiveDate,
) -> impl IntoView {
    let title = match audience {
        Audience::Rep => "What moved your score",
        Audience::Manager => "What moved the score",
    };
    let since = short_date(movement.since, today);
    let told = movement.in_tenths();
    let row = |name: String, number: String| view! { <div><dt>{name}</dt> <dd>{number}</dd></div> };
    let parts = told.parts.iter().map(|(cause, tenths)| row(words::cause(*cause).to_owned(), words::signed_tenths(*tenths)));
    let sum = match told.parts.is_empty() {
        true => view! { <p>{format!("Nothing has moved it since {since}.")}</p> }.into_any(),
        false => view! {
            <dl class="moved">
                {row(format!("On {since}"), words::tenths(told.from))}
                {parts.collect_view()}
                {row("Now".to_owned(), words::tenths(told.to))}
            </dl>
        }
        .into_any(),
    };
    view! { <Card title=title>{sum}</Card> }.into_any()
}
