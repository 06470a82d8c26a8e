use super::{
    facts::Facts,
    form::{Colleagues, Contacts, CustomerChoice, Fields, FormatChoice, HowMet, Insights, Promises, Said, When, show},
    meeting_address,
    saved::Gone,
};
use crate::{
    browser::clock,
    form::Problems,
    id::MeetingId,
    meeting::{Meeting, MeetingDraft, Stamp},
    route::{param, replacing},
    sync::{NotSaved, Phone, Resumed, Saving, Typing},
    ui::{Banner, Button, ButtonKind, ButtonVariant, Glyph, Leave, NumberField, Page, PageKind, TextField},
};
use leptos::{either::Either, ev::SubmitEvent, prelude::*};
use leptos_router::hooks::use_navigate;
use std::sync::Arc;

/// What may be changed here, and as whom.
#[derive(Clone, Copy, PartialEq)]
enum May {
    /// Its rep, before anybody was asked: everything.
    Everything,
    /// Its rep, after somebody was asked: what the request does not rest on.
    WhatWasNotAsked,
    /// The rep's manager, with a reason that everybody sees.
    WithReason,
}

/// Changes a meeting, as far as the member may.
#[component]
pub(super) fn EditMeeting() -> impl IntoView {
    let phone = Phone::get();
    let found = param::<MeetingId>("meeting").and_then(|id| {
        phone.replica().with_untracked(|replica| {
            let meeting = replica.meetings.get(&id)?.clone();
            let may = match (meeting.rep == phone.me(), replica.is_asked(id)) {
                (true, false) => May::Everything,
                (true, true) => May::WhatWasNotAsked,
                (false, _) => May::WithReason,
            };
            Some((meeting, may))
        })
    });
    match found {
        Some((meeting, may)) => Either::Left(view! { <EditForm meeting may /> }),
        None => Either::Right(view! { <Gone /> }),
    }
}

#[component]
fn EditForm(meeting: Arc<Meeting>, may: May) -> impl IntoView {
    let phone = Phone::get();
    let id = meeting.id;
    let key = format!("edit/{id}");
    let fields = Fields::of(phone.draft(&key).unwrap_or_else(|| MeetingDraft::of(&meeting)));
    let typing = Typing::keep(key, Memo::new(move |_| fields.draft()));
    let reason = RwSignal::new(String::new());
    let (saving, navigate) = (Saving::new(), use_navigate());
    let save = {
        let meeting = meeting.clone();
        move |event: SubmitEvent| {
            event.prevent_default();
            let stamp = Stamp { id, rep: phone.me(), now: clock::now(), instant: &clock::instant };
            let reason = (may == May::WithReason).then(|| reason.get_untracked().trim().to_owned());
            match fields.typed().edit(&meeting, meeting.status, reason, stamp) {
                Ok(mutations) => {
                    let navigate = navigate.clone();
                    fields.problems.set(Problems::default());
                    saving.run_typed(typing, mutations, move || {
                        navigate(&meeting_address(id), replacing());
                    });
                }
                Err(found) => show(fields, found),
            }
        }
    };
    let what_was_asked = match may {
        May::WhatWasNotAsked => view! { <Locked meeting=meeting.clone() fields /> }.into_any(),
        May::Everything | May::WithReason => view! {
            <CustomerChoice fields question="Whom did you meet?" />
            <FormatChoice fields />
            <Contacts fields />
            <When fields />
        }
        .into_any(),
    };
    let why = (may == May::WithReason).then(|| {
        view! {
            <TextField
                name="reason"
                label="Why do you change it?"
                hint="Everybody who sees the meeting sees your reason."
                value=reason
                error=fields.about("reason")
                max_length=500
            />
        }
    });
    view! {
        <Page title="Change the meeting" leave=Leave::Close(meeting_address(id)) kind=PageKind::Form>
            <form on:submit=save novalidate>
                <Resumed typing />
                {what_was_asked}
                <HowMet fields />
                <Colleagues fields />
                <Said fields />
                <Promises fields />
                <Insights fields />
                {why}
                <div class="page-action">
                    <NotSaved saving />
                    <Button variant=ButtonVariant::Primary kind=ButtonKind::Submit full=true busy=saving.busy()>
                        "Save"
                    </Button>
                </div>
            </form>
        </Page>
    }
}

/// What stays as it is because somebody was asked to rate it, and who can change it.
#[component]
fn Locked(meeting: Arc<Meeting>, fields: Fields) -> impl IntoView {
    view! {
        <Banner icon=Glyph::Lock>
            "A customer was asked to rate this meeting. Customer, purpose, people and time now change only through your manager."
        </Banner>
        <Facts meeting=Signal::stored(meeting) />
        <NumberField
            name="length_minutes"
            label="Length"
            unit="minutes"
            value=fields.length
            error=fields.about("length_minutes")
        />
    }
}
