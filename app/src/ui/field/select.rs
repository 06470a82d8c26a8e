use leptos::prelude::*;

use super::{Field, described_by};
use crate::ui::{Choice, Glyph, Icon};

/// Chooses one of many, in the device's own way. For up to six choices chips are quicker.
#[component]
pub fn SelectField<T>(
    /// Its name in the form and its id.
    #[prop(into)]
    name: String,
    /// What is asked.
    #[prop(into)]
    label: Signal<String>,
    /// What can be chosen.
    #[prop(into)]
    options: Signal<Vec<Choice<T>>>,
    /// What is chosen.
    value: RwSignal<Option<T>>,
    /// What the empty choice says; without it the empty choice is not offered once something is chosen.
    #[prop(optional, into)]
    none: MaybeProp<String>,
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
    let choose = move |event| {
        // The options' values are their positions: the device's picker only ever hands back a string.
        let position = event_target_value(&event).parse::<usize>().ok();
        value.set(position.and_then(|position| options.with_untracked(|all| all.get(position).map(|choice| choice.value.clone()))));
    };
    let empty = move || {
        let shown = none.get().or_else(|| value.with(Option::is_none).then(|| "Choose".to_owned()));
        shown.map(|words| view! { <option value="" selected=move || value.with(Option::is_none)>{words}</option> })
    };
    let rest = move || {
        let option = |(position, choice): (usize, Choice<T>)| {
            let Choice { value: own, label, .. } = choice;
            let chosen = move || value.with(|value| value.as_ref() == Some(&own));
            view! { <option value=position.to_string() selected=chosen.clone() prop:selected=chosen>{label}</option> }
        };
        options.get().into_iter().enumerate().map(option).collect_view()
    };
    view! {
        <Field id=name.clone() label optional hint error>
            <div class="field-control">
                <select
                    id=name.clone()
                    name=name.clone()
                    aria-describedby=described_by(&name, hint, error)
                    aria-invalid=move || error.get().map(|_| "true")
                    on:change=choose
                >
                    {empty}
                    {rest}
                </select>
                <Icon glyph=Glyph::ChevronDown />
            </div>
        </Field>
    }
    .into_any()
}
