use super::{install::InstallHint, theme::ThemeChoice};
use crate::{
    account::{Role, absences_words, hours_of_words, viewings_of},
    browser::document,
    day::Day,
    outbox::StatusRow,
    promise::promises_of_member,
    recovery::open_cases_of,
    reflection::open_actions,
    sync::Phone,
    ui::{Avatar, AvatarKind, Glyph, Icon, List, ListRow, Page},
};
use leptos::prelude::*;

/// Everything that is not every day's.
#[component]
pub(super) fn More() -> impl IntoView {
    view! {
        <Page title="More">
            <Me />
            <List title="This phone">
                <StatusRow />
            </List>
            <Mine />
            <Organisation />
            <ThemeChoice />
            <InstallHint />
            <Account />
            <p class="aside">{version()}</p>
        </Page>
    }
}

fn version() -> String {
    let version = format!("Qdos {}", env!("CARGO_PKG_VERSION"));
    document::build().map_or(version.clone(), |build| format!("{version}, build {build}"))
}

/// Who is signed in, and where.
#[component]
fn Me() -> impl IntoView {
    let phone = Phone::get();
    let me = phone.derive(move |replica| replica.members.get(&phone.me()).map(|me| (me.name.clone(), me.email.clone())));
    let organisation = phone.derive(|replica| replica.organisation.as_ref().map(|organisation| organisation.name.clone()));
    let row = move || {
        me.get().map(|(name, email)| {
            let avatar = name.clone();
            view! {
                <ListRow title=name detail=email lead=move || view! { <Avatar name=avatar kind=AvatarKind::Person /> }>
                    {organisation.get().map(|organisation| view! { <span class="list-row-detail">{organisation}</span> })}
                </ListRow>
            }
        })
    };
    view! { <List>{row}</List> }
}

/// What is the member's own.
#[component]
fn Mine() -> impl IntoView {
    let (phone, today) = (Phone::get(), Day::today());
    let actions = phone.derive(move |replica| open_actions(replica, phone.me()).len());
    let promises = phone.derive(move |replica| {
        let promises = promises_of_member(replica, phone.me(), today.get());
        (promises.to_keep(), promises.overdue.len())
    });
    let cases = phone.derive(move |replica| open_cases_of(replica, phone.me()).len());
    let looks = phone.derive(move |replica| viewings_of(replica, phone.me()).len());
    let is_rep = phone.derive(move |replica| replica.members.get(&phone.me()).is_some_and(|me| me.is(Role::Rep)));
    let to_do = Signal::derive(move || match actions.get() {
        0 => "Nothing planned for next time".to_owned(),
        1 => "One thing for next time".to_owned(),
        many => format!("{many} things for next time"),
    });
    let promised = Signal::derive(move || match promises.get() {
        (0, _) => "None open".to_owned(),
        (open, 0) => format!("{open} open"),
        (open, 1) => format!("{open} open, 1 past its day"),
        (open, overdue) => format!("{open} open, {overdue} past their day"),
    });
    let away = phone.derive(move |replica| absences_words(&replica.availability(phone.me()), today.get()));
    let hours = phone.derive(move |replica| hours_of_words(&replica.availability(phone.me()).hours, &replica.rules()));
    let right = Signal::derive(move || match cases.get() {
        0 => "Nothing to make right".to_owned(),
        1 => "One customer was let down".to_owned(),
        many => format!("{many} things to make right"),
    });
    let looked = Signal::derive(move || match looks.get() {
        0 => "Nobody yet".to_owned(),
        1 => "Once".to_owned(),
        many => format!("{many} times"),
    });
    view! {
        <List title="Mine">
            <ListRow title="Reflections" detail=to_do href="/app/reflections" lead=|| view! { <Icon glyph=Glyph::Sprout /> } />
            <ListRow title="Promises" detail=promised href="/app/promises" lead=|| view! { <Icon glyph=Glyph::HeartHandshake /> } />
            <ListRow title="Away" detail=away href="/app/more/away" lead=|| view! { <Icon glyph=Glyph::Sun /> } />
            <ListRow title="Working hours" detail=hours href="/app/more/hours" lead=|| view! { <Icon glyph=Glyph::Clock /> } />
            <ListRow title="Reminders" detail="Once a day, of what waits, on this device" href="/app/more/reminders" lead=|| view! { <Icon glyph=Glyph::Bell /> } />
            <ListRow title="Calendar" detail="Your visits out to it, its visits in here" href="/app/more/calendar" lead=|| view! { <Icon glyph=Glyph::Calendar /> } />
            <Show when=move || is_rep.get()>
                <ListRow title="My time with customers" detail="Where it goes, for your eyes only" href="/app/engagement" lead=|| view! { <Icon glyph=Glyph::Clock /> } />
            </Show>
            <ListRow title="Make it right" detail=right href="/app/recovery" lead=|| view! { <Icon glyph=Glyph::Handshake /> } />
            <ListRow title="Who sees what" detail="Why we ask, what my manager sees" href="/app/more/purpose" lead=|| view! { <Icon glyph=Glyph::Shield /> } />
            <Show when=move || is_rep.get()>
                <ListRow title="Who looked at my data" detail=looked href="/app/more/looked" lead=|| view! { <Icon glyph=Glyph::Eye /> } />
            </Show>
        </List>
    }
}

/// What administrators set up.
#[component]
fn Organisation() -> impl IntoView {
    let phone = Phone::get();
    let is_administrator = phone.derive(move |replica| replica.members.get(&phone.me()).is_some_and(|me| me.is(Role::Administrator)));
    view! {
        <Show when=move || is_administrator.get()>
            <List title="Organisation">
                <ListRow title="Members" detail="Who may sign in, and as what" href="/app/more/members" lead=|| view! { <Icon glyph=Glyph::UserPlus /> } />
                <ListRow title="Teams" detail="Who works together, who manages whom" href="/app/more/teams" lead=|| view! { <Icon glyph=Glyph::UsersRound /> } />
                <ListRow title="All customers" detail="Who looks after them, and how often" href="/app/customers/assign" lead=|| view! { <Icon glyph=Glyph::Building2 /> } />
                <ListRow title="Import customers" detail="With their contacts, from a CSV file" href="/app/customers/import" lead=|| view! { <Icon glyph=Glyph::Upload /> } />
                <ListRow title="Could not be saved" detail="What the server could not take from a phone" href="/app/more/quarantine" lead=|| view! { <Icon glyph=Glyph::CircleAlert /> } />
                <ListRow title="Settings" detail="Name, purpose, privacy notice, rules" href="/app/more/settings" lead=|| view! { <Icon glyph=Glyph::Settings /> } />
            </List>
        </Show>
    }
    .into_any()
}

/// What has to do with signing in.
#[component]
fn Account() -> impl IntoView {
    view! {
        <List title="Account">
            <ListRow title="Where you are signed in" href="/app/more/sessions" lead=|| view! { <Icon glyph=Glyph::Smartphone /> } />
            <ListRow title="PIN" detail="Takes this phone back from a customer" href="/app/more/pin" lead=|| view! { <Icon glyph=Glyph::KeyRound /> } />
            <ListRow title="Export my data" detail="Everything about you and by you, as a file" href="/app/more/export" lead=|| view! { <Icon glyph=Glyph::Download /> } />
            <ListRow title="Sign out" href="/app/more/sign-out" lead=|| view! { <Icon glyph=Glyph::LogOut /> } />
        </List>
    }
}
