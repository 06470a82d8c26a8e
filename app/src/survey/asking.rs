//! Asking somebody who was there: by handing the device over, or by a link.

use super::{Invitation, InviteError, QrCode, Way, address_of, hand_over, invite};
use crate::{
    account::Device,
    browser::share::{Shared, share},
    id::ContactId,
    meeting::Meeting,
    sync::Phone,
    ui::{Button, ButtonVariant, Glyph, Sheet},
};
use leptos::prelude::*;
use std::{collections::BTreeSet, sync::Arc};
use wasm_bindgen_futures::spawn_local;

/// The two ways to ask `contact`, who may be asked today.
#[component]
pub fn AskContact(
    /// To rate which meeting.
    meeting: Arc<Meeting>,
    /// Who; absent where the meeting was logged without a contact.
    contact: Option<ContactId>,
    /// Who was asked by link here, so that the code comes up by itself: the rep has just tapped for it.
    asked_by_link: StoredValue<BTreeSet<Option<ContactId>>>,
) -> impl IntoView {
    let (phone, device) = (Phone::get(), Device::get());
    let (problem, busy) = (RwSignal::new(None::<&'static str>), RwSignal::new(false));
    let hand = {
        let meeting = meeting.clone();
        move |_| {
            let meeting = meeting.clone();
            busy.set(true);
            spawn_local(async move {
                let failed = hand_over(phone, device, &meeting, contact).await.err().map(invite_words);
                let _ = (problem.try_set(failed), busy.try_set(false));
            });
        }
    };
    let ask_by_link = move |_| {
        let meeting = meeting.clone();
        busy.set(true);
        asked_by_link.update_value(|asked| _ = asked.insert(contact));
        spawn_local(async move {
            // Once asked, the screen shows the request instead of this, and the request its link.
            let failed = invite(phone, &meeting, contact, Way::Link).await.err().map(invite_words);
            let _ = (problem.try_set(failed), busy.try_set(false));
        });
    };
    view! {
        <div class="button-row">
            <Button icon=Glyph::Handshake busy=busy on_click=hand>
                "Hand over"
            </Button>
            <Button icon=Glyph::QrCode busy=busy on_click=ask_by_link>
                "Link or QR code"
            </Button>
        </div>
        <p class="field-error" role="status">
            {move || problem.get()}
        </p>
    }
}

/// The link of a request, where this device showed it first.
#[component]
pub fn ShowLink(
    /// The request.
    invitation: Arc<Invitation>,
    /// Whether its code comes up by itself.
    opens: bool,
) -> impl IntoView {
    let phone = Phone::get();
    let (link, open) = (RwSignal::new(None::<String>), RwSignal::new(false));
    spawn_local(async move {
        // Where the stock does not read, there is no link to show.
        let found = address_of(phone.me(), invitation.id).await.ok().flatten();
        let shown = opens && found.is_some();
        let _ = (link.try_set(found), open.try_set(shown));
    });
    let show = move || {
        link.get().is_some().then(|| {
            view! {
                <Button variant=ButtonVariant::Plain icon=Glyph::QrCode on_click=move |_| open.set(true)>
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
                <Button variant=ButtonVariant::Primary icon=Glyph::Share full=true on_click=send>
                    "Send the link"
                </Button>
            </div>
        </Sheet>
    }
}

/// Why nobody was asked, and what to do.
pub fn invite_words(error: InviteError) -> &'static str {
    match error {
        InviteError::NoPin => "Set a PIN first: it is what takes the device back. You find it under More.",
        InviteError::NoLinks => "This phone has no links left. Go online for a moment, or hand the device over.",
        InviteError::NotReady => "This phone has not reached the server yet. Go online for a moment, then try again.",
        InviteError::Storage(_) => "This phone could not keep that. Nobody was asked; try again.",
    }
}
