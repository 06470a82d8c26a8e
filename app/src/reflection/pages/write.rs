use super::{
    form::{ActionFields, Fields, HowItWas},
    reflect_address, reflection_address,
};
use crate::{
    browser::{clock, document, hints, random},
    day::Day,
    id::{ActionId, MeetingId, ReflectionId},
    meeting::Meeting,
    reflection::{Reflection, ReflectionDraft, Writing, actions_from, meetings_to_reflect_on, reflection_on},
    route::{param, replacing},
    score::{Audience, score_of},
    sync::{NotSaved, Phone, Resumed, Saving, Typing},
    text,
    time::words,
    ui::{Button, ButtonKind, ButtonLink, ButtonVariant, Disclosure, Leave, List, ListRow, Page, PageKind, Switch, TextArea, Toaster},
};
use chrono::TimeDelta;
use leptos::{either::Either, ev::SubmitEvent, prelude::*};
use leptos_router::hooks::use_navigate;
use std::sync::Arc;

/// Days until an action is due, unless another day is chosen.
const DUE_IN_DAYS: i64 = 14;
/// As many meetings as are still in mind.
const MEETINGS_OFFERED: usize = 5;

/// Writes a reflection, about the meeting in the address where there is one; one that was written about it is opened again.
#[component]
pub(super) fn WriteReflection() -> impl IntoView {
    let phone = Phone::get();
    let meeting = param::<MeetingId>("meeting");
    let (meeting, before) = phone.replica().with_untracked(|replica| {
        let meeting = meeting.and_then(|id| replica.meetings.get(&id).cloned());
        let before = meeting.as_ref().and_then(|meeting| reflection_on(replica, phone.me(), meeting.id));
        (meeting, before)
    });
    view! { <WriteForm meeting before /> }
}

/// Changes a reflection of one's own.
#[component]
pub(super) fn EditReflection() -> impl IntoView {
    let phone = Phone::get();
    let id = param::<ReflectionId>("reflection");
    let found = phone.replica().with_untracked(|replica| {
        let before = id.and_then(|id| replica.reflections.get(&id)).filter(|it| it.author == phone.me())?;
        Some((before.meeting.and_then(|meeting| replica.meetings.get(&meeting).cloned()), before.clone()))
    });
    match found {
        Some((meeting, before)) => Either::Left(view! { <WriteForm meeting before=Some(before) /> }),
        None => Either::Right(view! {
            <Page title="Reflection not found" leave=Leave::Back("/app/reflections".to_owned())>
                <p>"It is not on this phone, or it is a colleague’s."</p>
                <ButtonLink href="/app/reflections">"See your reflections"</ButtonLink>
            </Page>
        }),
    }
}

#[component]
fn WriteForm(
    /// What it is about.
    meeting: Option<Arc<Meeting>>,
    /// What was written before.
    before: Option<Arc<Reflection>>,
) -> impl IntoView {
    let phone = Phone::get();
    let (saving, toaster, navigate) = (Saving::new(), Toaster::expect(), use_navigate());
    let key = ReflectionDraft::key(meeting.as_ref().map(|meeting| meeting.id), before.as_ref().map(|before| before.id));
    let draft = phone.draft(&key).unwrap_or_else(|| blank(meeting.as_deref(), before.as_deref()));
    let has_action = before.as_ref().is_some_and(|before| phone.replica().with_untracked(|it| !actions_from(it, before.id).is_empty()));
    let about = meeting.as_ref().map(|meeting| {
        let customer = phone.replica().with_untracked(|replica| replica.customer_name(meeting.customer, "A customer").to_owned());
        format!("{customer}, {} meeting.", meeting.format.label())
    });
    // What was tapped once can still be changed.
    let asks_taps = hints::wants_taps(&phone.me().to_string()) || [draft.energy, draft.confidence, draft.mood].iter().any(Option::is_some);
    let fields = Fields::of(draft);
    let typing = Typing::keep(key, Memo::new(move |_| fields.draft()));
    let there = reflection_address(fields.id());
    let close = if before.is_some() { there.clone() } else { "/app/reflections".to_owned() };
    let save = {
        let (meeting, before) = (meeting.clone(), before.clone());
        move |event: SubmitEvent| {
            event.prevent_default();
            let score = phone.replica().with_untracked(|replica| score_of(replica, phone.me(), Audience::Rep));
            let (author, now, meeting, before) = (phone.me(), clock::now(), meeting.as_deref(), before.as_deref());
            let writing = Writing { author, now, meeting, before, score: score.as_deref() };
            match fields.draft().mutations(writing) {
                Ok(mutations) => {
                    let (navigate, was_new) = (navigate.clone(), before.is_none());
                    saving.run_typed(typing, mutations, move || {
                        if was_new {
                            toaster.say("Saved. Only you can read it until you share it.");
                        }
                        navigate("/app/reflections", replacing());
                    });
                }
                Err(found) => {
                    found.first().map(document::focus);
                    fields.problems.set(found);
                }
            }
        }
    };
    let is_edit = before.is_some();
    let area = move |name: &'static str, label: &'static str, value: RwSignal<String>| {
        let limit = text::NOTE_MAX as u32;
        view! { <TextArea name label value optional=true error=fields.about(name) max_length=limit /> }
    };
    view! {
        <Page title="Reflect" leave=Leave::Close(close) kind=PageKind::Form>
            <form on:submit=save novalidate>
                <Resumed typing />
                <p class="aside">{about} " One line is enough. Only you can read it, unless you share it."</p>
                {(meeting.is_none() && !is_edit).then(|| view! { <AboutMeeting /> })}
                {area("what_happened", "What happened?", fields.what_happened)}
                {area("so_what", "So what?", fields.so_what)}
                {area("now_what", "Now what?", fields.now_what)}
                {asks_taps.then(|| view! { <HowItWas fields /> })}
                {(!has_action).then(|| view! { <ActionFields fields meeting /> })}
                <Switch
                    name="shared"
                    label="Share with my manager"
                    hint="You can take it back at any time."
                    value=fields.shared
                />
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

/// The latest meetings, one of which may be what it is about: then somebody there can be named.
#[component]
fn AboutMeeting() -> impl IntoView {
    let (phone, today) = (Phone::get(), Day::today());
    let meetings = phone.derive(move |replica| {
        let name = |meeting: &Meeting| replica.customer_name(meeting.customer, "A customer").to_owned();
        let recent = meetings_to_reflect_on(replica, phone.me(), today.get(), MEETINGS_OFFERED);
        recent.into_iter().map(|meeting| (name(&meeting), meeting)).collect::<Vec<_>>()
    });
    let row = move |(name, meeting): (String, Arc<Meeting>)| {
        let detail = format!("{} meeting, {}", meeting.format.label(), words::day(meeting.date(), today.get_untracked()));
        view! { <ListRow title=name detail=detail href=reflect_address(Some(meeting.id)) /> }
    };
    view! {
        <Show when=move || meetings.with(|meetings| !meetings.is_empty())>
            <Disclosure title="Is it about a meeting?" detail="Then you can name whom the next step is for">
                <List>{move || meetings.get().into_iter().map(row).collect_view()}</List>
            </Disclosure>
        </Show>
    }
}

fn blank(meeting: Option<&Meeting>, before: Option<&Reflection>) -> ReflectionDraft {
    let (action, due) = (ActionId(random::uuid()), (clock::today() + TimeDelta::days(DUE_IN_DAYS)).to_string());
    match before {
        Some(before) => ReflectionDraft::of(before, action, due, meeting),
        None => ReflectionDraft::new(ReflectionId(random::uuid()), action, due, meeting),
    }
}
