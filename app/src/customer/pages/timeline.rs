use crate::{
    account::{Viewed, record_look},
    customer::{TimelineEntry, timeline},
    day::Day,
    id::CustomerId,
    meeting::{Meeting, MeetingStatus, Touch, TouchKind, meeting_address, status_words, touch_words},
    sync::{Phone, StillReading},
    time::words,
    ui::{Badge, BadgeTone, Glyph, Icon},
};
use chrono::NaiveDate;
use leptos::{either::Either, prelude::*};
use std::{collections::BTreeSet, sync::Arc};

/// What has been and is planned between us and a customer, the latest first.
#[component]
pub(super) fn Timeline(
    /// Which customer.
    customer: CustomerId,
) -> impl IntoView {
    let phone = Phone::get();
    let today = Day::today();
    let entries = phone.derive(move |replica| timeline(replica, customer));
    let reps = Memo::new(move |_| entries.with(|entries| entries.iter().filter_map(TimelineEntry::met_by).collect::<BTreeSet<_>>()));
    Effect::new(move || reps.get().into_iter().for_each(|rep| record_look(phone, rep, Viewed::Meetings)));
    let shown = move || {
        let entry = |entry| match entry {
            TimelineEntry::Meeting(meeting) => Either::Left(view! { <MeetingEntry meeting today=today.get() /> }),
            TimelineEntry::Touch(touch) => Either::Right(view! { <TouchEntry touch today=today.get() /> }),
        };
        entries.get().into_iter().map(entry).collect_view()
    };
    view! {
        <section class="stack">
            <h2 class="list-title">"Meetings and messages"</h2>
            <Show
                when=move || entries.with(|entries| !entries.is_empty())
                fallback=|| view! { <p class="aside">"Nothing yet. The first meeting or call will be here."</p> }
            >
                <ol class="timeline" role="list">
                    {shown}
                </ol>
            </Show>
            <StillReading />
        </section>
    }
}

#[component]
fn MeetingEntry(meeting: Arc<Meeting>, today: NaiveDate) -> impl IntoView {
    let phone = Phone::get();
    let rep = meeting.rep;
    let by = phone.derive(move |replica| {
        let name = replica.members.get(&rep).map(|member| member.name.clone());
        name.filter(|_| rep != phone.me()).map(|name| format!("{name} · ")).unwrap_or_default()
    });
    let when = words::moment(meeting.starts_at, meeting.offset_minutes, today);
    let line = Some(meeting.notes.next_step.clone()).filter(|it| !it.is_empty()).map(|next| format!("Next step: {next}"));
    let glyph = if meeting.is_held() { Glyph::Handshake } else { Glyph::Calendar };
    let status = meeting.status;
    let badge = (!meeting.is_held()).then(|| {
        let tone = if status == MeetingStatus::Planned { BadgeTone::Accent } else { BadgeTone::Plain };
        view! { <span><Badge tone>{status_words(status)}</Badge></span> }
    });
    view! {
        <li class="timeline-entry" data-state=(status == MeetingStatus::Planned).then_some("planned")>
            <span class="timeline-mark">
                <Icon glyph />
            </span>
            <div class="timeline-body">
                <span class="timeline-when">{by} {words::capitalised(&when)}</span>
                <a class="timeline-title" href=meeting_address(meeting.id)>
                    {format!("{} meeting", meeting.format.label())}
                </a>
                {line.map(|line| view! { <p>{line}</p> })}
                {badge}
            </div>
        </li>
    }
}

#[component]
fn TouchEntry(touch: Arc<Touch>, today: NaiveDate) -> impl IntoView {
    let when = words::moment(touch.at, touch.offset_minutes, today);
    let glyph = match touch.kind {
        TouchKind::Call => Glyph::Phone,
        TouchKind::Message => Glyph::MessageSquare,
        TouchKind::DropIn => Glyph::House,
    };
    view! {
        <li class="timeline-entry">
            <span class="timeline-mark">
                <Icon glyph />
            </span>
            <div class="timeline-body">
                <span class="timeline-when">{words::capitalised(&when)}</span>
                <span class="timeline-title">{touch_words(touch.kind)}</span>
                {Some(touch.note.clone()).filter(|note| !note.is_empty()).map(|note| view! { <p>{note}</p> })}
            </div>
        </li>
    }
}
