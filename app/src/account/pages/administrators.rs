use crate::{
    account::{Role, active_members},
    sync::Phone,
    ui::{EmptyState, Glyph, Leave, Page},
};
use leptos::prelude::*;

/// `screen` for an administrator; anybody else reads who can help. The server lets nobody else in either.
pub fn for_administrators(title: &'static str, screen: fn() -> AnyView) -> AnyView {
    let phone = Phone::get();
    // Nothing before the first pull has told who this is.
    let allowed = phone.derive(move |replica| replica.members.get(&phone.me()).map(|me| me.is(Role::Administrator)));
    let shown = move || match allowed.get() {
        Some(true) => screen(),
        Some(false) => view! { <Refused title /> }.into_any(),
        None => ().into_any(),
    };
    shown.into_any()
}

#[component]
fn Refused(title: &'static str) -> impl IntoView {
    let helpers = Phone::get().derive(|replica| {
        let names: Vec<String> = active_members(replica, Role::Administrator).into_iter().map(|member| member.name.clone()).collect();
        names.join(", ")
    });
    view! {
        <Page title leave=Leave::Back("/app/more".to_owned())>
            <EmptyState glyph=Glyph::Lock title="This is for administrators">
                {move || helpers.with(|names| format!("They set up people, teams, customers and rules. Ask one of them: {names}."))}
            </EmptyState>
        </Page>
    }
    .into_any()
}
