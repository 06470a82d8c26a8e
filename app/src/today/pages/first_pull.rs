use crate::{
    sync::{Phone, device::Connection},
    ui::{EmptyState, Glyph},
};
use leptos::prelude::*;

/// This phone holds nothing yet: the first exchange with the server is under way, or has to wait.
#[component]
pub(super) fn FirstPull() -> impl IntoView {
    let connection = Phone::get().connection();
    let words = move || match connection.get() {
        Connection::Offline => "There is no connection now. It goes on by itself as soon as there is one.",
        Connection::SignedOut => "Sign in again to go on.",
        _ => "This happens once and takes a moment. From then on everything works without a connection too.",
    };
    view! {
        <div role="status">
            <EmptyState glyph=Glyph::Download title="Getting your customers onto this phone">
                {words}
            </EmptyState>
        </div>
    }
}
