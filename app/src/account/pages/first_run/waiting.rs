use crate::{
    account::Device,
    sync::{Phone, client::Connection},
    ui::{Button, ButtonVariant, Gate},
};
use leptos::prelude::*;

/// The phone holds nothing yet: what it is waiting for.
#[component]
pub(super) fn Waiting() -> impl IntoView {
    let (phone, device) = (Phone::get(), Device::get());
    let connection = phone.connection();
    let words = move || match connection.get() {
        Connection::Offline => "There is no connection. What you need is fetched as soon as there is one.",
        Connection::SignedOut => "Your session has ended. Sign in again.",
        _ => "Fetching your customers and meetings. This takes a few seconds, once.",
    };
    view! {
        <Gate title="Getting this phone ready">
            <p role="status">{words}</p>
            <Button variant=ButtonVariant::Plain on:click=move |_| device.tell_later()>
                "Begin without it"
            </Button>
        </Gate>
    }
}
