use crate::{
    browser::clock,
    customer,
    day::Day,
    meeting::{meeting_address, touch_words},
    reflection::reflection_address,
    search::{Found, Group, Hit, Piece, Place},
    time::{Timestamp, words},
    ui::{Avatar, AvatarKind, Glyph, Icon, List, ListRow},
};
use leptos::prelude::*;

/// What was found, in three groups.
#[component]
pub(super) fn Results(found: Found) -> impl IntoView {
    let Found { customers, people, notes } = found;
    view! {
        <FoundGroup title="Customers" group=customers />
        <FoundGroup title="People" group=people />
        <FoundGroup title="Notes" group=notes />
    }
}

#[component]
fn FoundGroup(title: &'static str, group: Group) -> impl IntoView {
    let left = group.of - group.hits.len();
    let rows = group.hits.into_iter().map(|hit| view! { <HitRow hit /> }).collect_view();
    (group.of > 0).then(|| {
        view! {
            <List title=title>{rows}</List>
            {(left > 0).then(|| view! { <p class="aside">{format!("And {left} more. Another word finds fewer.")}</p> })}
        }
    })
}

#[component]
fn HitRow(hit: Hit) -> impl IntoView {
    let Hit { place, title, detail, at, snippet } = hit;
    let today = Day::today();
    let day = move || {
        let on = Timestamp(at).date_at(clock::offset_minutes());
        words::day(on, today.get())
    };
    let detail = move || {
        let kind = match place {
            Place::Customer(_) | Place::Contact(_) => return Some(detail.clone()).filter(|it| !it.is_empty()),
            Place::Meeting(_, format) => format!("{} meeting, {}", format.label(), day()),
            Place::Touch(_, kind) => format!("{}, {}", touch_words(kind), day()),
            Place::Insight(_) => "Worth knowing".to_owned(),
            Place::Promise(_) => format!("Promised by {}", day()),
            Place::Reflection(_) => words::capitalised(&day()),
        };
        Some(kind)
    };
    let href = match place {
        Place::Customer(id) | Place::Touch(id, _) => customer::address(id),
        Place::Contact(id) | Place::Insight(id) => format!("/app/contacts/{id}"),
        Place::Meeting(id, _) => meeting_address(id),
        Place::Promise(id) => format!("/app/promises/{id}"),
        Place::Reflection(id) => reflection_address(id),
    };
    let lead = {
        let name = title.clone();
        move || match place {
            Place::Customer(_) => view! { <Avatar name kind=AvatarKind::Company /> }.into_any(),
            Place::Contact(_) => view! { <Avatar name /> }.into_any(),
            Place::Meeting(..) => view! { <Icon glyph=Glyph::Handshake /> }.into_any(),
            Place::Touch(..) => view! { <Icon glyph=Glyph::MessageSquare /> }.into_any(),
            Place::Insight(_) => view! { <Icon glyph=Glyph::Lightbulb /> }.into_any(),
            Place::Promise(_) => view! { <Icon glyph=Glyph::HeartHandshake /> }.into_any(),
            Place::Reflection(_) => view! { <Icon glyph=Glyph::Sprout /> }.into_any(),
        }
    };
    let piece = |Piece { text, is_found }: Piece| match is_found {
        true => view! { <mark>{text}</mark> }.into_any(),
        false => text.into_any(),
    };
    let snippet = (!snippet.is_empty()).then(|| view! { <span class="found-words">{snippet.into_iter().map(piece).collect_view()}</span> });
    view! { <ListRow title detail=Signal::derive(detail) href=href lead=lead>{snippet}</ListRow> }
}
