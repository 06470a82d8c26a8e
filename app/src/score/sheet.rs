//! A rep's score with everything that it means: how sure it is, how it moved, what it rests on, how it is worked out.

mod card;
mod component;
mod disagreement;
mod moved;
mod recommended;
mod table;
mod trend;
mod worked_out;

use self::{
    card::{Measure, ScoreCard, ScoreCardSize},
    component::{ComponentCard, ReliabilityCard},
    disagreement::Disagreements,
    moved::Moved,
    recommended::Recommended,
    table::ScoreTable,
    trend::OverTime,
    worked_out::WorkedOut,
};
use super::{Audience, DisagreementLine, RatingLine, Reader, Score, Similar, words};
use crate::{
    survey::Component,
    time,
    ui::{Card, Disclosure},
};
use leptos::prelude::*;

/// A rep's score, as the rep or a manager sees it.
#[component]
pub fn ScoreSheet(
    /// The score.
    score: Score,
    /// The ratings behind it that the phone holds, newest first.
    #[prop(into)]
    lines: Signal<Vec<RatingLine>>,
    /// Where customers clearly disagree.
    #[prop(into)]
    disagreements: Signal<Vec<DisagreementLine>>,
    /// Days after which a rating counts half.
    half_life_days: u16,
    /// Who reads.
    reader: Reader,
    /// What follows it: the list of the ratings.
    children: Children,
) -> impl IntoView {
    let audience = score.audience;
    let missing = match audience {
        Audience::Rep => "Not enough ratings yet to say".to_owned(),
        Audience::Manager => words::not_enough_yet(score.ratings, score.customers),
    };
    let changed = time::words::moment(score.computed_at, reader.offset_minutes, reader.today);
    let signals = words::signals(&score).into_iter().chain([words::computed(&changed, score.formula)]);
    let meaning = score.overall.is_some().then(|| {
        view! {
            <p class="score-change">{words::change(score.change.as_ref())}"."</p>
            <p class="score-change">{words::standing(score.standing, audience)}"."</p>
            {words::taken_for_granted(&score).map(|words| view! { <p class="score-note">{words}</p> })}
            {score.similar.map(|similar| view! { <SimilarMeetings similar /> })}
        }
    });
    // A manager who may not see the score yet is told so once, not five times.
    let told = score.overall.is_some() || !score.components.is_empty();
    let steps = told.then(|| view! { <Steps score=score.clone() missing=missing.clone() lines reader /> });
    let recommended = told.then(|| view! { <Recommended net_promoter=score.net_promoter audience /> });
    let moved = score.movement.map(|movement| view! { <Moved movement audience today=reader.today /> });
    let overall = score.overall.map(|it| Measure::of("Overall", &it));
    view! {
        <div class="columns">
            <div class="column">
                <Card>
                    <ScoreCard name="Overall" measure=overall missing size=ScoreCardSize::Large marked=true>
                        {meaning}
                        <ul class="score-signals" role="list">{signals.map(|signal| view! { <li>{signal}</li> }).collect_view()}</ul>
                    </ScoreCard>
                    <Disclosure title="How this is worked out">
                        <WorkedOut half_life_days />
                    </Disclosure>
                </Card>
                <OverTime past=score.past today=reader.today />
                {moved}
                {steps}
            </div>
            <div class="column">
                {recommended}
                {move || view! { <Disagreements lines=disagreements.get() audience /> }}
                {children()}
            </div>
        </div>
    }
    .into_any()
}

/// The comparison for those who ask for one with their like.
#[component]
fn SimilarMeetings(similar: Similar) -> impl IntoView {
    view! {
        <Disclosure title="Compared in similar meetings">
            <p class="score-change">{words::similar(similar)}"."</p>
            <p class="score-note">"The score itself is adjusted for what a meeting is for, so this often says the same."</p>
        </Disclosure>
    }
    .into_any()
}

/// The components one by one, and Reliability.
#[component]
fn Steps(score: Score, missing: String, lines: Signal<Vec<RatingLine>>, reader: Reader) -> impl IntoView {
    let component = |component: Component| {
        let estimate = score.components.get(&component).copied();
        view! { <ComponentCard component estimate missing=missing.clone() lines reader /> }
    };
    let components = Component::ALL.into_iter().map(component).collect_view();
    view! {
        <Card title="Step by step">
            {components}
            <ReliabilityCard reliability=score.reliability />
            <Disclosure title="The numbers as a table"><ScoreTable score /></Disclosure>
        </Card>
    }
    .into_any()
}
