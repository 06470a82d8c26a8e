use crate::{
    score::{Score, words},
    survey::Component,
};
use leptos::prelude::*;

/// Numbers as a table, for those who read better without drawings; the first of each row is its name.
pub(super) fn number_table(label: &'static str, caption: &'static str, head: &[&'static str], rows: Vec<Vec<String>>) -> AnyView {
    let row = |cells: Vec<String>| {
        let mut cells = cells.into_iter();
        let name = cells.next();
        view! { <tr><th scope="row">{name}</th> {cells.map(|cell| view! { <td>{cell}</td> }).collect_view()}</tr> }
    };
    view! {
        // Scrolled sideways by itself at large text, also by those who use the keyboard.
        <div class="score-table-frame" role="region" aria-label=label tabindex="0">
            <table class="score-table">
                <caption class="visually-hidden">{caption}</caption>
                <thead>
                    <tr>{head.iter().map(|name| view! { <th scope="col">{*name}</th> }).collect_view()}</tr>
                </thead>
                <tbody>{rows.into_iter().map(row).collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}

/// The numbers of a score as a table.
#[component]
pub(super) fn ScoreTable(
    /// The score.
    score: Score,
) -> impl IntoView {
    let components = Component::ALL.map(|component| (component.label(), score.components.get(&component).copied()));
    let estimates = [("Overall", score.overall)].into_iter().chain(components).filter_map(|(name, estimate)| {
        let it = estimate?;
        Some(vec![name.to_owned(), words::number(&it), words::range(&it), words::behind(it.ratings, it.customers)])
    });
    let reliability = score.reliability.map(|it| {
        let behind = words::count(it.promises, "promise");
        vec!["Reliability".to_owned(), words::number_of(it.value), words::range_of(it.low, it.high), behind]
    });
    let rows = estimates.chain(reliability).collect();
    number_table("The score as a table", "Estimates from 0, not at all, to 100, completely", &["What", "Score", "Likely", "From"], rows)
}
