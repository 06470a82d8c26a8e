use super::{asking::AskForFeedback, log_address, summary::SendSummary};
use crate::{
    browser::record::Durability,
    id::MeetingId,
    meeting::{Meeting, as_typed, deletion},
    photo::{AtHand, PhotoSubject, Photos},
    reflection::OfferToReflect,
    route::{param, replacing},
    sync::{NotSaved, Phone, Saving},
    ui::{Banner, Button, ButtonLink, ButtonVariant, EmptyState, Glyph, Leave, Page, Toaster},
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
        None => Either::Right(view! { <Gone /> }),
    }
}

#[component]
fn Shown(meeting: Arc<Meeting>) -> impl IntoView {
    view! {
        <Page title="Saved" leave=Leave::Close("/app".to_owned())>
            <Confirmed meeting=meeting.clone() />
            <AskForFeedback meeting=meeting.clone() />
            <Photos subject=PhotoSubject::Meeting(meeting.id) customer=meeting.customer />
            <div class="stack" data-gap="small">
                <SendSummary meeting=meeting.clone() />
                <OfferToReflect meeting=meeting.id />
            </div>
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
    let (saving, toaster, navigate) = (Saving::new(), Toaster::expect(), use_navigate());
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
            let (navigate, subject) = (navigate.clone(), PhotoSubject::Meeting(meeting.id));
            saving.run_found(async move {
                let photos = AtHand::of(phone, subject).await;
                let words = photos.are_missing().then(|| photos.deleted_words());
                let then = move || {
                    wasm_bindgen_futures::spawn_local(async move {
                        // Should keeping it fail, the form opens empty and the meeting is still gone, as was asked.
                        drop(phone.keep_draft("log", &typed, Durability::Strict).await);
                        photos.keep_with_draft("log").await;
                        navigate(&log_address(None), replacing());
                        if let Some(words) = words {
                            toaster.say(words);
                        }
                    });
                };
                Some((delete, then))
            });
        }
    };
    let undo =
        move || view! { <Button variant=ButtonVariant::Plain icon=Glyph::Undo2 busy=saving.busy() on_click=undo.clone()>"Undo"</Button> };
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

/// The meeting was taken back, or is not on this phone.
#[component]
pub(super) fn Gone() -> impl IntoView {
    view! {
        <Page title="Meeting not found" leave=Leave::Back("/app".to_owned())>
            <EmptyState
                glyph=Glyph::Calendar
                title="This meeting is not on your phone"
                action=|| view! { <ButtonLink href="/app">"Go to Today"</ButtonLink> }
            >
                "It was deleted, or a colleague looks after the customer now."
            </EmptyState>
        </Page>
    }
}
