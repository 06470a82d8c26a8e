use super::{
    asking::AskForFeedback,
    facts::{Corrections, Facts, NotesShown},
    meeting_address,
    outcome::Outcome,
    saved::Gone,
    summary::SendSummary,
};
use crate::{
    account::{Viewed, record_look},
    browser::clock,
    calendar::AddVisit,
    customer,
    day::Day,
    id::MeetingId,
    meeting::{Meeting, MeetingStatus, clashes_in, deletion, may_change, promises_of, recreation},
    photo::{AtHand, PhotoSubject, Photos},
    promise::PromiseRow,
    route::{param, replacing},
    sync::{Clashes, NotSaved, Phone, Saving, merge::Reader, offer_undo, protocol::Mutation},
    ui::{Button, ButtonLink, ButtonVariant, Glyph, Leave, List, Page, Toaster},
};
use leptos::{either::Either, prelude::*};
use leptos_router::hooks::use_navigate;
use std::sync::Arc;

/// One meeting, planned or held, with everything that belongs to it.
#[component]
pub(super) fn ShowMeeting() -> impl IntoView {
    let phone = Phone::get();
    let id = param::<MeetingId>("meeting");
    let meeting = phone.derive(move |replica| id.and_then(|id| replica.meetings.get(&id).cloned()));
    let is_there = Memo::new(move |_| meeting.with(Option::is_some));
    // What a deletion leaves behind while the screen closes.
    let last = Memo::new(move |before: Option<&Option<Arc<Meeting>>>| meeting.get().or_else(|| before.cloned().flatten()));
    move || match (id, is_there.get()) {
        (Some(id), true) => Either::Left(view! { <Shown id meeting=Signal::derive(move || last.get().expect("it was there")) /> }),
        _ => Either::Right(view! { <Gone /> }),
    }
}

#[component]
fn Shown(id: MeetingId, meeting: Signal<Arc<Meeting>>) -> impl IntoView {
    let phone = Phone::get();
    let me = phone.me();
    Effect::new(move || record_look(phone, meeting.with(|meeting| meeting.rep), Viewed::Meetings));
    let own = move || meeting.with(|meeting| meeting.rep == me);
    let held = Memo::new(move |_| meeting.with(|meeting| meeting.is_held()));
    let promises = phone.derive(move |replica| promises_of(replica, id));
    let promised = move || promises.get().into_iter().map(|promise| view! { <PromiseRow promise /> }).collect_view();
    let today = Day::today();
    let clashes = phone.derive(move |replica| {
        let reader = Reader { replica, me, today: today.get(), offset_minutes: clock::offset_minutes() };
        replica.meetings.get(&id).map(|meeting| clashes_in(&reader, meeting)).unwrap_or_default()
    });
    let may_edit = phone.derive(move |replica| meeting.with(|meeting| may_change(replica, me, meeting)));
    let edit = move || {
        may_edit.get().then(|| {
            view! {
                <ButtonLink href=format!("{}/edit", meeting_address(id)) variant=ButtonVariant::Plain icon=Glyph::Pencil>
                    "Edit"
                </ButtonLink>
            }
        })
    };
    let leave = meeting.with_untracked(|meeting| Leave::Back(customer::address(meeting.customer)));
    view! {
        <Page title=Signal::derive(move || meeting.with(|it| format!("{} meeting", it.format.label()))) leave=leave trailing=edit>
            <Facts meeting />
            <Clashes lines=clashes />
            <Show when=move || own() && !held.get()>
                <Outcome meeting />
            </Show>
            <Show when=move || own() && meeting.with(|it| it.status == MeetingStatus::Planned)>
                <AddVisit meeting />
            </Show>
            <NotesShown meeting />
            <Show when=move || promises.with(|promises| !promises.is_empty())>
                <List title="Promised">{promised}</List>
            </Show>
            <Photos subject=PhotoSubject::Meeting(id) customer=Signal::derive(move || meeting.with(|it| it.customer)) />
            <Show when=move || held.get()>
                <AskForFeedback meeting=meeting.get_untracked() />
            </Show>
            <Show when=move || held.get() && own()>
                <div class="stack" data-gap="small">
                    <SendSummary meeting=meeting.get_untracked() />
                    <ButtonLink href=format!("/app/reflect/{id}") icon=Glyph::Sprout full=true>
                        "Reflect"
                    </ButtonLink>
                </div>
            </Show>
            <Corrections meeting />
            <Delete meeting />
        </Page>
    }
}

/// Deletes a meeting of one's own that nobody was asked about; can be undone.
#[component]
fn Delete(meeting: Signal<Arc<Meeting>>) -> impl IntoView {
    let (phone, saving, toaster, navigate) = (Phone::get(), Saving::new(), Toaster::expect(), use_navigate());
    let may = phone.derive(move |replica| meeting.with(|it| it.check_deletable(phone.me(), replica.is_asked(it.id)).is_ok()));
    let delete = move |_| {
        let meeting = meeting.get_untracked();
        let (delete, undo) = phone.replica().with_untracked(|replica| {
            let again = || crate::browser::random::uuid();
            (deletion(replica, &meeting, phone.me()), recreation(replica, &meeting, phone.me(), again))
        });
        let navigate = navigate.clone();
        saving.run_found(async move {
            let photos = AtHand::of(phone, PhotoSubject::Meeting(meeting.id)).await;
            let words = photos.deleted_words();
            let again = undo.iter().find_map(|it| if let Mutation::CreateMeeting { meeting } = it { Some(meeting.id) } else { None });
            let photos = again.map(|id| photos.attach(PhotoSubject::Meeting(id), meeting.customer)).unwrap_or_default();
            let then = move || {
                navigate(&customer::address(meeting.customer), replacing());
                offer_undo(phone, toaster, words, [undo, photos].concat());
            };
            Some((delete, then))
        });
    };
    view! {
        <Show when=move || may.get()>
            <Button variant=ButtonVariant::Danger icon=Glyph::Trash2 busy=saving.busy() on_click=delete.clone()>
                "Delete this meeting"
            </Button>
        </Show>
        <NotSaved saving />
    }
}
