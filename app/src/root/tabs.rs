use crate::{
    account::Role,
    sync::Phone,
    ui::{Glyph, Tab, TabBar},
};
use leptos::prelude::*;
use leptos_router::hooks::use_location;

/// The app's places, by what the member does.
#[component]
pub(super) fn Tabs() -> impl IntoView {
    let phone = Phone::get();
    let manages = phone.derive(move |replica| replica.members.get(&phone.me()).is_some_and(|me| me.is(Role::Manager)));
    let tabs = Signal::derive(move || {
        let last = match manages.get() {
            true => Tab::new("/app/team", "Team", Glyph::UsersRound),
            false => Tab::new("/app/more", "More", Glyph::Ellipsis),
        };
        vec![
            Tab::new("/app", "Today", Glyph::Sun),
            Tab::new("/app/customers", "Customers", Glyph::Building2),
            Tab::primary("/app/log", "Log", Glyph::Plus),
            Tab::new("/app/feedback", "Feedback", Glyph::MessageCircleHeart),
            last,
        ]
    });
    let path = use_location().pathname;
    view! { <TabBar tabs path=Signal::derive(move || place(&path.get(), manages.get())) /> }
}

/// The address whose tab a screen belongs to, where its own address does not say so.
fn place(path: &str, manages: bool) -> String {
    let of_customers = ["/app/meetings/", "/app/contacts/"].iter().any(|start| path.starts_with(start));
    match path {
        _ if of_customers => "/app/customers".to_owned(),
        // A manager's last tab is the team, from where More is reached.
        _ if manages && path.starts_with("/app/more") => "/app/team".to_owned(),
        _ => path.to_owned(),
    }
}
