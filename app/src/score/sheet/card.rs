use crate::{
    score::{Estimate, NetPromoter, Reliability, words},
    time::words::capitalised,
    ui::Interval,
};
use leptos::prelude::*;

/// How much room a [`ScoreCard`] takes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum ScoreCardSize {
    /// One of several.
    #[default]
    Small,
    /// The one that the screen is about.
    Large,
}

/// An estimate of any kind, ready to be drawn.
pub(super) struct Measure {
    /// As it is written large.
    number: String,
    /// Estimate, lower and upper end, in percent of the line.
    at: [f64; 3],
    /// What stands at even distances along the line.
    marks: &'static [&'static str],
    /// All of it in a sentence.
    words: String,
    /// What stands below the drawing.
    meaning: String,
}

impl Measure {
    /// Of what `name` says.
    pub(super) fn of(name: &str, it: &Estimate) -> Self {
        Self {
            number: words::number(it),
            at: [it.value, it.low, it.high],
            marks: &["not at all", "completely"],
            words: words::sentence(name, it),
            meaning: capitalised(&[words::likely(it), words::sources(it.ratings, it.customers)].join(", ")),
        }
    }

    /// Of promises kept.
    pub(super) fn kept(it: &Reliability) -> Self {
        Self {
            number: words::number_of(it.value),
            at: [it.value, it.low, it.high],
            marks: &["never", "always"],
            words: words::reliability(it),
            meaning: format!("Likely {}, {}", words::range_of(it.low, it.high), words::promises(it)),
        }
    }

    /// Of whether customers recommend us.
    pub(super) fn recommended(it: &NetPromoter) -> Self {
        Self {
            number: words::signed(it.net.round() as i32),
            at: [it.net, it.low, it.high].map(|points| (points + 100.0) / 2.0),
            marks: &["−100", "0", "+100"],
            words: words::net_promoter(it),
            meaning: capitalised(&[words::likely_net(it), words::answers(it)].join(", ")),
        }
    }
}

/// One estimate with its meaning; while there is none, what is missing.
#[component]
pub(super) fn ScoreCard(
    /// What is estimated.
    name: &'static str,
    /// The estimate, if there is enough for one.
    measure: Option<Measure>,
    /// What is said while there is none.
    #[prop(into)]
    missing: String,
    /// How much room it takes.
    #[prop(optional)]
    size: ScoreCardSize,
    /// Whether the line says what its ends mean.
    #[prop(optional)]
    marked: bool,
    /// What opens below: the ratings behind it.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let (heading, large) = match size {
        ScoreCardSize::Small => (view! { <h3>{name}</h3> }.into_any(), None),
        ScoreCardSize::Large => (view! { <h2>{name}</h2> }.into_any(), Some("large")),
    };
    let (number, meaning) = match measure {
        None => (None, view! { <p class="score-card-meaning">{missing}</p> }.into_any()),
        Some(it) => {
            let mark = |mark: &&'static str| view! { <span>{*mark}</span> };
            let marks =
                marked.then(|| view! { <div class="score-card-ends" aria-hidden="true">{it.marks.iter().map(mark).collect_view()}</div> });
            let [estimate, low, high] = it.at;
            // Those who listen hear the whole sentence with the drawing, once.
            let meaning = view! {
                <Interval estimate low high words=it.words />
                {marks}
                <p class="score-card-meaning" aria-hidden="true">{it.meaning}</p>
            };
            (Some(view! { <span class="score-card-number" aria-hidden="true">{it.number}</span> }), meaning.into_any())
        }
    };
    view! {
        <article class="score-card" data-size=large>
            <div class="score-card-head">{heading} {number}</div>
            {meaning}
            {children.map(|children| children())}
        </article>
    }
    .into_any()
}
