//! The ratings behind a number, and the list of all of them.

use super::rating_address;
use crate::{
    browser::clock,
    score::RatingLine,
    survey::{Component, wording},
    sync::Phone,
    time::{Timestamp, words},
    ui::{Badge, BadgeTone, Button, ButtonVariant, List, ListRow, Points},
};
use chrono::NaiveDate;
use leptos::prelude::*;

/// When a rating was given, in words.
pub(super) fn given(at: Timestamp, today: NaiveDate) -> String {
    words::capitalised(&words::day(at.date_at(clock::offset_minutes()), today))
}

/// The ratings that gave points for one component.
#[component]
pub(super) fn ComponentRatings(
    /// Which component.
    component: Component,
    /// The ratings that the phone holds.
    lines: Vec<RatingLine>,
    /// Today.
    today: NaiveDate,
) -> impl IntoView {
    let me = Phone::get().me();
    let row = |line: RatingLine| {
        let point = *line.points.get(&component)?;
        let label = wording::POINTS.get(usize::from(point).checked_sub(1)?)?;
        Some(view! {
            <li class="rating-row">
                <a class="rating-row-who" href=rating_address(line.id, line.rep == me)>{line.who.words()}</a>
                <span class="rating-row-when">{given(line.given_at, today)}</span>
                <Points value=point words=format!("{}: {}", component.label(), label.to_lowercase()) />
            </li>
        })
    };
    let rows = lines.into_iter().filter_map(row).collect_view();
    view! { <ul class="ratings" role="list">{rows}</ul> }
}

/// How many ratings show at first.
const AT_FIRST: usize = 10;

/// Ratings under each other, each leading to all of its answers.
#[component]
pub fn RatingList(
    /// What they are.
    #[prop(into)]
    title: String,
    /// The ratings.
    lines: Vec<RatingLine>,
    /// Today.
    today: NaiveDate,
    /// Whether each says who was rated, by this.
    #[prop(optional)]
    name_rep: Option<Callback<RatingLine, String>>,
) -> impl IntoView {
    let me = Phone::get().me();
    let all = RwSignal::new(lines.len() <= AT_FIRST);
    // Where every row would say it, the title does.
    let all_unhappy = lines.iter().all(|line| line.unhappy);
    let count = lines.len();
    let lines = StoredValue::new(lines);
    let row = move |line: RatingLine| {
        let format = line.format.map(|format| format.label().to_owned());
        let rep = name_rep.map(|name_rep| name_rep.run(line.clone()));
        let detail: Vec<String> = [Some(given(line.given_at, today)), format, rep].into_iter().flatten().collect();
        let comment = Some(line.comment.clone()).filter(|comment| !comment.is_empty());
        view! {
            <ListRow title=line.who.words() detail=detail.join(" · ") href=rating_address(line.id, line.rep == me)>
                {comment.map(|comment| view! { <span class="rating-comment">{comment}</span> })}
                {(line.unhappy && !all_unhappy).then(|| view! { <span><Badge tone=BadgeTone::Attention>"Not happy"</Badge></span> })}
            </ListRow>
        }
    };
    let rows = move || {
        let shown = if all.get() { count } else { AT_FIRST };
        lines.with_value(|lines| lines.iter().take(shown).cloned().map(row).collect_view())
    };
    view! {
        <div class="stack" data-gap="small">
            <List title=title>{rows}</List>
            <Show when=move || !all.get()>
                <Button variant=ButtonVariant::Plain on_click=move |_| all.set(true)>{format!("Show all {count}")}</Button>
            </Show>
        </div>
    }
}
