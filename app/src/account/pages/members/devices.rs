use crate::{
    account::{Member, revoke_devices},
    online::{Asking, FailureBanner},
    ui::{Button, ButtonVariant, Card, Sheet, Toaster},
};
use leptos::prelude::*;

/// Clears every device of a member who lost one.
#[component]
pub(super) fn ClearDevices(
    /// Whose.
    member: Member,
) -> impl IntoView {
    let (toaster, asking, open, id) = (Toaster::expect(), Asking::new(), RwSignal::new(false), member.id);
    let clear = move |_| {
        asking.ask(revoke_devices(id), move |()| {
            open.set(false);
            toaster.say("Their devices are cleared as soon as they connect.");
        });
    };
    view! {
        <Card title="A device was lost">
            <p>"Signs this person out everywhere, and removes what is on their devices as soon as they connect. They can sign in again."</p>
            <Button full=true on_click=move |_| open.set(true)>
                "Clear their devices"
            </Button>
        </Card>
        <Sheet open title="Clear the devices of ".to_owned() + &member.name + "?">
            <p>"What they had not sent comes to ‘Could not be saved’, where you can still save it."</p>
            <FailureBanner of=asking />
            <div class="sheet-action">
                <Button variant=ButtonVariant::Danger full=true busy=asking.busy() on_click=clear>
                    "Clear them"
                </Button>
            </div>
        </Sheet>
    }
    .into_any()
}
