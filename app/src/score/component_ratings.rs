//! The ratings behind one component: how often each point was given, and by whom.

use super::{
    RatingLine, Reader,
    plot::{self, Bar},
    words,
};
use crate::{survey::Component, ui::Points};
use leptos::prelude::*;

/// The ratings that gave points for one component.
#[component]
pub fn ComponentRatings(
    /// Which component.
    component: Component,
    /// The ratings that the phone holds.
    lines: Vec<RatingLine>,
    /// Who reads.
    reader: Reader,
) -> impl IntoView {
    let bars = plot::distribution(lines.iter().filter(|line| !line.left_out).filter_map(|line| line.points.get(&component).copied()));
    let row = |line: RatingLine| {
        let point = *line.points.get(&component)?;
        Some(view! {
            <li class="rating-row">
                <span class="rating-row-words">
                    <a class="rating-row-who" href=reader.address(&line)>{line.who.words()}</a>
                    <span class="rating-row-when">{reader.day(line.given_at)} {line.left_out.then_some(" · left out of the score")}</span>
                </span>
                <Points value=point words=format!("{}: {}", component.label(), words::point(point).to_lowercase()) />
            </li>
        })
    };
    let rows = lines.into_iter().filter_map(row).collect_view();
    view! {
        {bars.map(|bars| view! { <Distribution component bars /> })}
        <ul class="ratings" role="list">{rows}</ul>
    }
    .into_any()
}

/// How often each point was given. The drawing is the table of its numbers.
#[component]
fn Distribution(component: Component, bars: Vec<Bar>) -> impl IntoView {
    let words = words::distribution(component, &bars);
    let row = |bar: Bar| {
        view! {
            <tr>
                <th scope="row">{words::point(bar.point)}</th>
                <td>
                    <svg class="distribution-bar" aria-hidden="true">
                        <rect class="distribution-track" width="100%" height="100%" rx="0.25rem" />
                        <rect class="distribution-length" width=format!("{:.1}%", bar.length) height="100%" rx="0.25rem" />
                    </svg>
                </td>
                <td>{bar.count}</td>
            </tr>
        }
    };
    view! {
        <table class="distribution">
            <caption class="visually-hidden">{words}</caption>
            <tbody>{bars.into_iter().map(row).collect_view()}</tbody>
        </table>
    }
    .into_any()
}
