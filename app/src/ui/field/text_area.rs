use leptos::prelude::*;

use super::{Field, described_by};

/// Several lines of text; grows as they are written.
#[component]
pub fn TextArea(
    /// Its name in the form and its id.
    #[prop(into)]
    name: String,
    /// What is asked.
    #[prop(into)]
    label: Signal<String>,
    /// What is typed.
    value: RwSignal<String>,
    /// May stay empty, and says so.
    #[prop(optional)]
    optional: bool,
    /// One sentence of help.
    #[prop(optional, into)]
    hint: MaybeProp<String>,
    /// What to do about what is wrong.
    #[prop(optional, into)]
    error: MaybeProp<String>,
    /// An example; never the only place that says what is asked.
    #[prop(optional, into)]
    placeholder: Option<String>,
    /// The most characters the model takes.
    #[prop(optional)]
    max_length: Option<u32>,
) -> impl IntoView {
    view! {
        <Field id=name.clone() label optional hint error>
            <div class="field-control">
                <textarea
                    id=name.clone()
                    name=name.clone()
                    rows="3"
                    placeholder=placeholder
                    maxlength=max_length.map(|length| length.to_string())
                    aria-describedby=described_by(&name, hint, error)
                    aria-invalid=move || error.get().map(|_| "true")
                    prop:value=move || value.get()
                    on:input=move |event| value.set(event_target_value(&event))
                >
                    {Some(value.get_untracked()).filter(|text| !text.is_empty())}
                </textarea>
            </div>
        </Field>
    }
    .into_any()
}
