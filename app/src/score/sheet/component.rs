use super::card::{Measure, ScoreCard};
use crate::{
    score::{ComponentRatings, Estimate, RatingLine, Reader, Reliability},
    survey::Component,
    ui::Disclosure,
};
use leptos::prelude::*;

/// One component, opening up to the ratings behind it.
#[component]
pub(super) fn ComponentCard(
    /// Which.
    component: Component,
    /// Its estimate, if there is one.
    estimate: Option<Estimate>,
    /// What is said while there is none.
    missing: String,
    /// The ratings that the phone holds.
    lines: Signal<Vec<RatingLine>>,
    /// Who reads.
    reader: Reader,
) -> impl IntoView {
    let opened = RwSignal::new(false);
    // Made when first looked at: five lists of every rating are much for a phone to lay out.
    let ratings = move || opened.get().then(|| view! { <ComponentRatings component lines=lines.get() reader /> });
    let behind = estimate.map(|_| {
        view! { <Disclosure title="The ratings behind it" on:toggle=move |_| opened.set(true)>{ratings}</Disclosure> }
    });
    view! {
        <ScoreCard name=component.label() measure=estimate.map(|it| Measure::of(component.label(), &it)) missing>
            {behind}
        </ScoreCard>
    }
    .into_any()
}

/// Promises kept, the sixth component.
#[component]
pub(super) fn ReliabilityCard(
    /// The estimate, if any promise was spoken of.
    reliability: Option<Reliability>,
) -> impl IntoView {
    view! {
        <ScoreCard
            name="Reliability"
            measure=reliability.map(|it| Measure::kept(&it))
            missing="No customer has said yet how a promise went"
        />
    }
    .into_any()
}
