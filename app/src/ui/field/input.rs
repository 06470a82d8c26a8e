use leptos::prelude::*;

use super::{Field, described_by};
use crate::ui::{Glyph, Icon};

/// What the one-line fields share; each public field names its own few of these.
#[component]
pub(super) fn Input(
    name: String,
    kind: &'static str,
    label: Signal<String>,
    value: RwSignal<String>,
    optional: bool,
    hint: MaybeProp<String>,
    error: MaybeProp<String>,
    #[prop(default = None)] icon: Option<Glyph>,
    #[prop(default = None)] affix: Option<String>,
    #[prop(default = None)] placeholder: Option<String>,
    #[prop(default = None)] keyboard: Option<&'static str>,
    #[prop(default = None)] autocomplete: Option<&'static str>,
    #[prop(default = None)] min: Option<String>,
    #[prop(default = None)] max: Option<String>,
    #[prop(default = None)] step: Option<String>,
    #[prop(default = None)] max_length: Option<u32>,
    #[prop(default = Vec::new())] suggestions: Vec<String>,
) -> impl IntoView {
    let list = (!suggestions.is_empty()).then(|| format!("{name}-suggestions"));
    let suggested = list.clone().map(|id| {
        let options = suggestions.into_iter().map(|value| view! { <option value=value></option> }).collect_view();
        view! { <datalist id=id>{options}</datalist> }
    });
    view! {
        <Field id=name.clone() label optional hint error>
            <div class="field-control">
                {icon.map(|glyph| view! { <Icon glyph /> })}
                <input
                    id=name.clone()
                    name=name.clone()
                    type=kind
                    inputmode=keyboard
                    autocomplete=autocomplete
                    placeholder=placeholder
                    min=min
                    max=max
                    step=step
                    maxlength=max_length.map(|length| length.to_string())
                    list=list
                    aria-describedby=described_by(&name, hint, error)
                    aria-invalid=move || error.get().map(|_| "true")
                    value=value.get_untracked()
                    prop:value=move || value.get()
                    on:input=move |event| value.set(event_target_value(&event))
                />
                {suggested}
                {affix.map(|affix| view! { <span class="field-affix">{affix}</span> })}
            </div>
        </Field>
    }
}
