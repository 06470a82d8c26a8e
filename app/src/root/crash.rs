//! What people see where the app cannot go on.

use crate::{
    browser::{document, storage::StorageError},
    sync::storage_words,
    ui::{Button, ButtonVariant, Gate},
};
use leptos::{mount::mount_to_body, prelude::*};

/// From here on a fault in the app is said on screen, instead of leaving a page that no longer answers.
pub(super) fn say_so() {
    std::panic::set_hook(Box::new(|fault| {
        console_error_panic_hook::hook(fault);
        document::say("Something went wrong in Qdos. What you saved on this phone is safe. Load the page again to go on.");
    }));
}

/// The device keeps nothing, so that nothing could be called saved.
pub(super) fn show_no_storage(error: StorageError) {
    mount_to_body(move || view! { <NoStorage error=error.clone() /> });
}

#[component]
fn NoStorage(
    /// Why.
    error: StorageError,
) -> impl IntoView {
    let what_to_do = storage_words(&error);
    view! {
        <Gate title="Qdos cannot keep anything here" lead=what_to_do>
            <Button variant=ButtonVariant::Primary full=true on_click=|_| document::reload()>"Try again"</Button>
        </Gate>
    }
}
