use crate::{
    account::revoke_others,
    online::{Asking, FailureBanner},
    ui::{Button, ButtonVariant, Card, Sheet, Toaster},
};
use leptos::prelude::*;

/// Clears every other device of the member: for one that was lost.
#[component]
pub(super) fn Others() -> impl IntoView {
    let (toaster, asking, open) = (Toaster::expect(), Asking::new(), RwSignal::new(false));
    let clear = move |_| {
        asking.ask(revoke_others(), move |()| {
            open.set(false);
            toaster.say("Your other devices are cleared as soon as they connect.");
        });
    };
    view! {
        <Card title="A device was lost">
            <p>"Signs you out on all your other devices, and removes what is on them as soon as they connect."</p>
            <Button full=true on_click=move |_| open.set(true)>
                "Clear my other devices"
            </Button>
        </Card>
        <Sheet open title="Clear your other devices?">
            <p>"What they had not sent goes to your administrators, who can still save it for you. This device stays as it is."</p>
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
