use super::{Fields, fields::PromiseFields};
use crate::{
    browser::{clock, document, random},
    id::PromiseId,
    promise::PromiseDraft,
    sync::Phone,
    text::alphabetical,
    ui::{Button, ButtonVariant, Choice, DateField, Glyph, SelectField, TextField},
};
use leptos::prelude::*;

/// Days until a promise is due, unless another day is chosen.
const DUE_IN_DAYS: i64 = 7;

/// What was promised.
#[component]
pub fn Promises(
    /// The form.
    fields: Fields,
) -> impl IntoView {
    let add = move |_| {
        let due = clock::today() + chrono::TimeDelta::days(DUE_IN_DAYS);
        let promise = PromiseFields::of(PromiseDraft::new(PromiseId(random::uuid()), due.to_string()));
        fields.promises.update(|promises| promises.push(promise));
        let field = format!("promise-{}-what", fields.promises.with_untracked(Vec::len) - 1);
        document::focus_soon(&field);
    };
    let items = move || {
        let item = |(position, promise)| view! { <OnePromise fields position promise /> };
        fields.promises.get().into_iter().enumerate().map(item).collect_view()
    };
    view! {
        <Show when=move || fields.promises.with(|promises| !promises.is_empty())>
            <ul class="repeat" role="list">
                {items}
            </ul>
        </Show>
        <Button icon=Glyph::Plus on_click=add>
            {move || if fields.promises.with(Vec::is_empty) { "Add a promise" } else { "Add another promise" }}
        </Button>
    }
}

#[component]
fn OnePromise(fields: Fields, position: usize, promise: PromiseFields) -> impl IntoView {
    let phone = Phone::get();
    let keepers = phone.derive(move |replica| {
        let mut members: Vec<_> = replica.members.values().filter(|member| member.active && member.id != phone.me()).collect();
        members.sort_by_cached_key(|member| (alphabetical(&member.name), member.id));
        members.iter().map(|member| Choice::new(member.id, member.name.clone())).collect::<Vec<_>>()
    });
    let name = move |field: &str| format!("promise-{position}-{field}");
    let remove = move |_| fields.promises.update(|promises| promises.retain(|other| other.id != promise.id));
    view! {
        <li class="repeat-item">
            <TextField
                name=name("what")
                label="What did you promise?"
                value=promise.what
                error=fields.about(name("what"))
                autocomplete="off"
                max_length=500
            />
            <div class="field-row">
                <DateField name=name("due") label="By when" value=promise.due error=fields.about(name("due")) />
                <SelectField name=name("keeper") label="Who keeps it" options=keepers value=promise.keeper none="You" />
            </div>
            <TextField
                name=name("evidence")
                label="How they will know"
                optional=true
                value=promise.evidence
                error=fields.about(name("evidence"))
                autocomplete="off"
                max_length=500
            />
            <Button variant=ButtonVariant::Plain icon=Glyph::Trash2 on_click=remove>
                "Remove this promise"
            </Button>
        </li>
    }
}
