//! The first sign-in on a device: what Qdos is for here, the home screen, who sees what, the PIN. Shown before the first screen, once.

mod waiting;

use self::waiting::Waiting;
use super::{
    install::InstallHint,
    pin::PinForm,
    sees::{ManagerSees, Purpose},
};
use crate::{
    account::{Device, Role},
    browser::document,
    organisation::Organisation,
    sync::{Phone, storage_words},
    ui::{Banner, BannerTone, Button, ButtonVariant, Gate, ProgressDots},
};
use leptos::prelude::*;
use std::sync::Arc;

/// What is read and done, in this order.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Step {
    Purpose,
    /// Early, on an iPhone: the home screen has a storage of its own there, so that what was done before is to be done once more.
    Install,
    ManagerSees,
    Pin,
}

/// Leads through it; as soon as it is done, [`Device::was_told`].
#[component]
pub fn FirstRun() -> impl IntoView {
    let (phone, device) = (Phone::get(), Device::get());
    // Derived, so that what goes on arriving meanwhile leaves the step, and what was typed in it, alone.
    let ready = phone.derive(move |replica| replica.organisation.clone().filter(|_| replica.members.contains_key(&phone.me())));
    let is_rep = phone.derive(move |replica| replica.members.get(&phone.me()).is_some_and(|me| me.is(Role::Rep)));
    move || match ready.get() {
        None => view! { <Waiting /> }.into_any(),
        Some(organisation) => {
            let (is_rep, has_pin) = (is_rep.get_untracked(), device.has_pin().get_untracked());
            let not_installed = document::is_ios() && !document::is_standalone();
            let steps = [
                Some(Step::Purpose),
                not_installed.then_some(Step::Install),
                is_rep.then_some(Step::ManagerSees),
                (is_rep && !has_pin).then_some(Step::Pin),
            ];
            let steps: Vec<Step> = steps.into_iter().flatten().collect();
            view! { <Steps organisation steps /> }.into_any()
        }
    }
}

#[component]
fn Steps(organisation: Arc<Organisation>, steps: Vec<Step>) -> impl IntoView {
    let device = Device::get();
    let failure = RwSignal::new(None::<String>);
    let (at, count) = (RwSignal::new(0), steps.len());
    let next = Callback::new(move |()| match at.get_untracked() + 1 < count {
        true => {
            at.update(|at| *at += 1);
            // The button that had the focus is gone.
            request_animation_frame(|| {
                document::focus("main");
            });
        }
        false => wasm_bindgen_futures::spawn_local(async move {
            if let Err(error) = device.keep_told().await {
                failure.set(Some(format!("Not saved yet. {}", storage_words(&error))));
            }
        }),
    });
    let go_on = move || {
        let words = if at.get_untracked() + 1 < count { "Continue" } else { "Start" };
        view! { <Button variant=ButtonVariant::Primary full=true on_click=move |_| next.run(())>{words}</Button> }
    };
    let failed = move || {
        view! {
            <div role="alert">
                {move || failure.get().map(|words| view! { <Banner tone=BannerTone::Attention>{words}</Banner> })}
            </div>
        }
    };
    let dots = move || (count > 1).then(|| view! { <ProgressDots step=Signal::derive(move || at.get() + 1) count /> });
    move || match steps[at.get()] {
        Step::Purpose => {
            let organisation = organisation.clone();
            view! {
                <Gate title="Welcome to Qdos" lead=format!("Why {} asks its customers", organisation.name)>
                    <div class="stack"><Purpose organisation /></div>
                    {failed()}
                    {go_on()}
                    {dots()}
                </Gate>
            }
        }
        Step::Install => view! {
            <Gate title="Before you begin" lead="Best done now. You can go on without it, and find it under More.">
                <InstallHint />
                {failed()}
                {go_on()}
                {dots()}
            </Gate>
        },
        Step::ManagerSees => view! {
            <Gate title="Who sees what" lead="Before you begin, and again at any time under More.">
                <ManagerSees />
                {failed()}
                {go_on()}
                {dots()}
            </Gate>
        },
        Step::Pin => view! {
            <Gate
                title="Your PIN"
                lead="When you hand this phone to a customer, it shows the questions and nothing else. Your PIN takes it back."
            >
                <PinForm done=next submit="Set PIN and start" />
                {failed()}
                {dots()}
            </Gate>
        },
    }
}
