use super::member_address;
use crate::{
    account::{MemberLine, Standing, members, roles_words, standing_badge},
    online::{Load, Loaded, NeedsNetwork},
    sync::Phone,
    text::Search,
    ui::{Avatar, AvatarKind, Badge, BadgeTone, ButtonLink, ButtonVariant, EmptyState, Glyph, Leave, List, ListRow, Page, SearchField},
};
use leptos::prelude::*;

/// From so many on, people are found by a few letters.
const MANY: usize = 8;

/// Everybody in the organisation.
#[component]
pub(in crate::account::pages) fn Members() -> impl IntoView {
    let (all, words) = (Load::new(members), RwSignal::new(String::new()));
    let new = || {
        view! {
            <ButtonLink href="/app/more/members/new" variant=ButtonVariant::Plain icon=Glyph::Plus>
                "New"
            </ButtonLink>
        }
    };
    let shown = Callback::new(move |lines: Vec<MemberLine>| view! { <Lines lines words /> }.into_any());
    view! {
        <Page title="Members" leave=Leave::Back("/app/more".to_owned()) trailing=new>
            <NeedsNetwork />
            <Loaded of=all shown />
        </Page>
    }
    .into_any()
}

#[component]
fn Lines(lines: Vec<MemberLine>, words: RwSignal<String>) -> impl IntoView {
    let many = lines.len() > MANY;
    let lines = StoredValue::new(lines);
    let rows = move |active: bool| {
        let search = words.with(|words| Search::of(words));
        lines.with_value(|lines| {
            let found = lines.iter().filter(|line| line.member.active == active && search.finds([&*line.member.name, &*line.member.email]));
            found.cloned().collect::<Vec<_>>()
        })
    };
    let list = move || {
        let (here, gone) = (rows(true), rows(false));
        if here.is_empty() && gone.is_empty() {
            return view! {
                <EmptyState glyph=Glyph::Search title="Nobody is called so">
                    "Try fewer letters, or a part of the email address."
                </EmptyState>
            }
            .into_any();
        }
        let gone = (!gone.is_empty())
            .then(|| view! { <List title="Deactivated">{gone.into_iter().map(|line| view! { <Row line /> }).collect_view()}</List> });
        let here = (!here.is_empty()).then(|| view! { <List>{here.into_iter().map(|line| view! { <Row line /> }).collect_view()}</List> });
        view! { {here} {gone} }.into_any()
    };
    let search = many.then(|| {
        view! {
            <SearchField label="Find somebody" value=words placeholder="Name or email address" />
        }
    });
    view! { {search} {list} }.into_any()
}

#[component]
fn Row(line: MemberLine) -> impl IntoView {
    let MemberLine { member, standing } = line;
    let team = Phone::get().replica().with_untracked(|it| member.team.and_then(|team| it.teams.get(&team)).map(|team| team.name.clone()));
    let mut detail = roles_words(&member.roles);
    if let Some(team) = team {
        detail += " · ";
        detail += &team;
    }
    let tone = match standing {
        Standing::NotInvited => Some(BadgeTone::Attention),
        Standing::Invited { .. } => Some(BadgeTone::Accent),
        Standing::Deactivated => Some(BadgeTone::Plain),
        // Usual: a badge on everybody would show nothing.
        Standing::Active { .. } => None,
    };
    if tone.is_none() {
        detail += " · active";
    }
    let (href, avatar) = (member_address(member.id), member.name.clone());
    let badge = tone.map(|tone| view! { <Badge tone>{standing_badge(standing)}</Badge> });
    view! {
        <ListRow
            title=member.name
            detail
            href
            lead=move || view! { <Avatar name=avatar kind=AvatarKind::Person /> }
            trailing=move || badge
        >
            <span class="list-row-detail">{member.email}</span>
        </ListRow>
    }
    .into_any()
}
