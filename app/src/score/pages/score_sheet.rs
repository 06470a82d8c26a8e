use super::{
    rating_list::ComponentRatings,
    score_card::{ScoreCard, ScoreCardSize},
    score_table::ScoreTable,
};
use crate::{
    browser::clock,
    day::Day,
    score::{Audience, RatingLine, Score, words},
    survey::Component,
    time,
    ui::{Card, Disclosure},
};
use leptos::prelude::*;

/// A rep's score with everything that it means: overall and per component, how it moved, how often was asked, what it rests on.
#[component]
pub(super) fn ScoreSheet(
    /// The score.
    score: Score,
    /// The ratings behind it that the phone holds, newest first.
    #[prop(into)]
    lines: Signal<Vec<RatingLine>>,
) -> impl IntoView {
    let today = Day::today();
    let missing = match score.audience {
        Audience::Rep => "Not enough ratings yet to say".to_owned(),
        Audience::Manager => words::not_enough_yet(score.ratings, score.customers),
    };
    let component = {
        let (missing, estimates) = (missing.clone(), score.components.clone());
        move |component: Component| {
            let estimate = estimates.get(&component).copied();
            let opened = RwSignal::new(false);
            view! {
                <ScoreCard name=component.label() estimate missing=missing.clone()>
                    {estimate.map(|_| view! {
                        <Disclosure title="The ratings behind it" on:toggle=move |_| opened.set(true)>
                            {move || opened.get().then(|| view! {
                                <ComponentRatings component lines=lines.get() today=today.get() />
                            })}
                        </Disclosure>
                    })}
                </ScoreCard>
            }
        }
    };
    let changed = move || {
        let offset = clock::offset_minutes();
        format!("Last changed {}.", time::words::moment(score.computed_at, offset, today.get()))
    };
    let coverage = words::coverage(&score.coverage, score.audience);
    view! {
        <Card>
            <ScoreCard name="Overall" estimate=score.overall missing=missing size=ScoreCardSize::Large>
                {score.overall.map(|_| view! { <p class="score-change">{words::change(score.change.as_ref())}"."</p> })}
                <p class="score-note">
                    {coverage} ". " {changed}
                </p>
            </ScoreCard>
        </Card>
        <Card title="Step by step">{Component::ALL.into_iter().map(component).collect_view()}</Card>
        <div class="stack" data-gap="small">
            {score.overall.map(|_| view! {
                <Disclosure title="The same as a table"><ScoreTable score=score.clone() /></Disclosure>
            })}
            <Disclosure title="How this is worked out">
                <HowItIsWorkedOut />
            </Disclosure>
        </div>
    }
}

#[component]
fn HowItIsWorkedOut() -> impl IntoView {
    view! {
        <div class="stack" data-gap="small">
            <p>
                "Each number is an estimate, not an average. The dot is the best guess, the bar is where the true value likely lies: 95 times \
                 out of 100. With few ratings the estimate stays near everybody’s mean and the bar is wide; every rating narrows it."
            </p>
            <p>"Recent meetings weigh more: a rating counts half after 180 days. Several people rating one meeting count as little more than one."</p>
            <p>
                "Customers who hide their name count once three of them have rated. No pay, target or warning rests on any of this, and people \
                 are never listed by score."
            </p>
        </div>
    }
}
