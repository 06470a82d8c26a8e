use super::{DecisionLine, ExclusionLine, Reader, words};
use crate::ui::{Card, Disclosure};
use leptos::prelude::*;

/// That a rating was left out of the score, for everybody who reads it: by whom, when, why, and whether it counts again.
#[component]
pub fn LeftOut(
    /// Every time it was, the last one at the end.
    exclusions: Vec<ExclusionLine>,
    /// Who reads.
    reader: Reader,
) -> impl IntoView {
    let mut earlier = exclusions;
    let Some(last) = earlier.pop() else { return ().into_any() };
    let title = if last.lifted.is_none() { "Left out of the score" } else { "Counts in the score again" };
    let note = last.lifted.is_none().then(|| {
        view! { <p class="score-note">"The answers stay as they were given. The score is worked out without them."</p> }
    });
    let earlier = (!earlier.is_empty()).then(|| {
        let earlier = earlier.into_iter().map(|line| view! { <Decisions line reader /> }).collect_view();
        view! { <Disclosure title="What was decided before">{earlier}</Disclosure> }
    });
    view! {
        <Card title=title>
            <Decisions line=last reader />
            {note}
            {earlier}
        </Card>
    }
    .into_any()
}

#[component]
fn Decisions(line: ExclusionLine, reader: Reader) -> impl IntoView {
    let one = |words: String, decision: DecisionLine| {
        view! {
            <div>
                <p>{words}</p>
                <p class="rating-context">{format!("‘{}’", decision.note)}</p>
            </div>
        }
    };
    let ExclusionLine { reason, by, lifted } = line;
    let out = one(words::left_out(&reader.day(by.at), &by.name, reason), by);
    let again = lifted.map(|lifted| one(words::counted_again(&reader.day(lifted.at), &lifted.name), lifted));
    view! { {out} {again} }.into_any()
}
