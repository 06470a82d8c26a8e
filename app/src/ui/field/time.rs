use leptos::prelude::*;

use super::input::Input;

/// A time of day, held as `HH:MM`, chosen in the device's own way.
#[component]
pub fn TimeField(
    /// Its name in the form and its id.
    #[prop(into)]
    name: String,
    /// What is asked.
    #[prop(into)]
    label: Signal<String>,
    /// The time as `HH:MM`, or empty.
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
) -> impl IntoView {
    view! { <Input name kind="time" label value optional hint error /> }
}
