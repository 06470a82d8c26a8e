use super::{Pull, PullLine, RatingLine, Reader, words};
use crate::{
    id::RatingId,
    ui::{Badge, BadgeTone, Button, ButtonVariant, List, ListRow},
};
use leptos::prelude::*;
use std::collections::BTreeMap;

/// How many ratings show at first.
const AT_FIRST: usize = 10;

/// Ratings under each other, each leading to all of its answers. Always by date: by effect they would rank the customers.
#[component]
pub fn RatingList(
    /// What they are.
    #[prop(into)]
    title: String,
    /// The ratings, newest first.
    lines: Vec<RatingLine>,
    /// Who reads.
    reader: Reader,
    /// What each does to the reader's own score.
    #[prop(optional)]
    pulls: BTreeMap<RatingId, Pull>,
    /// Whether each says who was rated, by this.
    #[prop(optional)]
    name_rep: Option<Callback<RatingLine, String>>,
) -> impl IntoView {
    let all = RwSignal::new(lines.len() <= AT_FIRST);
    // Where every row would say it, the title does.
    let all_unhappy = lines.iter().all(|line| line.unhappy);
    let count = lines.len();
    let held = StoredValue::new((lines, pulls));
    let row = move |line: &RatingLine, pull: Option<Pull>| {
        let format = line.format.map(|format| format.label().to_owned());
        let rep = name_rep.map(|name_rep| name_rep.run(line.clone()));
        let detail: Vec<String> = [Some(reader.day(line.given_at)), format, rep].into_iter().flatten().collect();
        let comment = Some(line.comment.clone()).filter(|comment| !comment.is_empty());
        let (who, href, unhappy, left_out) = (line.who.words(), reader.address(line), line.unhappy && !all_unhappy, line.left_out);
        let waits = line.waits_for(reader.me);
        view! {
            <ListRow title=who detail=detail.join(" · ") href>
                {comment.map(|comment| view! { <span class="rating-comment">{comment}</span> })}
                {pull.filter(|_| !left_out).map(|pull| view! { <PullLine pull words=words::pull(pull) /> })}
                {left_out.then(|| view! { <span><Badge>"Left out of the score"</Badge></span> })}
                {unhappy.then(|| view! { <span><Badge tone=BadgeTone::Attention>"Not happy"</Badge></span> })}
                {waits.then(|| view! { <span><Badge tone=BadgeTone::Attention>"Wants to be contacted"</Badge></span> })}
            </ListRow>
        }
        .into_any()
    };
    let rows = move || {
        let shown = if all.get() { count } else { AT_FIRST };
        held.with_value(|(lines, pulls)| lines.iter().take(shown).map(|line| row(line, pulls.get(&line.id).copied())).collect_view())
    };
    view! {
        <div class="stack" data-gap="small">
            <List title=title>{rows}</List>
            <Show when=move || !all.get()>
                <Button variant=ButtonVariant::Plain on_click=move |_| all.set(true)>{format!("Show all {count}")}</Button>
            </Show>
        </div>
    }
    .into_any()
}

/// What else is in a rep's own score than the ratings that show singly.
#[component]
pub fn AlsoInScore(
    /// What ratings with a hidden name do together.
    hidden: Option<Pull>,
    /// What was done for how these customers rate others.
    raters: Option<Pull>,
) -> impl IntoView {
    let row = |title: &'static str, pull: Option<Pull>, words: fn(Pull) -> &'static str| {
        pull.map(|pull| view! { <ListRow title=title><PullLine pull words=words(pull) /></ListRow> })
    };
    (hidden.is_some() || raters.is_some()).then(|| {
        view! {
            <List title="Also in your score">
                {row("Customers who hide their name", hidden, words::hidden_pull)}
                {row("How these customers rate others", raters, words::raters_pull)}
            </List>
        }
        .into_any()
    })
}
