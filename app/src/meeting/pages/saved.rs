use super::log_address;
use crate::{
    browser::clock,
    day::Day,
    id::MeetingId,
    meeting::{Asking, Meeting, as_typed, ask_words, askings, deletion},
    route::{param, replacing},
    survey::{Ask, AskContact, ShowLink},
    sync::{NotSaved, Phone, Saving},
    ui::{Avatar, AvatarKind, Banner, Button, ButtonLink, ButtonVariant, Glyph, Leave, List, ListRow, Page},
};
use leptos::{either::Either, prelude::*};
use leptos_router::hooks::use_navigate;
use std::sync::Arc;

/// A meeting has just been saved: who may be asked, and what else is quick to do now.
#[component]
pub(super) fn Saved() -> impl IntoView {
    let phone = Phone::get();
    let meeting = param::<MeetingId>("meeting").and_then(|id| phone.replica().with_untracked(|replica| replica.meetings.get(&id).cloned()));
    match meeting {
        Some(meeting) => Either::Left(view! { <Shown meeting /> }),
        None => Either::Right(view! { <Page title="Taken back" leave=Leave::Back("/app".to_owned())>"This meeting is gone."</Page> }),
    }
}

#[component]
fn Shown(meeting: Arc<Meeting>) -> impl IntoView {
    view! {
        <Page title="Saved" leave=Leave::Close("/app".to_owned())>
            <Confirmed meeting=meeting.clone() />
            <WhoIsAsked meeting=meeting.clone() />
            <div class="page-action">
                <ButtonLink href="/app" variant=ButtonVariant::Primary full=true>
                    "Done"
                </ButtonLink>
            </div>
        </Page>
    }
}

/// What was saved, and the way back.
#[component]
fn Confirmed(meeting: Arc<Meeting>) -> impl IntoView {
    let phone = Phone::get();
    let (saving, navigate) = (Saving::new(), use_navigate());
    let id = meeting.customer;
    let name = phone.derive(move |replica| replica.customers.get(&id).map(|customer| customer.name.clone()).unwrap_or_default());
    let may_undo = phone.derive({
        let meeting = meeting.clone();
        move |replica| meeting.check_deletable(phone.me(), replica.is_asked(meeting.id)).is_ok()
    });
    let undo = {
        let meeting = meeting.clone();
        move |_| {
            let (delete, typed) =
                phone.replica().with_untracked(|it| (deletion(it, &meeting, phone.me()), as_typed(it, &meeting, phone.me())));
            let navigate = navigate.clone();
            saving.run(delete, move || {
                wasm_bindgen_futures::spawn_local(async move {
                    // Should keeping it fail, the form opens empty and the meeting is still gone, as was asked.
                    drop(phone.keep_draft("log", &typed, crate::browser::record::Durability::Strict).await);
                    navigate(&log_address(None), replacing());
                });
            });
        }
    };
    let undo = move || view! { <Button variant=ButtonVariant::Plain icon=Glyph::Undo2 on:click=undo.clone()>"Undo"</Button> };
    view! {
        <Banner icon=Glyph::CircleCheck action=move || may_undo.get().then(undo.clone())>
            <p>
                {format!("{} meeting with ", meeting.format.label())}
                <strong>{name}</strong>
                ". It is safe on this phone."
            </p>
        </Banner>
        <NotSaved saving />
    }
}

/// Per contact present: ask today, or not today and why.
#[component]
fn WhoIsAsked(meeting: Arc<Meeting>) -> impl IntoView {
    let phone = Phone::get();
    let today = Day::today();
    let offset = clock::offset_minutes();
    let askings = phone.derive({
        let meeting = meeting.clone();
        move |replica| askings(replica, &meeting, clock::now(), offset)
    });
    let of_meeting = meeting.clone();
    let row = move |asking: Asking| {
        let contact = asking.contact.as_ref().map(|contact| contact.id);
        let offer = match (&asking.invitation, asking.ask) {
            (Some(invitation), _) => view! { <ShowLink invitation=invitation.clone() /> }.into_any(),
            (None, Ask::Today) => view! { <AskContact meeting=of_meeting.clone() contact /> }.into_any(),
            (None, Ask::NotToday(_)) => ().into_any(),
        };
        let name = asking.contact.as_ref().map_or("Whoever was there".to_owned(), |contact| contact.name.clone());
        let words = match &asking.invitation {
            Some(invitation) => format!("Asked {}", crate::time::words::day(invitation.asked_at.date_at(offset), today.get())),
            None => ask_words(asking.ask, offset, today.get()),
        };
        let avatar = name.clone();
        view! {
            <ListRow title=name detail=words lead=move || view! { <Avatar name=avatar.clone() kind=AvatarKind::Person /> }>
                {offer}
            </ListRow>
        }
    };
    view! { <List title="Feedback">{move || askings.get().into_iter().map(&row).collect_view()}</List> }
}
