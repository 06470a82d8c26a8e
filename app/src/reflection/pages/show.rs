use super::{ActionRow, reflection_address};
use crate::{
    browser::clock,
    day::Day,
    id::ReflectionId,
    meeting::meeting_address,
    reflection::{CONFIDENCE, ENERGY, MOOD, Reflection, ReflectionLine, actions_from, reflection_line, tap_words},
    route::param,
    sync::{NotSaved, Phone, Saving, protocol::Mutation},
    time::words,
    ui::{Banner, Button, ButtonLink, Card, Glyph, Icon, Leave, List, ListRow, Page, Toaster},
};
use leptos::{either::Either, prelude::*};

/// A reflection, read again; its author shares it or takes it back.
#[component]
pub(super) fn ShowReflection() -> impl IntoView {
    let phone = Phone::get();
    let id = param::<ReflectionId>("reflection");
    let line = phone.derive(move |replica| reflection_line(replica, id?));
    view! {
        <Page title="Reflection" leave=Leave::Back("/app/reflections".to_owned())>
            {move || match line.get() {
                Some(line) => Either::Left(view! { <Shown line /> }),
                None => Either::Right(view! { <p>"This reflection is not on your phone. Perhaps its author took it back."</p> }),
            }}
        </Page>
    }
}

#[component]
fn Shown(line: ReflectionLine) -> impl IntoView {
    let (phone, today) = (Phone::get(), Day::today());
    let ReflectionLine { reflection, customer } = line;
    let id = reflection.id;
    let is_own = reflection.author == phone.me();
    let actions = phone.derive(move |replica| actions_from(replica, id));
    let written = reflection.written_at.date_at(clock::offset_minutes());
    let by = (!is_own).then(|| phone.replica().with_untracked(|replica| format!("{} · ", replica.member_name(reflection.author))));
    let about = reflection.meeting.map(|meeting| {
        let title = customer.map_or_else(|| "A meeting".to_owned(), |customer| format!("The meeting with {customer}"));
        view! {
            <List title="It is about">
                <ListRow title href=meeting_address(meeting) lead=|| view! { <Icon glyph=Glyph::Handshake /> } />
            </List>
        }
    });
    let edit = is_own.then(|| {
        let (id, shared) = (reflection.id, reflection.shared);
        view! {
            <Sharing id shared />
            <ButtonLink href=format!("{}/edit", reflection_address(id)) icon=Glyph::Pencil full=true>"Edit"</ButtonLink>
        }
    });
    view! {
        <p class="aside">{by} {move || words::capitalised(&words::day(written, today.get()))}</p>
        <Written reflection=(*reflection).clone() />
        <Show when=move || actions.with(|actions| !actions.is_empty())>
            <List title="Next time I will">
                {move || actions.get().into_iter().map(|line| view! { <ActionRow line /> }).collect_view()}
            </List>
        </Show>
        {about}
        {edit}
    }
}

/// The words, and how it was.
#[component]
fn Written(reflection: Reflection) -> impl IntoView {
    let Reflection { what_happened, so_what, now_what, energy, confidence, mood, .. } = reflection;
    let part = |(title, text): (&'static str, String)| (!text.is_empty()).then(|| view! { <dt>{title}</dt> <dd>{text}</dd> });
    let parts = [("What happened", what_happened), ("So what", so_what), ("Now what", now_what)].map(part);
    let wrote = parts.iter().any(Option::is_some);
    let taps = [("Energy", ENERGY, energy), ("Confidence", CONFIDENCE, confidence), ("Mood", MOOD, mood)];
    let taps = taps.map(|(name, scale, tap)| tap.map(|tap| view! { <dt>{name}</dt> <dd>{tap_words(scale, tap)}</dd> }));
    let told = taps.iter().any(Option::is_some);
    view! {
        {wrote.then(|| view! { <Card><dl class="terms">{parts.collect_view()}</dl></Card> })}
        {told.then(|| view! { <Card title="How it was"><dl class="terms">{taps.collect_view()}</dl></Card> })}
    }
}

/// Whether the author's managers may read it.
#[component]
fn Sharing(id: ReflectionId, shared: bool) -> impl IntoView {
    let (saving, toaster) = (Saving::new(), Toaster::expect());
    let (now, turn, glyph) = match shared {
        true => ("Your manager can read this.", "Stop sharing", Glyph::UsersRound),
        false => ("Only you can read this.", "Share with my manager", Glyph::Lock),
    };
    let share = move |_| {
        saving.run(vec![Mutation::ShareReflection { id, shared: !shared }], move || {
            toaster.say(if shared { "Yours alone again." } else { "Shared with your manager." });
        });
    };
    view! {
        <Banner icon=glyph action=move || view! { <Button on_click=share>{turn}</Button> }>{now}</Banner>
        <NotSaved saving />
    }
}
