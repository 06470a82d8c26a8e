//! Rows under each other on one sheet.

mod action;
mod row;

use leptos::prelude::*;

pub use action::*;
pub use row::*;

/// A sheet of [`ListRow`]s and [`ListAction`]s.
#[component]
pub fn List(
    /// A quiet heading of the second level above the sheet.
    #[prop(optional, into)]
    title: MaybeProp<String>,
    /// The rows.
    children: Children,
) -> impl IntoView {
    view! {
        <section class="list">
            {move || title.get().map(|title| view! { <h2 class="list-title">{title}</h2> })}
            // Safari forgets that a list without bullets is one.
            <ul class="list-rows" role="list">
                {children()}
            </ul>
        </section>
    }
    .into_any()
}
