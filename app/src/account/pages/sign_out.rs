//! Leaving: this browser's session, all sessions, or everything that is on this phone.

mod remove;

use self::remove::Remove;
use super::clear::ClearDevices;
use crate::{
    account::{Device, revoke_others, sign_out, sign_out_everywhere},
    failure::Failure,
    online::{Asking, FailureBanner},
    sync::{Phone, protocol::ProblemCode},
    ui::{Banner, BannerTone, Button, ButtonVariant, Card, Leave, Page},
};
use leptos::prelude::*;

/// Signs out, and says what stays on this phone.
#[component]
pub(super) fn SignOut() -> impl IntoView {
    let (phone, device, asking) = (Phone::get(), Device::get(), Asking::new());
    let unsent = Memo::new(move |_| phone.health().with(|health| health.unsent));
    let here = move |_| asking.ask(async move { leave(device, sign_out().await).await }, |()| {});
    let everywhere = move |_| asking.ask(async move { leave(device, sign_out_everywhere().await).await }, |()| {});
    let waits = move || {
        let words = match unsent.get() {
            0 => return None,
            1 => "One thing on this phone was not sent yet. It stays here and is sent when you sign in again.".to_owned(),
            many => format!("{many} things on this phone were not sent yet. They stay here and are sent when you sign in again."),
        };
        Some(view! { <Banner tone=BannerTone::Attention>{words}</Banner> })
    };
    view! {
        <Page title="Sign out" leave=Leave::Back("/app/more".to_owned())>
            {waits}
            <FailureBanner of=asking />
            <Card title="On this phone">
                <p>"What is on this phone stays for the next time you sign in here."</p>
                <Button variant=ButtonVariant::Primary full=true busy=asking.busy() on_click=here>
                    "Sign out"
                </Button>
            </Card>
            <Card title="Everywhere">
                <p>"Ends your sessions on all your devices, this one too: for a phone that was lost, or a password somebody may know."</p>
                <Button full=true busy=asking.busy() on_click=everywhere>
                    "Sign out everywhere"
                </Button>
            </Card>
            <ClearDevices
                about="Signs you out on all your other devices, and removes what is on them as soon as they connect."
                label="Clear my other devices"
                question="Clear your other devices?"
                unsent="What they had not sent goes to your administrators, who can still save it for you. This device stays as it is."
                done="Your other devices are cleared as soon as they connect."
                clear=revoke_others
            />
            <Remove />
        </Page>
    }
}

/// Leaves the device once the session has `ended`; one that had ended before is what was asked for.
async fn leave(device: Device, ended: Result<(), Failure>) -> Result<(), Failure> {
    match ended {
        Err(failure) if ![ProblemCode::SignedOut, ProblemCode::Revoked].contains(&failure.code) => Err(failure),
        _ => device.leave().await.map_err(Failure::from),
    }
}
