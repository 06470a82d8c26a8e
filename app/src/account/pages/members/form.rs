use super::{Named, member_address};
use crate::{
    account::{Member, MemberLine, Role, fold_email, role_explanation, role_words, save_member},
    browser::random,
    id::{MemberId, TeamId},
    online::{Asking, FailureBanner, Loaded, NeedsNetwork},
    route::replacing,
    sync::Phone,
    team::team_choices,
    ui::{Button, ButtonKind, ButtonVariant, Choice, Leave, Page, PageKind, SelectField, Switch, TextField, TextKind},
};
use leptos::{ev::SubmitEvent, prelude::*};
use leptos_router::hooks::use_navigate;

/// Somebody new.
#[component]
pub(in crate::account::pages) fn NewMember() -> impl IntoView {
    view! {
        <Page title="New member" leave=Leave::Close("/app/more/members".to_owned()) kind=PageKind::Form>
            <MemberForm before=None />
        </Page>
    }
    .into_any()
}

/// Name, address, roles and team of somebody who is there.
#[component]
pub(in crate::account::pages) fn EditMember() -> impl IntoView {
    let named = Named::new();
    let shown = Callback::new(move |all: Vec<MemberLine>| match named.find(all) {
        Some(line) => view! { <MemberForm before=Some(line.member) /> }.into_any(),
        None => view! { <p class="aside">"Nobody is at this address."</p> }.into_any(),
    });
    let back = named.id.map_or_else(|| "/app/more/members".to_owned(), member_address);
    view! {
        <Page title="Edit member" leave=Leave::Close(back) kind=PageKind::Form>
            <Loaded of=named.all shown />
        </Page>
    }
    .into_any()
}

#[component]
fn MemberForm(before: Option<Member>) -> impl IntoView {
    let (phone, asking, navigate) = (Phone::get(), Asking::new(), use_navigate());
    let is_new = before.is_none();
    let teams = phone.derive(|replica| team_choices(replica, None));
    // Most who are added visit customers.
    let new = || Member {
        id: MemberId(random::uuid()),
        name: String::new(),
        email: String::new(),
        team: None,
        roles: [Role::Rep].into(),
        active: true,
    };
    let before = before.unwrap_or_else(new);
    let name = RwSignal::new(before.name.clone());
    let email = RwSignal::new(before.email.clone());
    let roles = Role::ALL.map(|role| RwSignal::new(before.is(role)));
    let team = RwSignal::new(before.team);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let chosen = Role::ALL.into_iter().zip(roles).filter(|(_, on)| on.get_untracked());
        let member = Member {
            name: name.get_untracked().trim().to_owned(),
            email: fold_email(&email.get_untracked()),
            team: team.get_untracked(),
            roles: chosen.map(|(role, _)| role).collect(),
            ..before
        };
        if let Err(refusal) = member.check_by(phone.me()) {
            return asking.fail(refusal.into());
        }
        let (navigate, there) = (navigate.clone(), member_address(member.id));
        asking.ask(save_member(member), move |()| {
            phone.sync_now();
            navigate(&there, replacing());
        });
    };
    view! {
        <form on:submit=submit novalidate>
            <NeedsNetwork />
            <TextField name="name" label="Name" value=name error=asking.about("name") autocomplete="off" max_length=200 />
            <TextField
                name="email"
                label="Email address"
                kind=TextKind::Email
                hint="They sign in with it. Qdos sends nothing there."
                value=email
                error=asking.about("email")
                autocomplete="off"
                max_length=200
            />
            <Roles roles error=asking.about("roles") />
            <TeamField teams team error=asking.about("team") />
            <div class="page-action">
                <FailureBanner of=asking />
                <Button variant=ButtonVariant::Primary kind=ButtonKind::Submit full=true busy=asking.busy()>
                    {if is_new { "Save, then invite" } else { "Save" }}
                </Button>
            </div>
        </form>
    }
    .into_any()
}

/// What the member does; several are usual.
#[component]
fn Roles(roles: [RwSignal<bool>; 3], error: Signal<Option<String>>) -> impl IntoView {
    let switches = Role::ALL.into_iter().zip(roles).map(|(role, value)| {
        let label = role_words(role);
        view! { <Switch name="role-".to_owned() + label label value hint=role_explanation(role) /> }
    });
    view! {
        <fieldset class="roles" id="roles" tabindex="-1" aria-describedby="roles-error">
            <legend class="field-label">"Roles"</legend>
            {switches.collect_view()}
            <p class="field-error" id="roles-error">{move || error.get()}</p>
        </fieldset>
    }
    .into_any()
}

#[component]
fn TeamField(teams: Memo<Vec<Choice<TeamId>>>, team: RwSignal<Option<TeamId>>, error: Signal<Option<String>>) -> impl IntoView {
    let hint = move || match teams.with(Vec::is_empty) {
        true => "There is no team yet: make one under Teams.",
        false => "A manager sees this team and those below it.",
    };
    view! {
        <SelectField
            name="team"
            label="Team"
            options=teams
            value=team
            none="No team"
            optional=true
            hint=Signal::derive(move || Some(hint().to_owned()))
            error
        />
    }
    .into_any()
}
