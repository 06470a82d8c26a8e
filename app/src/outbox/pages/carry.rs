use crate::{
    browser::{clock, files},
    failure::Failure,
    online::{Asking, FailureBanner},
    outbox::{carry_words, download_words},
    sync::{Phone, Refusal, device::CarryFailure, protocol::ProblemCode},
    ui::{Button, Disclosure, FileButton, Glyph, TextField, TextKind, Toaster},
};
use leptos::{ev::Event, prelude::*};
use leptos_router::hooks::use_query_map;
use std::rc::Rc;

/// Characters that a passphrase has at least: the file may lie anywhere.
const PASSPHRASE_MIN: usize = 12;
/// The largest file that is read, bytes.
const FILE_MAX: f64 = 64.0 * 1024.0 * 1024.0;
const FILE: &str = "locked-file";

/// Takes what was not sent to another device of the member, in a file locked by a passphrase, and brings such a file in.
#[component]
pub(super) fn Carry() -> impl IntoView {
    let phone = Phone::get();
    let (asking, passphrase) = (Asking::new(), RwSignal::new(String::new()));
    let open = use_query_map().with_untracked(|query| query.get("open")).as_deref() == Some("by-hand");
    let has_some = Memo::new(move |_| phone.outbox().with(|outbox| outbox.only_here() > 0));
    view! {
        <Disclosure title="Move it by hand" detail="Where this device cannot send: in a locked file, to another of yours" open>
            <FailureBanner of=asking />
            <TextField
                name="passphrase"
                label="Passphrase"
                value=passphrase
                kind=TextKind::Password
                autocomplete="off"
                hint="At least 12 characters. Nobody can open the file without it, and nobody can tell you what it was."
                error=asking.about("passphrase")
            />
            <Show when=move || has_some.get()>
                <SaveLocked asking passphrase />
            </Show>
            <BringIn asking passphrase />
        </Disclosure>
    }
    .into_any()
}

#[component]
fn SaveLocked(asking: Asking, passphrase: RwSignal<String>) -> impl IntoView {
    let (phone, toaster) = (Phone::get(), Toaster::expect());
    let save = move |_| {
        let Some(words) = checked(asking, passphrase) else { return };
        let save = async move {
            let file = phone.carry(&words).await.map_err(|failure| told(&failure))?;
            let name = format!("qdos-{}.locked.json", clock::today());
            let offered = phone.offer(&name, &file).await;
            offered.map_err(|error| Failure::new(ProblemCode::Internal, &download_words(&error)))
        };
        asking.ask(save, move |()| toaster.say("Saved as a locked file among your downloads."));
    };
    view! {
        <Button icon=Glyph::Download full=true busy=asking.busy() on_click=save>
            "Save as a locked file"
        </Button>
    }
}

#[component]
fn BringIn(asking: Asking, passphrase: RwSignal<String>) -> impl IntoView {
    let (phone, toaster) = (Phone::get(), Toaster::expect());
    let chosen = RwSignal::new_local(None::<Rc<files::Chosen>>);
    let choose = move |event: Event| chosen.set(files::Chosen::of(&event).map(Rc::new));
    let bring = move |_| {
        let (Some(words), Some(file)) = (checked(asking, passphrase), chosen.get_untracked()) else { return };
        let bring = async move {
            let unreadable = || Failure::new(ProblemCode::Malformed, "This file cannot be read. Choose another.");
            if file.size() > FILE_MAX {
                return Err(unreadable());
            }
            let text = String::from_utf8(file.read().await.map_err(|_| unreadable())?).map_err(|_| unreadable())?;
            phone.take_in(&text, &words).await.map_err(|failure| told(&failure))
        };
        asking.ask(bring, move |count| {
            chosen.set(None);
            toaster.say(match count {
                0 => "All of it was here already.".to_owned(),
                1 => "One thing brought in. It is sent from here.".to_owned(),
                many => format!("{many} things brought in. They are sent from here."),
            });
        });
    };
    let name = move || chosen.get().map(|file| file.name());
    let open = move || {
        name().map(|name| {
            view! {
                <Button full=true busy=asking.busy() on_click=bring>
                    {format!("Bring in {name}")}
                </Button>
            }
        })
    };
    view! {
        <FileButton id=FILE accept=".json,application/json" full=true on_choose=choose>
            "Choose a locked file"
        </FileButton>
        {open}
    }
}

/// The passphrase, if it is long enough.
fn checked(asking: Asking, passphrase: RwSignal<String>) -> Option<String> {
    let words = passphrase.get_untracked();
    if words.chars().count() >= PASSPHRASE_MIN {
        return Some(words);
    }
    asking.fail(Refusal::invalid("passphrase", "use at least 12 characters").into());
    None
}

fn told(failure: &CarryFailure) -> Failure {
    Failure::new(ProblemCode::Malformed, carry_words(failure))
}
