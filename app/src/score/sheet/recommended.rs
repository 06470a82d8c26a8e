use super::card::{Measure, ScoreCard};
use crate::{
    score::{Audience, NetPromoter, words},
    ui::Card,
};
use leptos::prelude::*;

/// Whether the rep's customers recommend the organisation: on a card of its own, because it is no part of the score.
#[component]
pub(super) fn Recommended(
    /// The Net Promoter Score, if enough people answered.
    net_promoter: Option<NetPromoter>,
    /// Who reads.
    audience: Audience,
) -> impl IntoView {
    let whose = match audience {
        Audience::Rep => "your",
        Audience::Manager => "the",
    };
    let note = net_promoter.map(|_| {
        let note = format!(
            "It stands beside {whose} score and is no part of it: people who answer 9 or 10 count for it, 0 to 6 against it, each by the \
             latest answer within a year."
        );
        view! { <p class="score-note">{note}</p> }
    });
    let measure = net_promoter.map(|it| Measure::recommended(&it));
    view! {
        <Card title="Would customers recommend us?">
            <ScoreCard name="Net Promoter Score" measure missing=words::no_net_promoter() marked=true>
                {note}
            </ScoreCard>
        </Card>
    }
    .into_any()
}
