use super::{Pull, PullLine, RatingLine, Reader, words};
use crate::{
    id::RatingId,
    ui::{Badge, BadgeTone, Button, ButtonVariant, List, ListRow},
};
use leptos::prelude::*;
use std::collections::BTreeMap;

/// How many ratings show at first.
const AT_FIRST: usize = 10;

/// What the title of a list says of every rating in it, so that no row says it again.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum TitleSays {
    /// Whoever gave it is not happy.
    Unhappy,
    /// Whoever gave it waits to hear from the reader.
    Waiting,
}

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
    /// What need not be said of each.
    #[prop(optional)]
    title_says: Option<TitleSays>,
) -> impl IntoView {
    let all = RwSignal::new(lines.len() <= AT_FIRST);
    let count = lines.len();
    let held = StoredValue::new((lines, pulls));
    let row = move |line: &RatingLine, pull: Option<Pull>| {
        let format = line.format.map(|format| format.label().to_owned());
        let rep = name_rep.map(|name_rep| name_rep.run(line.clone()));
        let detail: Vec<String> = [Some(reader.day(line.given_at)), format, rep].into_iter().flatten().collect();
        let comment = Some(line.comment.clone()).filter(|comment| !comment.is_empty());
        let (who, href, left_out) = (line.who.words(), reader.address(line), line.left_out);
        let unhappy = line.unhappy && title_says != Some(TitleSays::Unhappy);
        let waits = line.waits_for(reader.me) && title_says != Some(TitleSays::Waiting);
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
