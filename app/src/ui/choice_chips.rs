//! A few choices side by side: one of them ([`ChoiceChips`]) or any of them ([`CheckChips`]). Native inputs underneath.

mod check_chips;

use leptos::{ev::KeyboardEvent, prelude::*};

use super::{Choice, Icon, field::described_by};

pub use check_chips::*;

/// Chooses one of a few. Where it may stay empty, tapping the chosen one again clears it.
#[component]
pub fn ChoiceChips<T>(
    /// Names the group in a form and makes its ids.
    #[prop(into)]
    name: String,
    /// What is asked.
    #[prop(into)]
    legend: Signal<String>,
    /// What can be chosen.
    #[prop(into)]
    options: Signal<Vec<Choice<T>>>,
    /// What is chosen.
    value: RwSignal<Option<T>>,
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
            let chip = move |(position, choice)| one_chip(name.clone(), position, choice, value, optional);
            options.get().into_iter().enumerate().map(chip).collect_view()
        }
    };
    view! {
        <ChipGroup id=name kind="one" legend optional hint error>
            {chips}
        </ChipGroup>
    }
    .into_any()
}

fn one_chip<T>(name: String, position: usize, choice: Choice<T>, value: RwSignal<Option<T>>, optional: bool) -> impl IntoView
where
    T: Clone + PartialEq + Send + Sync + 'static,
{
    let Choice { value: own, key, label, icon } = choice;
    let chosen = {
        let own = own.clone();
        Signal::derive(move || value.with(|value| value.as_ref() == Some(&own)))
    };
    // A radio that is on already reports a click but no change; by then the signal still holds what was on before.
    let clear = move |_| {
        if optional && chosen.get_untracked() {
            value.set(None);
        }
    };
    // The space bar on a radio that is on reports no click at all.
    let clear_by_key = move |event: KeyboardEvent| {
        if optional && event.key() == " " && chosen.get_untracked() {
            event.prevent_default();
            value.set(None);
        }
    };
    view! {
        <label class="chip">
            <input
                type="radio"
                name=name
                value=key.map_or_else(|| position.to_string(), str::to_owned)
                checked=chosen.get_untracked()
                prop:checked=move || chosen.get()
                on:click=clear
                on:keydown=clear_by_key
                on:change=move |_| value.set(Some(own.clone()))
            />
            {icon.map(|glyph| view! { <Icon glyph /> })}
            <span class="chip-label">{label}</span>
        </label>
    }
    .into_any()
}

/// What both kinds share: a fieldset with its question, help and error.
#[component]
fn ChipGroup(
    id: String,
    kind: &'static str,
    legend: Signal<String>,
    optional: bool,
    hint: MaybeProp<String>,
    error: MaybeProp<String>,
    children: Children,
) -> impl IntoView {
    let hint_id = format!("{id}-hint");
    let error_id = format!("{id}-error");
    view! {
        <fieldset
            class="choice-chips"
            id=id.clone()
            data-kind=kind
            tabindex="-1"
            aria-describedby=described_by(&id, hint, error)
            data-invalid=move || error.get().map(|_| "true")
        >
            <legend class="field-label">
                {move || legend.get()} {optional.then(|| view! { <span class="field-optional">" (optional)"</span> })}
            </legend>
            {move || hint.get().map(|hint| view! { <p class="field-hint" id=hint_id.clone()>{hint}</p> })}
            <div class="choice-chips-options">{children()}</div>
            <p class="field-error" id=error_id>{move || error.get()}</p>
        </fieldset>
    }
    .into_any()
}
