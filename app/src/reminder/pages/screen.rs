use crate::{
    browser::{
        document,
        notification::{self, Permission},
    },
    failure::Failure,
    online::{Asking, FailureBanner, Load, Loaded, NeedsNetwork},
    reminder::{ReminderKind, Reminders, look_at_reminders, phone},
    sync::Phone,
    ui::{Badge, BadgeTone, Banner, BannerTone, Button, ButtonKind, ButtonVariant, Card, CheckChips, Choice, Glyph, Leave, Page, Toaster},
};
use leptos::{ev::SubmitEvent, prelude::*};

/// What this device reminds of, once a day.
#[component]
pub(super) fn RemindersScreen() -> impl IntoView {
    let permission = RwSignal::new(notification::permission());
    // Having said yes changes nothing that is shown already.
    let shown_for = Memo::new(move |_| Some(permission.get()).filter(|it| *it != Permission::NotAsked).unwrap_or(Permission::Granted));
    let shown = move || {
        match shown_for.get() {
        Permission::Unsupported => view! { <Unsupported /> }.into_any(),
        Permission::Blocked => view! {
            <Banner tone=BannerTone::Attention>
                "Notifications from Qdos are blocked in this browser’s settings. Allow them there for this site, then open this screen again."
            </Banner>
        }
        .into_any(),
        Permission::NotAsked | Permission::Granted => view! { <Here permission /> }.into_any(),
    }
    };
    view! {
        <Page title="Reminders" leave=Leave::Back("/app/more".to_owned())>
            <p class="aside">
                "Once a day at most, when your working hours begin, and only if something waits. A reminder says how much, such as ‘2 visits, 1 promise due’, and never a name: locked phones are read by everybody. While you are away there is none."
            </p>
            {shown}
        </Page>
    }
    .into_any()
}

/// Why there are no reminders here, and how there could be.
#[component]
fn Unsupported() -> impl IntoView {
    let words = match document::is_ios() && !document::is_standalone() {
        true => {
            "An iPhone or iPad shows reminders only from its home screen. Tap Share in Safari’s bar, choose ‘Add to Home Screen’, open Qdos from there and come back to this screen."
        }
        false => "This browser cannot show reminders. Another one can, or Qdos on another device.",
    };
    view! { <Banner icon=Glyph::Info>{words}</Banner> }.into_any()
}

/// Reminders on this device, on or off.
#[component]
fn Here(permission: RwSignal<Permission>) -> impl IntoView {
    let (asking, known) = (Asking::new(), Load::new(known));
    let shown = Callback::new(move |known_here: Reminders| view! { <Form known_here known asking permission /> }.into_any());
    view! {
        <NeedsNetwork />
        <FailureBanner of=asking />
        <Loaded of=known shown />
    }
    .into_any()
}

/// What the server knows, as far as this browser agrees: a subscription that the browser lost is none.
async fn known() -> Result<Reminders, Failure> {
    let reminders = look_at_reminders().await?;
    let here = match reminders.here {
        Some(here) if notification::subscription(&reminders.key).await.is_some() => Some(here),
        _ => None,
    };
    Ok(Reminders { here, ..reminders })
}

#[component]
fn Form(known_here: Reminders, known: Load<Reminders>, asking: Asking, permission: RwSignal<Permission>) -> impl IntoView {
    let (phone, toaster) = (Phone::get(), Toaster::expect());
    let is_on = known_here.here.is_some();
    let kinds = RwSignal::new(known_here.here.map(|here| here.wanted.kinds.into_iter().collect::<Vec<_>>()).unwrap_or_default());
    let save = move |event: SubmitEvent| {
        event.prevent_default();
        let start = async move {
            let started = phone::start(phone, kinds.get_untracked()).await;
            // What the person answered may have changed the whole screen, or the screen is gone.
            let now = notification::permission();
            if permission.try_get_untracked().is_some_and(|before| before != now) {
                permission.set(now);
            }
            started
        };
        asking.ask(start, move |()| {
            known.again();
            toaster.say(if is_on { "Saved." } else { "You are reminded on this device." });
        });
    };
    let stop = move |_| {
        asking.ask(phone::stop(), move |()| {
            known.again();
            toaster.say("This device reminds you of nothing any more.");
        });
    };
    let state = match is_on {
        true => view! { <Badge tone=BadgeTone::Accent>"On for this device"</Badge> }.into_any(),
        false => view! { <Badge>"Off for this device"</Badge> }.into_any(),
    };
    let options = ReminderKind::ALL.map(|kind| Choice::new(kind, kind.label())).to_vec();
    view! {
        <Card title="On this device" trailing=move || state>
            <form on:submit=save novalidate>
                <div class="stack">
                    <CheckChips name="kinds" legend="Remind me of" options value=kinds error=asking.about("kinds") />
                    <Button variant=ButtonVariant::Primary kind=ButtonKind::Submit icon=Glyph::Bell full=true busy=asking.busy()>
                        {if is_on { "Save" } else { "Remind me" }}
                    </Button>
                </div>
            </form>
            {is_on.then(|| view! { <Button full=true busy=asking.busy() on_click=stop>"Stop"</Button> })}
        </Card>
    }
    .into_any()
}
