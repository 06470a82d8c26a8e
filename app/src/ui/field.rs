//! Fields: the label above, help under it, what is wrong beside the field and read out with it.
//!
//! A field holds the text as typed, so that nothing typed is ever lost; the feature parses it when it saves.

mod date;
#[expect(unreachable_pub, reason = "the component macro widens it")]
mod input;
mod number;
mod search;
mod select;
mod text;
mod text_area;
mod time;

use leptos::prelude::*;

pub use date::*;
pub use number::*;
pub use search::*;
pub use select::*;
pub use text::*;
pub use text_area::*;
pub use time::*;

/// The frame around one control whose id is `id`.
#[component]
pub fn Field(
    /// The control's id.
    #[prop(into)]
    id: String,
    /// What is asked, always in view.
    #[prop(into)]
    label: Signal<String>,
    /// May stay empty, and says so.
    #[prop(optional)]
    optional: bool,
    /// One sentence of help.
    #[prop(optional, into)]
    hint: MaybeProp<String>,
    /// What to do about what is wrong.
    #[prop(optional, into)]
    error: MaybeProp<String>,
    /// The control; it takes [`described_by`] with the same id, hint and error.
    children: Children,
) -> impl IntoView {
    let hint_id = format!("{id}-hint");
    let error_id = format!("{id}-error");
    view! {
        <div class="field">
            <label class="field-label" for=id>
                {move || label.get()} {optional.then(|| view! { <span class="field-optional">" (optional)"</span> })}
            </label>
            {move || hint.get().map(|hint| view! { <p class="field-hint" id=hint_id.clone()>{hint}</p> })}
            {children()}
            <p class="field-error" id=error_id>{move || error.get()}</p>
        </div>
    }
    .into_any()
}

/// The `aria-describedby` of a control framed by [`Field`]: its hint and its error, while there are any.
pub fn described_by(id: &str, hint: MaybeProp<String>, error: MaybeProp<String>) -> impl Fn() -> Option<String> + Clone + use<> {
    let hint_id = format!("{id}-hint");
    let error_id = format!("{id}-error");
    move || {
        let hint = hint.get().map(|_| hint_id.as_str());
        let error = error.get().map(|_| error_id.as_str());
        match (hint, error) {
            (Some(hint), Some(error)) => Some(format!("{hint} {error}")),
            (one, other) => one.or(other).map(str::to_owned),
        }
    }
}
