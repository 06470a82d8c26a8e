//! Asking somebody who was there: by handing the device over, or by a link.

use super::{InviteError, QrCode, Way, address_of, hand_over, invite};
use crate::{
    account::Device,
    browser::share::{Shared, share},
    id::{ContactId, InvitationId},
    meeting::Meeting,
    sync::Phone,
    ui::{Button, ButtonVariant, Glyph, Sheet},
};
use leptos::prelude::*;
use std::sync::Arc;
use wasm_bindgen_futures::spawn_local;

/// The two ways to ask `contact`, who may be asked today.
#[component]
pub fn AskContact(
    /// To rate which meeting.
    meeting: Arc<Meeting>,
    /// Who; absent where the meeting was logged without a contact.
    contact: Option<ContactId>,
) -> impl IntoView {
    let (phone, device) = (Phone::get(), Device::get());
    let (problem, busy) = (RwSignal::new(None::<&'static str>), RwSignal::new(false));
    let (link, open) = (RwSignal::new(None::<String>), RwSignal::new(false));
    let hand = {
        let meeting = meeting.clone();
        move |_| {
            let meeting = meeting.clone();
            busy.set(true);
            spawn_local(async move {
                problem.set(hand_over(phone, device, &meeting, contact).await.err().map(words));
                busy.set(false);
            });
        }
    };
    let ask_by_link = move |_| {
        let meeting = meeting.clone();
        busy.set(true);
        spawn_local(async move {
            match invite(phone, &meeting, contact, Way::Link).await {
                Ok(invited) if invited.address.is_some() => {
                    link.set(invited.address);
                    open.set(true);
                }
                Ok(_) => problem.set(Some("This phone has no links left. Go online for a moment, then hand the device over instead.")),
                Err(error) => problem.set(Some(words(error))),
            }
            busy.set(false);
        });
    };
    view! {
        <div class="button-row">
            <Button icon=Glyph::Handshake busy=busy on:click=hand>
                "Hand over"
            </Button>
            <Button icon=Glyph::QrCode busy=busy on:click=ask_by_link>
                "Link or QR code"
            </Button>
        </div>
        <p class="field-error" role="status">
            {move || problem.get()}
        </p>
        <LinkSheet link open />
    }
}

/// Shows the link of a request again, where this device showed it first.
#[component]
pub fn ShowLink(
    /// Of which request.
    invitation: InvitationId,
) -> impl IntoView {
    let phone = Phone::get();
    let (link, open) = (RwSignal::new(None::<String>), RwSignal::new(false));
    spawn_local(async move {
        // Where the stock does not read, there is no link to show.
        link.set(address_of(phone.me(), invitation).await.ok().flatten());
    });
    let show = move || {
        link.get().is_some().then(|| {
            view! {
                <Button variant=ButtonVariant::Plain icon=Glyph::QrCode on:click=move |_| open.set(true)>
                    "Show the link"
                </Button>
            }
        })
    };
    view! {
        {show}
        <LinkSheet link open />
    }
}

/// The link as a QR code, and handed to another app.
#[component]
fn LinkSheet(link: RwSignal<Option<String>>, open: RwSignal<bool>) -> impl IntoView {
    let said = RwSignal::new(None::<&'static str>);
    let send = move |_| {
        let Some(address) = link.get_untracked() else { return };
        spawn_local(async move {
            said.set(match share("How was our meeting?", &address).await {
                Ok(Shared::Copied) => Some("Copied. Paste it into a message."),
                Ok(Shared::Sent | Shared::Cancelled) => None,
                Err(_) => Some("Copy the address under the code by hand."),
            });
        });
    };
    view! {
        <Sheet open title="For the customer’s own phone">
            {move || link.get().map(|address| view! { <QrCode address /> })}
            <p role="status">{move || said.get()}</p>
            <div class="sheet-action">
                <Button variant=ButtonVariant::Primary icon=Glyph::Share full=true on:click=send>
                    "Send the link"
                </Button>
            </div>
        </Sheet>
    }
}

fn words(error: InviteError) -> &'static str {
    match error {
        InviteError::NoPin => "Set a PIN first: it is what takes the device back. You find it under More.",
        InviteError::NotReady => "This phone has not reached the server yet. Go online for a moment, then try again.",
        InviteError::Storage(_) => "This phone could not keep that. Nobody was asked; try again.",
    }
}
