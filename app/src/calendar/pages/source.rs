use super::IMPORT;
use crate::{
    browser::clock,
    calendar::{ADDRESS_MAX, Source, calendar_address, look_at_source, read_source, save_source, stop_source},
    failure::Failure,
    online::{Asking, Load, Loaded},
    sync::Phone,
    time::words,
    ui::{Button, ButtonKind, ButtonLink, ButtonVariant, Card, TextField, Toaster},
};
use leptos::{ev::SubmitEvent, prelude::*};

/// A calendar elsewhere that the server reads for the member.
#[component]
pub(super) fn SourceCard(
    /// What is asked of the server on this screen.
    asking: Asking,
) -> impl IntoView {
    let known = Load::new(look_at_source);
    let shown = Callback::new(move |source: Option<Source>| match source {
        Some(source) => view! { <Read source known asking /> }.into_any(),
        None => view! { <Ask known asking /> }.into_any(),
    });
    view! {
        <Card title="In from your calendar">
            <p>
                "Qdos can read your calendar every half hour and suggest what may be a visit. Nothing becomes one until you say so, and nobody but you sees what else is in it."
            </p>
            <Loaded of=known shown />
        </Card>
    }
    .into_any()
}

/// The form that takes the address.
#[component]
fn Ask(known: Load<Option<Source>>, asking: Asking) -> impl IntoView {
    let (phone, address) = (Phone::get(), RwSignal::new(String::new()));
    let save = move |event: SubmitEvent| {
        event.prevent_default();
        let address = match calendar_address(&address.get_untracked()) {
            Ok(address) => address,
            Err(refusal) => return asking.fail(Failure::from(refusal)),
        };
        asking.ask(save_source(address), move |_| {
            phone.sync_now();
            known.again();
        });
    };
    view! {
        <form on:submit=save novalidate>
            <div class="stack">
                <TextField
                    name="address"
                    label="Address of your calendar"
                    hint="Your calendar calls it a secret address, or publishing as ICS. It begins with https or webcal."
                    value=address
                    error=asking.about("address")
                    max_length=ADDRESS_MAX as u32
                />
                <Button kind=ButtonKind::Submit full=true busy=asking.busy()>
                    "Read this calendar"
                </Button>
            </div>
        </form>
    }
    .into_any()
}

/// What is read, and what can be done about it.
#[component]
fn Read(source: Source, known: Load<Option<Source>>, asking: Asking) -> impl IntoView {
    let (phone, toaster) = (Phone::get(), Toaster::expect());
    let again = move |_| {
        asking.ask(read_source(), move |_| {
            phone.sync_now();
            known.again();
            toaster.say("Read just now.");
        });
    };
    let stop = move |_| {
        asking.ask(stop_source(), move |()| {
            phone.sync_now();
            known.again();
            toaster.say("Your calendar is not read any more. Visits that you took over stay.");
        });
    };
    let problem = phone.derive(move |replica| replica.coming_events.get(&phone.me()).and_then(|it| it.problem.clone()));
    let asked = words::ago(source.asked_at, clock::now());
    view! {
        <p class="issued-link">{source.address}</p>
        <p class="field-hint">"Asked " {asked} ". " {problem}</p>
        <ButtonLink href=IMPORT full=true>"See what may be a visit"</ButtonLink>
        <div class="button-row">
            <Button busy=asking.busy() on_click=again>"Read it now"</Button>
            <Button variant=ButtonVariant::Danger busy=asking.busy() on_click=stop>"Stop reading it"</Button>
        </div>
    }
    .into_any()
}
