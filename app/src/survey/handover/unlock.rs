use super::Desk;
use crate::{
    account::{Password, PinTry, sign_in},
    ui::{Button, ButtonKind, ButtonVariant, TextField, TextKind},
};
use leptos::{ev::SubmitEvent, prelude::*};
use wasm_bindgen_futures::spawn_local;

/// The rep's way back: the PIN, or the password where the PIN is forgotten and there is network.
#[component]
pub(super) fn Unlock(
    /// Whose device it is.
    rep: String,
) -> impl IntoView {
    let forgotten = RwSignal::new(false);
    let form = move || if forgotten.get() { view! { <ByPassword /> }.into_any() } else { view! { <ByPin forgotten /> }.into_any() };
    view! {
        <details class="survey-unlock">
            <summary>{format!("{rep}: take the device back")}</summary>
            {form}
        </details>
    }
}

#[component]
fn ByPin(forgotten: RwSignal<bool>) -> impl IntoView {
    let desk = Desk::get();
    let (pin, problem, busy) = (RwSignal::new(String::new()), RwSignal::new(None::<String>), RwSignal::new(false));
    let unlock = move |event: SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        spawn_local(async move {
            let tried = desk.device.try_pin(&pin.get_untracked()).await;
            pin.set(String::new());
            problem.set(match tried {
                Ok(PinTry::Right) => desk.take_back().await.err().map(|_| COULD_NOT.to_owned()),
                Ok(PinTry::Wrong(0)) => Some("That is not the PIN. Try again.".to_owned()),
                Ok(PinTry::Wrong(millis)) => Some(format!("That is not the PIN. Try again in {}.", wait(millis))),
                Ok(PinTry::Wait(millis)) => Some(format!("Too many tries. Try again in {}.", wait(millis))),
                Err(_) => Some(COULD_NOT.to_owned()),
            });
            busy.set(false);
        });
    };
    view! {
        <form class="gate-form" on:submit=unlock>
            <TextField name="pin" label="PIN" kind=TextKind::Pin value=pin error=problem autocomplete="off" max_length=12 />
            <Button kind=ButtonKind::Submit busy=busy full=true>
                "Unlock"
            </Button>
            <Button variant=ButtonVariant::Plain on_click=move |_| forgotten.set(true)>
                "PIN forgotten"
            </Button>
        </form>
    }
}

#[component]
fn ByPassword() -> impl IntoView {
    let desk = Desk::get();
    let (email, password) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let (problem, busy) = (RwSignal::new(None::<String>), RwSignal::new(false));
    let unlock = move |event: SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        spawn_local(async move {
            let signed_in = sign_in(email.get_untracked(), Password(password.get_untracked())).await;
            password.set(String::new());
            let own = |member| desk.handover().is_some_and(|handover| handover.member == member);
            problem.set(match signed_in {
                Ok(identity) if own(identity.member) => desk.take_back().await.err().map(|_| COULD_NOT.to_owned()),
                Ok(_) => Some("Only the member who handed the device over can take it back.".to_owned()),
                Err(failure) => Some(failure.message),
            });
            busy.set(false);
        });
    };
    view! {
        <form class="gate-form" on:submit=unlock>
            <TextField name="email" label="Email" kind=TextKind::Email value=email autocomplete="off" />
            <TextField name="password" label="Password" kind=TextKind::Password value=password error=problem autocomplete="off" />
            <Button kind=ButtonKind::Submit busy=busy full=true>
                "Unlock"
            </Button>
        </form>
    }
}

/// How long to wait, rounded up, as people say it.
fn wait(millis: i64) -> String {
    match (millis + 999) / 1000 {
        1 => "1 second".to_owned(),
        seconds @ ..=90 => format!("{seconds} seconds"),
        seconds => format!("{} minutes", (seconds + 59) / 60),
    }
}

const COULD_NOT: &str = "This device could not do that. Please try again.";
