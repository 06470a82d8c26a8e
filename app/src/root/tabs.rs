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
    view! { <TabBar tabs path=Signal::derive(move || path.get()) /> }
}
