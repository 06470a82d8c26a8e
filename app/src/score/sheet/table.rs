use crate::{
    score::{Score, number_table, words},
    survey::Component,
};
use leptos::prelude::*;

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
    let caption = "Estimates from 0, not at all, to 100, completely".to_owned();
    number_table("The score as a table".to_owned(), caption, &["What", "Score", "Likely", "From"], rows)
}
