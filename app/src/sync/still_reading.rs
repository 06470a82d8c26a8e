use super::Phone;
use leptos::prelude::*;

/// Says that what is shown may not be all, where it is about the past and a full phone has just started.
#[component]
pub fn StillReading() -> impl IntoView {
    let reads_on = Phone::get().reads_on();
    view! {
        <p class="aside" role="status">
            {move || reads_on.get().then_some("Earlier meetings are still being read…")}
        </p>
    }
}
