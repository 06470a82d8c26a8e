use crate::{
    browser::clock,
    customer::Insight,
    day::Day,
    meeting::{Meeting, ask_words, meeting_address},
    preparation::{Acquaintance, Card, MayAsk, Roadblock, acquaintance_words},
    survey::Ask,
    sync::Phone,
    time::words,
    ui::{Avatar, AvatarKind, Glyph, Icon, List, ListRow},
};
use leptos::prelude::*;
use std::sync::Arc;

/// The last meetings.
#[component]
pub(super) fn LastMeetings(prepared: Memo<Card>) -> impl IntoView {
    let (phone, today) = (Phone::get(), Day::today());
    let row = move |meeting: Arc<Meeting>| {
        let by = phone.replica().with_untracked(|replica| replica.member_name(meeting.rep));
        let by = if meeting.rep == phone.me() { String::new() } else { format!(" by {by}") };
        let title = format!("{} meeting, {}{by}", meeting.format.label(), words::distance(meeting.date(), today.get_untracked()));
        let said = [("Next step", &meeting.notes.next_step), ("What matters", &meeting.notes.matters)];
        let said = said.into_iter().find(|(_, words)| !words.trim().is_empty()).map(|(label, words)| format!("{label}: {words}"));
        view! { <ListRow title=title detail=said href=meeting_address(meeting.id) lead=|| view! { <Icon glyph=Glyph::Handshake /> } /> }
    };
    let rows = move || prepared.with(|card| card.last.clone()).into_iter().map(row).collect_view();
    view! {
        <Show
            when=move || prepared.with(|card| !card.last.is_empty())
            fallback=|| view! { <p class="aside">"You have not met them yet, as far as this phone knows."</p> }
        >
            <List title="Last meetings">{rows}</List>
        </Show>
    }
}

/// What was in the way.
#[component]
pub(super) fn Roadblocks(prepared: Memo<Card>) -> impl IntoView {
    let today = Day::today();
    let rows = move || {
        let all = prepared.with(|card| card.roadblocks.clone());
        let row = |it: Roadblock| {
            let said = format!("Said {}", words::day(it.on, today.get_untracked()));
            view! { <ListRow title=it.text detail=said lead=|| view! { <Icon glyph=Glyph::TriangleAlert /> } /> }
        };
        all.into_iter().map(row).collect_view()
    };
    view! {
        <Show when=move || prepared.with(|card| !card.roadblocks.is_empty())>
            <List title="Roadblocks">{rows}</List>
        </Show>
    }
}

/// What makes the people there special.
#[component]
pub(super) fn Worth(prepared: Memo<Card>) -> impl IntoView {
    let rows = move || {
        let all = prepared.with(|card| card.insights.clone());
        let row = |(name, insight): (Option<String>, Arc<Insight>)| {
            view! { <ListRow title=insight.text.clone() detail=name lead=|| view! { <Icon glyph=Glyph::Lightbulb /> } /> }
        };
        all.into_iter().map(row).collect_view()
    };
    view! {
        <Show when=move || prepared.with(|card| !card.insights.is_empty())>
            <List title="Worth knowing">{rows}</List>
        </Show>
    }
}

/// Who else of ours knows them.
#[component]
pub(super) fn Knows(prepared: Memo<Card>) -> impl IntoView {
    let today = Day::today();
    let row = move |known: Acquaintance| {
        let (detail, avatar) = (acquaintance_words(&known, today.get_untracked()), known.name.clone());
        view! { <ListRow title=known.name detail lead=move || view! { <Avatar name=avatar kind=AvatarKind::Person /> } /> }
    };
    let rows = move || prepared.with(|card| card.known_to.clone()).into_iter().map(row).collect_view();
    view! {
        <Show when=move || prepared.with(|card| !card.known_to.is_empty())>
            <List title="Who else knows them">{rows}</List>
        </Show>
    }
}

/// Who may be asked to rate the visit.
#[component]
pub(super) fn Asked(prepared: Memo<Card>) -> impl IntoView {
    let today = Day::today();
    let row = move |may: MayAsk| {
        let name = may.contact.name.clone();
        let glyph = if may.ask == Ask::Today { Glyph::CircleCheck } else { Glyph::Clock };
        let detail = ask_words(may.ask, clock::offset_minutes(), today.get_untracked());
        view! { <ListRow title=name detail lead=move || view! { <Icon glyph /> } /> }
    };
    let rows = move || prepared.with(|card| card.may_ask.clone()).into_iter().map(row).collect_view();
    view! {
        <Show when=move || prepared.with(|card| !card.may_ask.is_empty())>
            <List title="Who may be asked for feedback">{rows}</List>
        </Show>
    }
}
