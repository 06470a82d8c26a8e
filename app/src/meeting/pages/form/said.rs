use super::Fields;
use crate::ui::TextArea;
use leptos::prelude::*;

/// What was said.
#[component]
pub fn Said(
    /// The form.
    fields: Fields,
) -> impl IntoView {
    let notes = [
        ("matters", "What matters to them", fields.matters),
        ("success", "How they measure success", fields.success),
        ("roadblocks", "Roadblocks", fields.roadblocks),
        ("moving_targets", "Moving targets", fields.moving_targets),
        ("innovations", "Innovations that could help", fields.innovations),
        ("next_step", "Next step", fields.next_step),
    ];
    notes
        .map(|(name, label, value)| {
            view! { <TextArea name label value optional=true error=fields.about(name) max_length=5000 /> }
        })
        .collect_view()
}
