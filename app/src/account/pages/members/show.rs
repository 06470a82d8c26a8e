use super::{super::clear::ClearDevices, Named, deactivate::Deactivate, link::GettingIn, member_address};
use crate::{
    account::{MemberLine, Role, Standing, revoke_devices, roles_words},
    online::{Loaded, NeedsNetwork},
    sync::Phone,
    team::team_path,
    ui::{ButtonLink, ButtonVariant, Card, EmptyState, Glyph, Leave, Page},
};
use leptos::prelude::*;

/// One member: who it is, how they get in, whose customers they look after.
#[component]
pub(in crate::account::pages) fn ShowMember() -> impl IntoView {
    let named = Named::new();
    let title = Signal::derive(move || named.get().map_or_else(|| "Member".to_owned(), |line| line.member.name));
    let shown = Callback::new(move |all: Vec<MemberLine>| match named.find(all) {
        Some(line) => view! { <Member line named /> }.into_any(),
        None => view! {
            <EmptyState glyph=Glyph::User title="Nobody is at this address">"Look for the person in the list of members."</EmptyState>
        }
        .into_any(),
    });
    let edit = move || {
        named.id.map(|id| {
            view! {
                <ButtonLink href=member_address(id) + "/edit" variant=ButtonVariant::Plain icon=Glyph::Pencil>
                    "Edit"
                </ButtonLink>
            }
        })
    };
    view! {
        <Page title leave=Leave::Back("/app/more/members".to_owned()) trailing=edit>
            <NeedsNetwork />
            <Loaded of=named.all shown />
        </Page>
    }
    .into_any()
}

#[component]
fn Member(line: MemberLine, named: Named) -> impl IntoView {
    let member = line.member.clone();
    let replica = Phone::get().replica().get_untracked();
    let team = member.team.and_then(|team| team_path(&replica, team));
    let customers = "/app/customers/assign?owner=".to_owned() + &member.id.to_string();
    let (email, roles, href) = (member.email.clone(), roles_words(&member.roles), customers.clone());
    let looks_after = member.is(Role::Rep).then(|| {
        view! {
            <Card title="Customers">
                <p>"See whom this rep looks after, and hand customers over to somebody else."</p>
                <ButtonLink href icon=Glyph::Building2 full=true>
                    "Their customers"
                </ButtonLink>
            </Card>
        }
    });
    let devices = matches!(line.standing, Standing::Active { .. }).then(|| {
        view! {
            <ClearDevices
                about="Signs this person out everywhere, and removes what is on their devices as soon as they connect. They can sign in again."
                label="Clear their devices"
                question="Clear the devices of ".to_owned() + &member.name + "?"
                unsent="What they had not sent comes to ‘Could not be saved’, where you can still save it."
                done="Their devices are cleared as soon as they connect."
                clear=move || revoke_devices(line.member.id)
            />
        }
    });
    view! {
        <Card>
            <dl class="terms">
                <dt>"Email address"</dt>
                <dd>{email}</dd>
                <dt>"Roles"</dt>
                <dd>{roles}</dd>
                <dt>"Team"</dt>
                <dd>{team.unwrap_or_else(|| "None".to_owned())}</dd>
            </dl>
        </Card>
        <GettingIn line />
        {looks_after}
        {devices}
        <Deactivate member customers named />
    }
    .into_any()
}
