use leptos::prelude::*;

use super::{Choice, Icon};

/// Two to four views of the same thing, one of them in view.
#[component]
pub fn Segmented<T>(
    /// Names the group and makes its ids.
    #[prop(into)]
    name: String,
    /// What is chosen between, for those who listen.
    #[prop(into)]
    legend: Signal<String>,
    /// The views.
    #[prop(into)]
    options: Signal<Vec<Choice<T>>>,
    /// Which is in view.
    value: RwSignal<T>,
) -> impl IntoView
where
    T: Clone + PartialEq + Send + Sync + 'static,
{
    let option = move |name: String, position: usize, choice: Choice<T>| {
        let Choice { value: own, label, icon, .. } = choice;
        let chosen = {
            let own = own.clone();
            Signal::derive(move || value.with(|value| *value == own))
        };
        view! {
            <label class="segment">
                <input
                    type="radio"
                    name=name
                    value=position.to_string()
                    checked=chosen.get_untracked()
                    prop:checked=move || chosen.get()
                    on:change=move |_| value.set(own.clone())
                />
                {icon.map(|glyph| view! { <Icon glyph /> })}
                <span>{label}</span>
            </label>
        }
    };
    let segments = move || {
        let name = name.clone();
        options.get().into_iter().enumerate().map(move |(position, choice)| option(name.clone(), position, choice)).collect_view()
    };
    view! {
        <fieldset class="segmented">
            <legend class="visually-hidden">{move || legend.get()}</legend>
            <div class="segmented-options">{segments}</div>
        </fieldset>
    }
    .into_any()
}
