use leptos::prelude::*;

use crate::ui::{Choice, field::described_by};

/// A likelihood from 0 to 10, the ends in words.
#[component]
pub fn NetPromoter(
    /// The name of the answer in the form; also makes the ids.
    #[prop(into)]
    name: String,
    /// The question.
    #[prop(into)]
    question: Signal<String>,
    /// What 0 means.
    #[prop(into)]
    least: Signal<String>,
    /// What 10 means.
    #[prop(into)]
    most: Signal<String>,
    /// 'Can't say', which is no number; a form sends its key.
    #[prop(optional, into)]
    apart: Option<Choice<()>>,
    /// What is chosen; for a page of the server's, what was chosen before.
    value: RwSignal<Option<u8>>,
    /// What to do about what is wrong.
    #[prop(optional, into)]
    error: MaybeProp<String>,
) -> impl IntoView {
    let ends_id = format!("{name}-ends");
    let error_id = format!("{name}-error");
    let describe = described_by(&name, MaybeProp::default(), error);
    let described_by_ends = {
        let ends_id = ends_id.clone();
        move || [Some(ends_id.clone()), describe()].into_iter().flatten().collect::<Vec<_>>().join(" ")
    };
    let cell = {
        let name = name.clone();
        move |number: u8| {
            let chosen = move || value.get() == Some(number);
            view! {
                <label class="net-promoter-point">
                    <input
                        type="radio"
                        name=name.clone()
                        value=number.to_string()
                        checked=value.get_untracked() == Some(number)
                        prop:checked=chosen
                        on:change=move |_| value.set(Some(number))
                    />
                    <span>{number}</span>
                </label>
            }
        }
    };
    let apart = apart.map(|choice| {
        view! {
            <label class="scale-apart">
                <input type="radio" name=name.clone() value=choice.key on:change=move |_| value.set(None) />
                <span class="scale-label">{choice.label}</span>
            </label>
        }
    });
    view! {
        <fieldset class="net-promoter" id=name tabindex="-1" aria-describedby=described_by_ends>
            <legend class="scale-question">{move || question.get()}</legend>
            <div class="net-promoter-points">{(0..=10).map(cell).collect_view()}</div>
            <p class="net-promoter-ends" id=ends_id>
                <span>{move || format!("0: {}", least.get())}</span>
                <span>{move || format!("10: {}", most.get())}</span>
            </p>
            {apart}
            <p class="field-error" id=error_id>{move || error.get()}</p>
        </fieldset>
    }
    .into_any()
}
