use crate::{
    account::Role,
    browser::{document, hints, history},
    place::place,
    sync::Phone,
    ui::{Glyph, Tab, TabBar, TabKind},
};
use leptos::prelude::*;
use leptos_router::hooks::use_location;

/// Goes on with the tab that was used last, where the app is started without naming a screen. Before the router looks at the address.
pub(super) fn go_on(phone: Phone) {
    let last = hints::last_tab().filter(|last| is_tab(&tabs(manages(phone).get_untracked()), last));
    if let (TODAY, Some(last)) = (document::path().as_str(), last) {
        history::rename(&last);
    }
}

/// The app's places, by what the member does.
#[component]
pub(super) fn Tabs() -> impl IntoView {
    let manages = manages(Phone::get());
    let tabs = Signal::derive(move || tabs(manages.get()));
    let path = use_location().pathname;
    Effect::new(move || {
        let path = path.get();
        if tabs.with(|tabs| is_tab(tabs, &path)) {
            hints::remember_tab(&path);
        }
    });
    let place = Memo::new(move |before: Option<&String>| place(&path.get(), manages.get(), before.map(String::as_str)));
    view! { <TabBar tabs path=place /> }
}

const TODAY: &str = "/app";

fn manages(phone: Phone) -> Memo<bool> {
    phone.derive(move |replica| replica.members.get(&phone.me()).is_some_and(|me| me.is(Role::Manager)))
}

fn tabs(manages: bool) -> Vec<Tab> {
    let last = match manages {
        true => Tab::new("/app/team", "Team", Glyph::UsersRound),
        false => Tab::new("/app/more", "More", Glyph::Ellipsis),
    };
    vec![
        Tab::new(TODAY, "Today", Glyph::Sun),
        Tab::new("/app/customers", "Customers", Glyph::Building2),
        Tab::primary("/app/log", "Log", Glyph::Plus),
        Tab::new("/app/feedback", "Feedback", Glyph::MessageCircleHeart),
        last,
    ]
}

/// Whether `path` is a tab's own screen. Logging is done and over, and so no place to go on from.
fn is_tab(tabs: &[Tab], path: &str) -> bool {
    tabs.iter().any(|tab| tab.kind == TabKind::Plain && tab.href == path)
}
