use crate::{
    account::{Device, pages::sign_in::SignInGate},
    sync::{Phone, client::Connection},
    ui::{Button, ButtonVariant, Gate, Glyph},
};
use leptos::prelude::*;

/// The phone holds nothing yet: what it is waiting for.
#[component]
pub(super) fn Waiting() -> impl IntoView {
    let (phone, device) = (Phone::get(), Device::get());
    let connection = phone.connection();
    let signed_out = move || matches!(connection.get(), Connection::SignedOut | Connection::AnotherMember);
    let words = move || match connection.get() {
        Connection::Offline => "There is no connection. What you need is fetched as soon as there is one.",
        Connection::Troubled => "The server does not answer as it should. Qdos tries again by itself.",
        _ => "Fetching your customers and meetings. This takes a few seconds, once.",
    };
    let waiting = move || {
        view! {
            <Gate title="Getting this phone ready">
                <p role="status">{words}</p>
                <div class="button-row">
                    <Button icon=Glyph::RefreshCw on_click=move |_| phone.sync_now()>
                        "Try now"
                    </Button>
                    <Button variant=ButtonVariant::Plain on_click=move |_| device.tell_later()>
                        "Begin without it"
                    </Button>
                </div>
            </Gate>
        }
    };
    move || match signed_out() {
        true => view! { <SignInGate reason="Your session ended before this phone was ready. Sign in again." /> }.into_any(),
        false => waiting().into_any(),
    }
}
