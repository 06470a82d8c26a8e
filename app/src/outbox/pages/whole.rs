use crate::{
    browser::clock,
    outbox::{item_words, whole_text},
    sync::{Replica, outbox::Item},
    ui::{Disclosure, Terms},
};
use leptos::prelude::*;

/// What an item is called, and everything that it says.
pub(super) fn told(item: &Item, replica: &Replica) -> (String, Vec<(String, String)>) {
    let text = item.mutation.as_deref().map(|it| whole_text(it, replica, clock::offset_minutes(), clock::today()));
    (item_words(item.mutation.as_deref(), replica), text.unwrap_or_default())
}

/// Everything that an item says, where it says anything.
#[component]
pub(super) fn WholeText(
    /// Field by field.
    text: Vec<(String, String)>,
) -> impl IntoView {
    let whole = (!text.is_empty()).then(|| {
        view! {
            <Disclosure title="The whole text">
                <Terms of=text />
            </Disclosure>
        }
    });
    whole.into_any()
}
