use super::{ActionRow, reflect_address, row::ReflectionRow};
use crate::{
    reflection::{open_actions, reflections_of, settled_actions},
    sync::Phone,
    ui::{ButtonLink, ButtonVariant, Disclosure, EmptyState, Glyph, Icon, Leave, List, ListRow, Page},
};
use leptos::prelude::*;

/// What one wants to do next time, and what one wrote.
#[component]
pub(super) fn ReflectionList() -> impl IntoView {
    let phone = Phone::get();
    let open = phone.derive(move |replica| open_actions(replica, phone.me()));
    let settled = phone.derive(move |replica| settled_actions(replica, phone.me()));
    let reflections = phone.derive(move |replica| reflections_of(replica, phone.me()));
    let is_empty = move || open.with(Vec::is_empty) && settled.with(Vec::is_empty) && reflections.with(Vec::is_empty);
    let write = || {
        view! {
            <ButtonLink href=reflect_address(None) variant=ButtonVariant::Plain icon=Glyph::Plus>
                "Reflect"
            </ButtonLink>
        }
    };
    view! {
        <Page title="Reflections" leave=Leave::Back("/app/more".to_owned()) trailing=write>
            <Show when=is_empty>
                <NothingYet />
            </Show>
            <Show when=move || open.with(|open| !open.is_empty())>
                <List title="Next time I will">
                    {move || open.get().into_iter().map(|line| view! { <ActionRow line /> }).collect_view()}
                </List>
            </Show>
            <Show when=move || reflections.with(|reflections| !reflections.is_empty())>
                <List title="What I wrote">
                    {move || reflections.get().into_iter().map(|line| view! { <ReflectionRow line /> }).collect_view()}
                </List>
            </Show>
            <List>
                <ListRow
                    title="How it was for me"
                    detail="Energy, confidence and mood over time, for your eyes only"
                    href="/app/reflections/course"
                    lead=|| view! { <Icon glyph=Glyph::Sun /> }
                />
            </List>
            <Show when=move || settled.with(|settled| !settled.is_empty())>
                <Disclosure title="Done and let go">
                    <List>{move || settled.get().into_iter().map(|line| view! { <ActionRow line /> }).collect_view()}</List>
                </Disclosure>
            </Show>
        </Page>
    }
}

#[component]
fn NothingYet() -> impl IntoView {
    let write = || {
        view! { <ButtonLink href=reflect_address(None) variant=ButtonVariant::Primary icon=Glyph::PenLine>"Write one line"</ButtonLink> }
    };
    view! {
        <EmptyState glyph=Glyph::Sprout title="What you learn will be here" action=write>
            "After a meeting, one line on what happened and one thing to do next time. Only you can read it, unless you share it."
        </EmptyState>
    }
}
