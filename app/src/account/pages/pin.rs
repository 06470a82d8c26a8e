use crate::{
    account::{Device, PIN_DIGITS_MAX, PIN_DIGITS_MIN, PinFailure, pin_is_usable},
    browser::document,
    route::replacing,
    sync::storage_words,
    ui::{Button, ButtonKind, ButtonVariant, Leave, Page, TextField, TextKind, Toaster},
};
use leptos::{ev::SubmitEvent, prelude::*};
use leptos_router::hooks::use_navigate;

/// Sets another PIN. The member is in the app already, so the old one is not asked for, and a forgotten one is no trouble.
#[component]
pub(super) fn ChangePin() -> impl IntoView {
    let (toaster, navigate) = (Toaster::expect(), use_navigate());
    let done = Callback::new(move |()| {
        toaster.say("PIN set.");
        navigate("/app/more", replacing());
    });
    view! {
        <Page title="PIN" leave=Leave::Back("/app/more".to_owned())>
            <p>"When you hand this phone to a customer, it shows the questions and nothing else. Your PIN takes it back."</p>
            <PinForm done submit="Set PIN" />
        </Page>
    }
}

/// Asks for a PIN twice and keeps it on this device.
#[component]
pub(super) fn PinForm(
    /// What follows.
    done: Callback<()>,
    /// What the button says.
    submit: &'static str,
) -> impl IntoView {
    let device = Device::get();
    let (pin, again) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let (pin_error, again_error) = (RwSignal::new(None::<String>), RwSignal::new(None::<String>));
    let busy = RwSignal::new(false);
    let save = move |event: SubmitEvent| {
        event.prevent_default();
        let (typed, repeated) = (pin.get_untracked(), again.get_untracked());
        let usable = pin_is_usable(&typed);
        pin_error.set(
            (!usable).then(|| format!("Choose {PIN_DIGITS_MIN} to {PIN_DIGITS_MAX} digits, not all the same and not in a row like 1234.")),
        );
        again_error.set((usable && typed != repeated).then(|| "These digits differ from those above. Type the same twice.".to_owned()));
        if !usable || typed != repeated {
            document::focus(if usable { "pin-again" } else { "pin" });
            return;
        }
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        wasm_bindgen_futures::spawn_local(async move {
            let set = device.set_pin(&typed).await;
            busy.try_set(false);
            match set {
                Ok(()) => done.run(()),
                Err(failure) => drop(pin_error.try_set(Some(failure_words(&failure)))),
            }
        });
    };
    view! {
        <form class="gate-form" on:submit=save novalidate>
            <TextField
                name="pin"
                label="New PIN"
                kind=TextKind::Pin
                hint=format!("{PIN_DIGITS_MIN} to {PIN_DIGITS_MAX} digits. It stays on this phone.")
                value=pin
                error=pin_error
                autocomplete="new-password"
            />
            <TextField name="pin-again" label="The same again" kind=TextKind::Pin value=again error=again_error autocomplete="new-password" />
            <Button variant=ButtonVariant::Primary kind=ButtonKind::Submit full=true busy>
                {submit}
            </Button>
        </form>
    }
}

fn failure_words(failure: &PinFailure) -> String {
    match failure {
        PinFailure::Storage(error) => format!("Not set. {}", storage_words(error)),
        PinFailure::Cryptography(_) => "Not set: this page is not secure. Open Qdos by its https address.".to_owned(),
    }
}
