use super::reflection_address;
use crate::{
    browser::clock,
    day::Day,
    id::MemberId,
    reflection::{ReflectionLine, reflections_of},
    sync::Phone,
    time::words,
    ui::{Badge, Glyph, Icon, List, ListRow},
};
use leptos::prelude::*;

/// What `author` shares with whoever reads this, the latest first; nothing where nothing is shared.
#[component]
pub fn SharedReflections(
    /// Who wrote it.
    author: MemberId,
) -> impl IntoView {
    let phone = Phone::get();
    let shared = phone.derive(move |replica| {
        let mut lines = reflections_of(replica, author);
        lines.retain(|line| line.reflection.shared);
        lines
    });
    view! {
        <Show when=move || shared.with(|shared| !shared.is_empty())>
            <List title="Shared reflections">
                {move || shared.get().into_iter().map(|line| view! { <ReflectionRow line /> }).collect_view()}
            </List>
        </Show>
    }
}

/// A reflection in a list.
#[component]
pub(super) fn ReflectionRow(
    /// The reflection.
    line: ReflectionLine,
) -> impl IntoView {
    let today = Day::today();
    let (title, ReflectionLine { reflection, customer }) = (line.title(), line);
    let written = reflection.written_at.date_at(clock::offset_minutes());
    let detail = move || {
        let when = words::capitalised(&words::day(written, today.get()));
        customer.as_ref().map_or(when.clone(), |customer| format!("{when} · {customer}"))
    };
    let shared = reflection.shared;
    view! {
        <ListRow
            title
            detail=Signal::derive(detail)
            href=reflection_address(reflection.id)
            lead=|| view! { <Icon glyph=Glyph::PenLine /> }
            trailing=move || shared.then(|| view! { <Badge icon=Glyph::UsersRound>"Shared"</Badge> })
        />
    }
}
