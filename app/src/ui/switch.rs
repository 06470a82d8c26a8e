use leptos::prelude::*;

/// One thing that is on or off from the moment it is tapped.
#[component]
pub fn Switch(
    /// Its name in the form and its id.
    #[prop(into)]
    name: String,
    /// What is on when it is on.
    #[prop(into)]
    label: Signal<String>,
    /// Whether it is on.
    value: RwSignal<bool>,
    /// One sentence of help.
    #[prop(optional, into)]
    hint: MaybeProp<String>,
) -> impl IntoView {
    let hint_id = format!("{name}-hint");
    let described_by = {
        let hint_id = hint_id.clone();
        move || hint.get().map(|_| hint_id.clone())
    };
    view! {
        <div class="switch">
            <label class="switch-label" for=name.clone()>{move || label.get()}</label>
            <input
                type="checkbox"
                role="switch"
                id=name.clone()
                name=name
                aria-describedby=described_by
                checked=value.get_untracked()
                prop:checked=move || value.get()
                on:change=move |event| value.set(event_target_checked(&event))
            />
            {move || hint.get().map(|hint| view! { <p class="field-hint" id=hint_id.clone()>{hint}</p> })}
        </div>
    }
    .into_any()
}
