use super::words;
use crate::{
    survey::Component,
    ui::{Card, Glyph, Icon, IconSize},
};
use leptos::prelude::*;

/// The step that a relationship stands on, among the five that are earned one after the other.
#[component]
pub fn StandsOn(
    /// The step; absent while the ratings do not say.
    step: Option<Component>,
    /// What it rests on, for those who want to know.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let next = Component::ALL.into_iter().find(|it| Some(*it) > step);
    let row = move |it: Component| {
        let (state, words) = match Some(it) {
            it if it == step => ("here", Some("here")),
            it if it < step => ("reached", None),
            it if it == next && step.is_some() => ("next", Some("next")),
            _ => ("ahead", None),
        };
        let mark = matches!(state, "here" | "reached").then(|| view! { <Icon glyph=Glyph::Check size=IconSize::Small /> });
        view! {
            <li class="step" data-state=state>
                {mark} <span class="step-name">{it.label()}</span> {words.map(|words| view! { <span class="step-state">{words}</span> })}
            </li>
        }
    };
    view! {
        <Card title="Where you stand with them">
            <p>{words::stands_on(step)}"."</p>
            // Drawn from the bottom up and read in the same order as it is seen; the sentence above says it in one go.
            <ol class="steps" reversed=true role="list">
                {Component::ALL.into_iter().rev().map(row).collect_view()}
            </ol>
            {children.map(|children| children())}
        </Card>
    }
    .into_any()
}
