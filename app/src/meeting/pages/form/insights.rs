use super::{Fields, fields::InsightFields, people::people_there};
use crate::{
    browser::{document, random},
    id::InsightId,
    meeting::InsightDraft,
    sync::Phone,
    ui::{Button, ButtonVariant, Glyph, SelectField, TextField},
};
use leptos::prelude::*;

/// What makes the people there special.
#[component]
pub fn Insights(
    /// The form.
    fields: Fields,
) -> impl IntoView {
    let add = move |_| {
        // About the only one who was there, most often.
        let contact = fields.contacts.with_untracked(|contacts| if let [only] = contacts.as_slice() { Some(*only) } else { None });
        let insight = InsightFields::of(InsightDraft { id: InsightId(random::uuid()), contact, text: String::new() });
        fields.insights.update(|insights| insights.push(insight));
        let field = format!("insight-{}-text", fields.insights.with_untracked(Vec::len) - 1);
        document::focus_soon(&field);
    };
    let items = move || {
        let item = |(position, insight)| view! { <OneInsight fields position insight /> };
        fields.insights.get().into_iter().enumerate().map(item).collect_view()
    };
    view! {
        <Show when=move || fields.insights.with(|insights| !insights.is_empty())>
            <ul class="repeat" role="list">
                {items}
            </ul>
        </Show>
        <Button icon=Glyph::Lightbulb on_click=add>
            "Add something worth knowing"
        </Button>
    }
}

#[component]
fn OneInsight(fields: Fields, position: usize, insight: InsightFields) -> impl IntoView {
    let contacts = people_there(Phone::get(), fields);
    let name = move |field: &str| format!("insight-{position}-{field}");
    let remove = move |_| fields.insights.update(|insights| insights.retain(|other| other.id != insight.id));
    view! {
        <li class="repeat-item">
            <SelectField
                name=name("contact")
                label="About whom?"
                options=contacts
                value=insight.contact
                error=fields.about(name("contact"))
            />
            <TextField
                name=name("text")
                label="What is worth knowing?"
                hint="Write it as if that person will read it. Nothing about health, faith or politics."
                value=insight.text
                error=fields.about(name("text"))
                autocomplete="off"
                max_length=500
            />
            <Button variant=ButtonVariant::Plain icon=Glyph::Trash2 on_click=remove>
                "Remove"
            </Button>
        </li>
    }
}
