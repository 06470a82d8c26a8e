use crate::{
    score::{Score, words},
    survey::Component,
};
use leptos::prelude::*;

/// The numbers of a score as a table, for those who read better without drawings.
#[component]
pub(super) fn ScoreTable(
    /// The score.
    score: Score,
) -> impl IntoView {
    let overall = ("Overall", score.overall);
    let components = Component::ALL.map(|component| (component.label(), score.components.get(&component).copied()));
    let row = |(name, estimate): (&'static str, Option<_>)| {
        estimate.map(|estimate| {
            view! {
                <tr>
                    <th scope="row">{name}</th>
                    <td>{words::number(&estimate)}</td>
                    <td>{words::range(&estimate)}</td>
                    <td>{estimate.ratings}</td>
                    <td>{estimate.customers}</td>
                </tr>
            }
        })
    };
    view! {
        // Scrolled sideways by itself at large text, also by those who use the keyboard.
        <div class="score-table-frame" role="region" aria-label="The score as a table" tabindex="0">
        <table class="score-table">
            <caption class="visually-hidden">"Estimates from 0, not at all, to 100, completely"</caption>
            <thead>
                <tr>
                    <td></td>
                    <th scope="col">"Score"</th>
                    <th scope="col">"Likely"</th>
                    <th scope="col">"Ratings"</th>
                    <th scope="col">"Customers"</th>
                </tr>
            </thead>
            <tbody>{std::iter::once(overall).chain(components).map(row).collect_view()}</tbody>
        </table>
        </div>
    }
}
