use crate::{
    failure::Failure,
    online::{Asking, Confirm},
    ui::{Button, Card, Sheet, Toaster},
};
use leptos::prelude::*;
use std::future::Future;

/// Clears devices, because one was lost.
#[component]
pub(super) fn ClearDevices<F>(
    /// What that does.
    about: &'static str,
    /// What it is called.
    label: &'static str,
    /// The question before it is done.
    #[prop(into)]
    question: String,
    /// What becomes of what was not sent.
    unsent: &'static str,
    /// What to say once it is done.
    done: &'static str,
    /// Does it.
    clear: impl Fn() -> F + 'static,
) -> impl IntoView
where
    F: Future<Output = Result<(), Failure>> + 'static,
{
    let (toaster, asking, open) = (Toaster::expect(), Asking::new(), RwSignal::new(false));
    let confirmed = move |_| {
        asking.ask(clear(), move |()| {
            open.set(false);
            toaster.say(done);
        });
    };
    let confirmed = UnsyncCallback::new(confirmed);
    view! {
        <Card title="A device was lost">
            <p>{about}</p>
            <Button full=true on_click=move |_| open.set(true)>
                {label}
            </Button>
        </Card>
        <Sheet open title=question>
            <p>{unsent}</p>
            <Confirm of=asking label="Clear them" on_click=confirmed />
        </Sheet>
    }
    .into_any()
}
