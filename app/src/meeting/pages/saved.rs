use super::{asking::AskForFeedback, log::draft_key, log_address, log_plan_address, summary::SendSummary};
use crate::{
    browser::{paint::late_from, record::Durability},
    id::{CustomerId, MeetingId},
    meeting::{Logged, Meeting},
    photo::{AtHand, PhotoSubject, Photos},
    reflection::OfferToReflect,
    route::{param, query, replacing},
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
    // That it is saved shows first.
    let is_confirmed = late_from(false, || true);
    let further = {
        let meeting = meeting.clone();
        move || view! { <Further meeting=meeting.clone() /> }
    };
    view! {
        <Page title="Saved" leave=Leave::Close("/app".to_owned())>
            <Confirmed meeting />
            {move || is_confirmed.get().then(&further)}
            <div class="page-action">
                <ButtonLink href="/app" variant=ButtonVariant::Primary full=true>
                    "Done"
                </ButtonLink>
            </div>
        </Page>
    }
}

/// Everything that may be done now.
#[component]
fn Further(meeting: Arc<Meeting>) -> impl IntoView {
    view! {
        <AskForFeedback meeting=meeting.clone() />
        <Photos subject=PhotoSubject::Meeting(meeting.id) customer=meeting.customer />
        <div class="stack" data-gap="small">
            <SendSummary meeting=meeting.clone() />
            <OfferToReflect meeting=meeting.id />
        </div>
    }
}

/// What was saved, and the way back.
#[component]
fn Confirmed(meeting: Arc<Meeting>) -> impl IntoView {
    let phone = Phone::get();
    let (saving, toaster, navigate) = (Saving::new(), Toaster::expect(), use_navigate());
    let id = meeting.customer;
    let name = phone.derive(move |replica| replica.customers.get(&id).map(|customer| customer.name.clone()).unwrap_or_default());
    let logged = Memo::new({
        let meeting = meeting.id;
        move |_| phone.outbox().with(|outbox| Logged::on_this_phone(outbox, meeting))
    });
    let is_deletable = phone.derive({
        let meeting = meeting.clone();
        move |replica| meeting.check_deletable(phone.me(), replica.is_asked(meeting.id)).is_ok()
    });
    let may_undo = Memo::new(move |_| is_deletable.get() && logged.with(Option::is_some));
    let opened_for = query("customer").and_then(|text| text.parse().ok());
    let undo = {
        let meeting = meeting.clone();
        move |_| {
            let Some(logged) = logged.get_untracked() else { return };
            let Some((key, address)) = form_to_go_on(phone, &logged, &meeting, opened_for) else {
                toaster.say("You began another one meanwhile. Save it or start it over, then undo this one.");
                return;
            };
            let (mutations, typed) = phone.replica().with_untracked(|replica| logged.taken_back(replica, &meeting, phone.me()));
            let (navigate, subject) = (navigate.clone(), PhotoSubject::Meeting(meeting.id));
            saving.run_found(async move {
                let photos = AtHand::of_some(phone, subject, |photo| logged.came_with(photo)).await;
                let (removed, words) = match logged {
                    Logged::Anew => (Vec::new(), photos.are_missing().then(|| photos.deleted_words())),
                    Logged::FromPlan { .. } => (photos.remove(), None),
                };
                let then = move || {
                    wasm_bindgen_futures::spawn_local(async move {
                        // Should keeping it fail, the form opens empty and the log is still taken back, as was asked.
                        drop(phone.keep_draft(&key, &typed, Durability::Strict).await);
                        photos.keep_with_draft(&key).await;
                        navigate(&address, replacing());
                        if let Some(words) = words {
                            toaster.say(words);
                        }
                    });
                };
                Some(([removed, mutations].concat(), then))
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

/// The form in which what was typed goes on, by the key of its draft and its address: the one it came from, or another that can log it. Never
/// one in which something else is typed.
fn form_to_go_on(phone: Phone, logged: &Logged, meeting: &Meeting, opened_for: Option<CustomerId>) -> Option<(String, String)> {
    let anew = |customer| (draft_key(None, customer), log_address(customer));
    let forms = match logged {
        Logged::Anew => [opened_for, Some(meeting.customer), None].map(anew).to_vec(),
        Logged::FromPlan { .. } => vec![(draft_key(Some(meeting), None), log_plan_address(meeting.id))],
    };
    forms.into_iter().find(|(key, _)| !phone.has_draft(key))
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
