use leptos::prelude::*;

use super::input::Input;
use crate::ui::Glyph;

/// Where a few letters find one of many; a screen has one.
#[component]
pub fn SearchField(
    /// What is looked for.
    #[prop(into)]
    label: Signal<String>,
    /// What is typed.
    value: RwSignal<String>,
    /// By what it is found; never the only place that says what is asked.
    #[prop(into)]
    placeholder: String,
    /// What to do about what is wrong.
    #[prop(optional, into)]
    error: MaybeProp<String>,
    /// The most characters, where what is typed may become a name.
    #[prop(optional)]
    max_length: Option<u32>,
) -> impl IntoView {
    view! {
        <Input
            name="find".to_owned()
            kind="search"
            label
            value
            optional=false
            hint=MaybeProp::default()
            error
            icon=Some(Glyph::Search)
            placeholder=Some(placeholder)
            autocomplete=Some("off")
            max_length
        />
    }
}
