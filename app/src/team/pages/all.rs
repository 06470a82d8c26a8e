use super::team_address;
use crate::{
    online::NeedsNetwork,
    sync::Phone,
    team::{TeamLine, team_tree},
    ui::{ButtonLink, ButtonVariant, EmptyState, Glyph, Icon, Leave, List, ListRow, Page},
};
use leptos::prelude::*;

/// Deeper teams are drawn no further in.
const DEPTH_MAX: usize = 3;

/// All teams, each below the one that it is part of.
#[component]
pub(super) fn Teams() -> impl IntoView {
    let lines = Phone::get().derive(team_tree);
    let new = || {
        view! {
            <ButtonLink href="/app/more/teams/new" variant=ButtonVariant::Plain icon=Glyph::Plus>
                "New"
            </ButtonLink>
        }
    };
    let content = move || match lines.get() {
        none if none.is_empty() => view! {
            <EmptyState
                glyph=Glyph::UsersRound
                title="No team yet"
                action=|| view! { <ButtonLink href="/app/more/teams/new" variant=ButtonVariant::Primary>"Make the first team"</ButtonLink> }
            >
                "A team is who works together. Its manager sees where to help; a small organisation needs just one."
            </EmptyState>
        }
        .into_any(),
        lines => view! { <List>{lines.into_iter().map(|line| view! { <Row line /> }).collect_view()}</List> }.into_any(),
    };
    view! {
        <Page title="Teams" leave=Leave::Back("/app/more".to_owned()) trailing=new>
            <NeedsNetwork />
            <p class="aside">"A manager sees their own team and those below it."</p>
            {content}
        </Page>
    }
    .into_any()
}

#[component]
fn Row(line: TeamLine) -> impl IntoView {
    let TeamLine { team, depth, people, managers } = line;
    let people = match people {
        0 => "Nobody in it yet".to_owned(),
        1 => "One person".to_owned(),
        many => many.to_string() + " people",
    };
    let managed = if managers.is_empty() { "no manager".to_owned() } else { "managed by ".to_owned() + &managers.join(", ") };
    view! {
        <ListRow
            title=team.name.clone()
            detail=people + ", " + &managed
            href=team_address(team.id)
            lead=|| view! { <Icon glyph=Glyph::UsersRound /> }
            attr:data-depth=depth.min(DEPTH_MAX).to_string()
        />
    }
    .into_any()
}
