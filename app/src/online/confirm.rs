use super::{Asking, FailureBanner};
use crate::ui::{Button, ButtonVariant};
use leptos::{ev::MouseEvent, prelude::*};

/// The action at the bottom of a sheet that does for good what the sheet asks about, and above it why it did not happen.
#[component]
pub fn Confirm(
    /// What is asked of the server.
    of: Asking,
    /// What it does.
    label: &'static str,
    /// Does it.
    #[prop(into)]
    on_click: UnsyncCallback<MouseEvent>,
) -> impl IntoView {
    view! {
        <FailureBanner of />
        <div class="sheet-action">
            <Button variant=ButtonVariant::Danger full=true busy=of.busy() on_click>
                {label}
            </Button>
        </div>
    }
    .into_any()
}
