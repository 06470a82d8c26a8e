use leptos::prelude::*;

use super::input::Input;

/// A calendar date, held as `YYYY-MM-DD`, chosen in the device's own way.
#[component]
pub fn DateField(
    /// Its name in the form and its id.
    #[prop(into)]
    name: String,
    /// What is asked.
    #[prop(into)]
    label: Signal<String>,
    /// The date as `YYYY-MM-DD`, or empty.
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
    /// The first date that makes sense.
    #[prop(optional, into)]
    min: Option<String>,
    /// The last date that makes sense.
    #[prop(optional, into)]
    max: Option<String>,
) -> impl IntoView {
    view! { <Input name kind="date" label value optional hint error min max /> }
}
