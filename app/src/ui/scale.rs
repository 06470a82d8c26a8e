//! What the customer rates on. Native radios: complete without script, the same on the page and on a device handed over.

mod net_promoter;

use std::fmt::Display;

use leptos::prelude::*;

use super::{Choice, field::described_by};

pub use net_promoter::*;

/// One question with labelled points from least to most, and one answer apart from them.
///
/// A form sends the chosen value as its `Display`.
#[component]
pub fn Scale<T>(
    /// The name of the answer in the form; also makes the ids.
    #[prop(into)]
    name: String,
    /// The question.
    #[prop(into)]
    question: Signal<String>,
    /// The points, from least to most: five.
    points: Vec<Choice<T>>,
    /// 'Can't say', which is no point.
    apart: Choice<T>,
    /// What is chosen; for a page of the server's, what was chosen before.
    value: RwSignal<Option<T>>,
    /// One sentence of help.
    #[prop(optional, into)]
    hint: MaybeProp<String>,
    /// What to do about what is wrong.
    #[prop(optional, into)]
    error: MaybeProp<String>,
) -> impl IntoView
where
    T: Clone + Display + PartialEq + Send + Sync + 'static,
{
    let hint_id = format!("{name}-hint");
    let error_id = format!("{name}-error");
    let describe = described_by(&name, hint, error);
    let point = {
        let name = name.clone();
        move |class: &'static str, choice: Choice<T>| {
            let Choice { value: own, label, .. } = choice;
            let form_value = own.to_string();
            let chosen = {
                let own = own.clone();
                Signal::derive(move || value.with(|value| value.as_ref() == Some(&own)))
            };
            view! {
                <label class=class>
                    <input
                        type="radio"
                        name=name.clone()
                        value=form_value
                        checked=chosen.get_untracked()
                        prop:checked=move || chosen.get()
                        on:change=move |_| value.set(Some(own.clone()))
                    />
                    <span class="scale-label">{label}</span>
                </label>
            }
        }
    };
    let apart = point("scale-apart", apart);
    let points = points.into_iter().map(|choice| point("scale-point", choice)).collect_view();
    view! {
        <fieldset class="scale" id=name tabindex="-1" aria-describedby=describe data-invalid=move || error.get().map(|_| "true")>
            <legend class="scale-question">{move || question.get()}</legend>
            {move || hint.get().map(|hint| view! { <p class="scale-hint" id=hint_id.clone()>{hint}</p> })}
            <div class="scale-points">{points}</div>
            {apart}
            <p class="field-error" id=error_id>{move || error.get()}</p>
        </fieldset>
    }
    .into_any()
}
