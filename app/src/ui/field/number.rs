use leptos::prelude::*;

use super::input::Input;

/// A whole quantity. Held as typed: half a number is not yet an error.
#[component]
pub fn NumberField(
    /// Its name in the form and its id.
    #[prop(into)]
    name: String,
    /// What is asked.
    #[prop(into)]
    label: Signal<String>,
    /// The digits as typed.
    value: RwSignal<String>,
    /// What it counts, after the number: 'minutes'.
    #[prop(optional, into)]
    unit: Option<String>,
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
    // Not type=number: it swallows what it cannot read, and a thumb on the edge scrolls the value away.
    view! { <Input name kind="text" keyboard=Some("numeric") label value optional hint error affix=unit /> }
}
