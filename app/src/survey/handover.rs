//! The device in the customer's hands: nothing but the survey, until the rep's PIN.

mod answering;
mod choosing;
mod unlock;

use super::{Handover, QrCode, Step};
use crate::{
    account::Device,
    browser::{document, storage::StorageError},
    meeting::meeting_address,
    sync::Phone,
    ui::{Button, ButtonVariant, Glyph, Icon},
};
use answering::Answering;
use choosing::Choosing;
use leptos::prelude::*;
use std::sync::Arc;
use unlock::Unlock;
use wasm_bindgen_futures::spawn_local;

/// The whole app while the device is locked; the root shows it instead of everything else, before it opens any store.
#[component]
pub fn HandoverScreen() -> impl IntoView {
    let desk = Desk { device: Device::get(), failed: RwSignal::new(false) };
    // Each answer changes the handover, but only a step changes what is shown.
    let step = Memo::new(move |_| desk.device.handover().with(|handover| handover.as_ref().map(|it| it.step)));
    // What a kill left between the lock and the outbox.
    desk.deliver();
    provide_context(desk);
    let shown = move || {
        step.get();
        let handover = desk.handover()?;
        Some(match handover.step {
            Step::Choosing => view! { <Choosing handover /> }.into_any(),
            Step::OnPhone => view! { <OnPhone handover /> }.into_any(),
            Step::Answering => view! { <Answering handover /> }.into_any(),
            Step::Thanked => view! { <Ended title="Thank you. Your answers are in." /> }.into_any(),
            Step::Declined => view! { <Ended title="That is fine. Thank you for your time." /> }.into_any(),
        })
    };
    let failed = move || {
        desk.failed.get().then(|| view! { <p class="field-error" role="alert">"This device could not keep that. Please try again."</p> })
    };
    view! {
        <div class="survey" data-mode="handover">
            {shown}
            <footer class="survey-foot">
                {failed}
                {desk.handover().map(|handover| view! { <Unlock rep=handover.questionnaire.rep.clone() /> })}
            </footer>
        </div>
    }
}

/// What the views of a handover do: take the next step, once it is stored.
#[derive(Clone, Copy)]
struct Desk {
    device: Device,
    /// Whether the last step could not be stored.
    failed: RwSignal<bool>,
}

impl Desk {
    fn get() -> Self {
        use_context().expect("the views of a handover are mounted below its screen")
    }

    fn handover(self) -> Option<Arc<Handover>> {
        self.device.handover().get_untracked()
    }

    /// Takes a step: stored with strict durability, then shown, then on its way.
    fn step(self, step: impl FnOnce(Handover) -> Handover) {
        let Some(now) = self.handover() else { return };
        let next = step((*now).clone());
        spawn_local(async move {
            let kept = self.device.keep_handover(next).await;
            self.failed.set(kept.is_err());
            self.deliver();
        });
    }

    /// Puts what is outgoing into the member's outbox, from where it is sent.
    fn deliver(self) {
        if self.handover().is_some_and(|handover| !handover.outgoing.is_empty()) {
            spawn_local(async move {
                // What fails now is tried again at the next start, and before the lock goes.
                drop(self.try_deliver().await);
            });
        }
    }

    async fn try_deliver(self) -> Result<(), StorageError> {
        let Some(handover) = self.handover() else { return Ok(()) };
        let phone = Phone::open(Phone::opening(handover.member, true, document::reload)).await?;
        phone.save(handover.outgoing.clone()).await?;
        self.device.keep_handover((*handover).clone().delivered()).await
    }

    /// Gives the device back to the rep, at the meeting that was asked about.
    async fn take_back(self) -> Result<(), StorageError> {
        let Some(handover) = self.handover() else { return Ok(()) };
        let outgoing = handover.take_back();
        if !outgoing.is_empty() {
            Phone::open(Phone::opening(handover.member, true, document::reload)).await?.save(outgoing).await?;
        }
        let there = handover.meeting.map_or_else(|| "/app".to_owned(), meeting_address);
        self.device.end_handover(&there).await
    }
}

/// The link for the customer's own phone.
#[component]
fn OnPhone(handover: Arc<Handover>) -> impl IntoView {
    let desk = Desk::get();
    view! {
        <main class="survey-page">
            <header class="survey-head">
                <p class="survey-from">{handover.questionnaire.organisation.clone()}</p>
                <h1>"Point your phone’s camera here"</h1>
                <p>"Or type the address. The link is yours alone and works once."</p>
            </header>
            {handover.link.clone().map(|address| view! { <QrCode address /> })}
            <Button variant=ButtonVariant::Plain full=true on_click=move |_| desk.step(|handover| handover.show(Step::Choosing))>
                "Back"
            </Button>
        </main>
    }
}

/// Nothing more to do for the customer.
#[component]
fn Ended(title: &'static str) -> impl IntoView {
    view! {
        <main class="survey-thanks">
            <div class="survey-thanks-mark">
                <Icon glyph=Glyph::Check />
            </div>
            <h1>{title}</h1>
            <p>"Please hand the device back."</p>
        </main>
    }
}
