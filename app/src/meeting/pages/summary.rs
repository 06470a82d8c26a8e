use crate::{
    browser::{
        clock,
        share::{Shared, share},
    },
    customer::Contact,
    day::Day,
    id::ContactId,
    meeting::{Asking, Meeting, SummaryParts, askings, promises_of, summary},
    survey::{Ask, InviteError, Way, address_of, invite, invite_words},
    sync::{Phone, Replica},
    ui::{Banner, BannerTone, Button, ButtonVariant, Choice, ChoiceChips, Glyph, Sheet, Switch, Toaster},
};
use leptos::prelude::*;
use std::sync::Arc;

/// Sends thanks, promises and, where it is due, the rating link to the customer.
#[component]
pub fn SendSummary(
    /// Of which meeting.
    meeting: Arc<Meeting>,
) -> impl IntoView {
    let open = RwSignal::new(false);
    view! {
        <Button icon=Glyph::Send full=true on_click=move |_| open.set(true)>
            "Send summary"
        </Button>
        <Sheet open title="Send summary">
            <Show when=move || open.get()>
                <Compose meeting=meeting.clone() open />
            </Show>
        </Sheet>
    }
}

/// To whom, with or without the link, and what it will say.
#[component]
fn Compose(meeting: Arc<Meeting>, open: RwSignal<bool>) -> impl IntoView {
    let (phone, toaster) = (Phone::get(), Toaster::expect());
    let today = Day::today();
    let asked = phone.replica().with_untracked(|replica| askings(replica, &meeting, clock::now(), clock::offset_minutes()));
    let people: Vec<Arc<Contact>> = asked.iter().filter_map(|asking| asking.contact.clone()).collect();
    let to = RwSignal::new(people.first().map(|contact| contact.id));
    let with_link = RwSignal::new(true);
    let asking = {
        let asked = asked.clone();
        Memo::new(move |_| asked.iter().find(|asking| asking.contact.as_ref().map(|it| it.id) == to.get()).cloned())
    };
    let link_is_due = Signal::derive(move || asking.with(|asking| asking.as_ref().is_some_and(link_is_due)));
    let parts = phone.derive({
        let meeting = meeting.clone();
        move |replica| parts(replica, &meeting, to.get())
    });
    let text = Signal::derive({
        let meeting = meeting.clone();
        move || {
            let link = (link_is_due.get() && with_link.get()).then(|| "(the link for feedback)".to_owned());
            summary(&meeting, &SummaryParts { link, ..parts.get() }, today.get())
        }
    });
    let failed = RwSignal::new(None::<String>);
    let send = move |_| {
        let (meeting, asking) = (meeting.clone(), asking.get_untracked());
        let wanted = link_is_due.get_untracked() && with_link.get_untracked();
        let (parts, today) = (parts.get_untracked(), today.get_untracked());
        wasm_bindgen_futures::spawn_local(async move {
            let link = match asking.filter(|_| wanted) {
                Some(asking) => match link(phone, &meeting, &asking).await {
                    Ok(link) => link,
                    Err(error) => return failed.set(Some(invite_words(error).to_owned())),
                },
                None => None,
            };
            let text = summary(&meeting, &SummaryParts { link, ..parts }, today);
            match share("Thank you for the meeting", &text).await {
                Ok(Shared::Sent) => open.set(false),
                Ok(Shared::Cancelled) => {}
                Ok(Shared::Copied) => {
                    open.set(false);
                    toaster.say("Copied. Paste it into a message.");
                }
                Err(_) => failed.set(Some(format!("This browser can neither share nor copy. Select the text by hand: {text}"))),
            }
        });
    };
    let choices: Vec<Choice<ContactId>> = people.iter().map(|contact| Choice::new(contact.id, contact.name.clone())).collect();
    view! {
        {(choices.len() > 1).then(|| view! { <ChoiceChips name="to" legend="To whom?" options=choices value=to /> })}
        <Show when=move || link_is_due.get()>
            <Switch name="with-link" label="Ask for feedback in it" value=with_link hint="The link works once, for this person." />
        </Show>
        <p class="letter">{text}</p>
        <div role="alert">
            {move || failed.get().map(|words| view! { <Banner tone=BannerTone::Attention>{words}</Banner> })}
        </div>
        <div class="sheet-action">
            <Button variant=ButtonVariant::Primary icon=Glyph::Share full=true on_click=send>
                "Send"
            </Button>
        </div>
    }
}

/// Whether the rating link belongs into the summary: somebody may be asked, or was asked by link already.
fn link_is_due(asking: &Asking) -> bool {
    match &asking.invitation {
        Some(invitation) => invitation.way == Way::Link,
        None => asking.ask == Ask::Today,
    }
}

/// The link for `asking`: the one that went out, or a new one.
async fn link(phone: Phone, meeting: &Meeting, asking: &Asking) -> Result<Option<String>, InviteError> {
    match &asking.invitation {
        Some(invitation) => Ok(address_of(phone.me(), invitation.id).await?),
        None => Ok(invite(phone, meeting, asking.contact.as_ref().map(|contact| contact.id), Way::Link).await?.address),
    }
}

/// What the summary says beside the meeting.
fn parts(replica: &Replica, meeting: &Meeting, to: Option<ContactId>) -> SummaryParts {
    SummaryParts {
        greeted: to.and_then(|to| replica.contacts.get(&to)).map(|contact| contact.name.clone()).into_iter().collect(),
        promises: promises_of(replica, meeting.id),
        link: None,
        rep: replica.members.get(&meeting.rep).map(|rep| rep.name.clone()).unwrap_or_default(),
        organisation: replica.organisation.as_ref().map(|organisation| organisation.name.clone()).unwrap_or_default(),
    }
}
