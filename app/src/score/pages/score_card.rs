use crate::{
    score::{Estimate, words},
    time::words::capitalised,
    ui::Interval,
};
use leptos::{either::Either, prelude::*};

/// How much room a [`ScoreCard`] takes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum ScoreCardSize {
    /// One of several.
    #[default]
    Small,
    /// The one that the screen is about.
    Large,
}

/// One estimate with its meaning; while there is none, what is missing.
#[component]
pub(super) fn ScoreCard(
    /// What is estimated.
    name: &'static str,
    /// The estimate, if there is enough for one.
    estimate: Option<Estimate>,
    /// What is said while there is none.
    #[prop(into)]
    missing: String,
    /// How much room it takes.
    #[prop(optional)]
    size: ScoreCardSize,
    /// What opens below: the ratings behind it.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let (heading, large) = match size {
        ScoreCardSize::Small => (Either::Left(view! { <h3>{name}</h3> }), None),
        ScoreCardSize::Large => (Either::Right(view! { <h2>{name}</h2> }), Some("large")),
    };
    let number = estimate.map(|estimate| view! { <span class="score-card-number" aria-hidden="true">{words::number(&estimate)}</span> });
    let meaning = match estimate {
        None => Either::Left(view! { <p class="score-card-meaning">{missing}</p> }),
        // Those who listen hear the whole sentence with the drawing, once.
        Some(it) => Either::Right(view! {
            <Interval estimate=it.value low=it.low high=it.high words=words::sentence(name, &it) />
            {large.map(|_| view! { <div class="score-card-ends" aria-hidden="true"><span>"not at all"</span><span>"completely"</span></div> })}
            <p class="score-card-meaning" aria-hidden="true">
                {capitalised(&[words::likely(&it), words::sources(it.ratings, it.customers)].join(", "))}
            </p>
        }),
    };
    view! {
        <article class="score-card" data-size=large>
            <div class="score-card-head">{heading} {number}</div>
            {meaning}
            {children.map(|children| children())}
        </article>
    }
}
