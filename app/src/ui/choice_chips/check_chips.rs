use leptos::prelude::*;

use super::{ChipGroup, Choice, Icon};

/// Chooses any number of a few.
#[component]
pub fn CheckChips<T>(
    /// Names the group in a form and makes its ids.
    #[prop(into)]
    name: String,
    /// What is asked.
    #[prop(into)]
    legend: Signal<String>,
    /// What can be chosen.
    #[prop(into)]
    options: Signal<Vec<Choice<T>>>,
    /// What is chosen, in the order of choosing.
    value: RwSignal<Vec<T>>,
    /// May stay empty, and says so.
    #[prop(optional)]
    optional: bool,
    /// One sentence of help.
    #[prop(optional, into)]
    hint: MaybeProp<String>,
    /// What to do about what is wrong.
    #[prop(optional, into)]
    error: MaybeProp<String>,
) -> impl IntoView
where
    T: Clone + PartialEq + Send + Sync + 'static,
{
    let chips = {
        let name = name.clone();
        move || {
            let name = name.clone();
            let chip = move |(position, choice)| check_chip(name.clone(), position, choice, value);
            options.get().into_iter().enumerate().map(chip).collect_view()
        }
    };
    view! {
        <ChipGroup id=name kind="many" legend optional hint error>
            {chips}
        </ChipGroup>
    }
}

fn check_chip<T>(name: String, position: usize, choice: Choice<T>, value: RwSignal<Vec<T>>) -> impl IntoView
where
    T: Clone + PartialEq + Send + Sync + 'static,
{
    let Choice { value: own, key, label, icon } = choice;
    let chosen = {
        let own = own.clone();
        Signal::derive(move || value.with(|value| value.contains(&own)))
    };
    let turn = move |_| {
        value.update(|value| match value.iter().position(|other| *other == own) {
            Some(at) => drop(value.remove(at)),
            None => value.push(own.clone()),
        });
    };
    view! {
        <label class="chip">
            <input
                type="checkbox"
                name=name
                value=key.map_or_else(|| position.to_string(), str::to_owned)
                checked=chosen.get_untracked()
                prop:checked=move || chosen.get()
                on:change=turn
            />
            {icon.map(|glyph| view! { <Icon glyph /> })}
            <span class="chip-label">{label}</span>
        </label>
    }
}
