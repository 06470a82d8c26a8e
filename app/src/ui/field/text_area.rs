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
                    {Some(value.get_untracked()).filter(|text| !text.is_empty()).map(as_content)}
                </textarea>
            </div>
        </Field>
    }
    .into_any()
}

/// Text between the tags of a textarea: the renderer writes it into HTML as it is, taking it for markup of ours.
fn as_content(text: String) -> String {
    if cfg!(feature = "ssr") { text.replace('&', "&amp;").replace('<', "&lt;") } else { text }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    #[test]
    fn what_was_typed_never_becomes_markup() {
        let html = Owner::new_root(None)
            .with(|| view! { <TextArea name="note" label="Note" value=RwSignal::new("</textarea><script>&lt;".to_owned()) /> }.to_html());
        assert!(html.contains(">&lt;/textarea>&lt;script>&amp;lt;</textarea>"), "{html}");
    }
}
