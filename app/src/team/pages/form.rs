use super::remove::Remove;
use crate::{
    account::{Member, Role, member_address, roles_words},
    browser::random,
    id::TeamId,
    online::{Asking, FailureBanner, NeedsNetwork},
    route::{param, replacing},
    sync::Phone,
    team::{Team, people_in, save_team, team_choices},
    ui::{Avatar, AvatarKind, Button, ButtonKind, ButtonVariant, EmptyState, Glyph, Leave, List, ListRow, Page, SelectField, TextField},
};
use leptos::{ev::SubmitEvent, prelude::*};
use leptos_router::hooks::use_navigate;
use std::sync::Arc;

const ALL: &str = "/app/more/teams";

/// Another team.
#[component]
pub(super) fn NewTeam() -> impl IntoView {
    view! {
        <Page title="New team" leave=Leave::Close(ALL.to_owned())>
            <TeamForm before=None />
        </Page>
    }
    .into_any()
}

/// A team: its name, its place among the others, who is in it; removes it once it is empty.
#[component]
pub(super) fn EditTeam() -> impl IntoView {
    let team = param::<TeamId>("team").and_then(|id| Phone::get().replica().with_untracked(|it| it.teams.get(&id).cloned()));
    let content = match team {
        Some(team) => view! { <TeamForm before=Some(Team::clone(&team)) /> }.into_any(),
        None => view! {
            <EmptyState glyph=Glyph::UsersRound title="This team is not on this phone">
                "It was removed, or it is so new that it has not arrived here yet. Look at the list of teams in a moment."
            </EmptyState>
        }
        .into_any(),
    };
    view! {
        <Page title="Team" leave=Leave::Back(ALL.to_owned())>
            {content}
        </Page>
    }
    .into_any()
}

#[component]
fn TeamForm(before: Option<Team>) -> impl IntoView {
    let (phone, asking, navigate) = (Phone::get(), Asking::new(), use_navigate());
    let there = before.as_ref().map(|team| team.id);
    let choices = phone.derive(move |replica| team_choices(replica, there));
    let before = before.unwrap_or_else(|| Team { id: TeamId(random::uuid()), name: String::new(), parent: None });
    let (id, name, parent) = (before.id, RwSignal::new(before.name), RwSignal::new(before.parent));
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let team = Team { id, name: name.get_untracked().trim().to_owned(), parent: parent.get_untracked() };
        let teams = phone.replica().get_untracked();
        if let Err(refusal) = team.check(teams.teams.values().map(AsRef::as_ref)) {
            return asking.fail(refusal.into());
        }
        let navigate = navigate.clone();
        asking.ask(save_team(team), move |()| {
            phone.sync_now();
            navigate(ALL, replacing());
        });
    };
    let inside = there.map(|team| view! { <People team /> <Remove team /> });
    view! {
        <form class="team-form" on:submit=submit novalidate>
            <NeedsNetwork />
            <TextField name="name" label="Name" value=name error=asking.about("name") autocomplete="off" max_length=200 />
            <SelectField
                name="parent"
                label="Part of"
                options=choices
                value=parent
                none="No other team"
                optional=true
                hint="Managers of that team then see this one, too."
                error=asking.about("parent")
            />
            <FailureBanner of=asking />
            // Not at the thumb, where it would lie over the people below.
            <Button variant=ButtonVariant::Primary kind=ButtonKind::Submit full=true busy=asking.busy()>
                "Save team"
            </Button>
        </form>
        {inside}
    }
    .into_any()
}

/// Who is in the team; who manages it is said first.
#[component]
fn People(team: TeamId) -> impl IntoView {
    let people = Phone::get().derive(move |replica| people_in(replica, team));
    let managed = move || {
        let managers: Vec<String> = people.with(|people| {
            people.iter().filter(|member| member.active && member.is(Role::Manager)).map(|member| member.name.clone()).collect()
        });
        match managers.is_empty() {
            true => "Nobody manages this team. Give somebody in it the role of manager, under Members.".to_owned(),
            false => "Managed by ".to_owned() + &managers.join(", ") + ". Roles and teams of people are changed under Members.",
        }
    };
    let rows = move || {
        let row = |member: Arc<Member>| {
            let roles = if member.active { roles_words(&member.roles) } else { "Deactivated".to_owned() };
            let avatar = member.name.clone();
            view! {
                <ListRow
                    title=member.name.clone()
                    detail=roles
                    href=member_address(member.id)
                    lead=move || view! { <Avatar name=avatar kind=AvatarKind::Person /> }
                />
            }
        };
        people.get().into_iter().map(row).collect_view()
    };
    view! {
        <section class="stack" data-gap="small">
            <p class="aside">{managed}</p>
            <Show when=move || people.with(|people| !people.is_empty())>
                <List title="In this team">{rows}</List>
            </Show>
        </section>
    }
    .into_any()
}
