//! The account screens: signing in, the first start on a device, More, who sees what, the PIN, signing out; members, for administrators.

mod administrators;
mod away;
mod clear;
mod first_run;
mod hours;
mod install;
mod looked;
mod members;
mod more;
mod pin;
mod sees;
mod sessions;
mod sign_in;
mod sign_out;
mod theme;
mod welcome;

use crate::{
    browser::{badge, document},
    id::MemberId,
    route::{Screens, param, screen},
};
use leptos::prelude::*;
use leptos_router::path;
use sign_in::SignInGate;
use welcome::WelcomeGate;

pub use administrators::for_administrators;
pub use first_run::FirstRun;

/// Where links from administrators lead, before their token.
const WELCOME: &str = "/app/welcome/";

/// The addresses of the account screens.
pub fn routes() -> Screens {
    vec![
        screen(path!("/app/sign-in"), || {
            view! { <SignInGate reason="Your session ended. What you saved is safe; sign in to send it." /> }.into_any()
        }),
        screen(path!("/app/welcome/:token"), || view! { <WelcomeGate token=param("token").unwrap_or_default() /> }.into_any()),
        screen(path!("/app/more"), || view! { <more::More /> }.into_any()),
        screen(path!("/app/more/purpose"), || view! { <sees::WhoSeesWhat /> }.into_any()),
        screen(path!("/app/more/looked"), || view! { <looked::WhoLooked /> }.into_any()),
        screen(path!("/app/more/away"), || view! { <away::Away /> }.into_any()),
        screen(path!("/app/more/hours"), || view! { <hours::HoursScreen /> }.into_any()),
        screen(path!("/app/more/pin"), || view! { <pin::ChangePin /> }.into_any()),
        screen(path!("/app/more/sessions"), || view! { <sessions::Sessions /> }.into_any()),
        screen(path!("/app/more/sign-out"), || view! { <sign_out::SignOut /> }.into_any()),
        screen(path!("/app/more/members"), || for_administrators("Members", || view! { <members::Members /> }.into_any())),
        screen(path!("/app/more/members/new"), || for_administrators("New member", || view! { <members::NewMember /> }.into_any())),
        screen(path!("/app/more/members/:member"), || for_administrators("Member", || view! { <members::ShowMember /> }.into_any())),
        screen(path!("/app/more/members/:member/edit"), || {
            for_administrators("Edit member", || view! { <members::EditMember /> }.into_any())
        }),
    ]
}

/// The address of a member's screen, for administrators.
pub fn member_address(member: MemberId) -> String {
    format!("/app/more/members/{member}")
}

/// What a device shows that nobody uses.
#[component]
pub fn SignedOut() -> impl IntoView {
    // What waits for whoever was here last is nobody's to see now.
    badge::show(0);
    match document::path().strip_prefix(WELCOME) {
        Some(token) => view! { <WelcomeGate token=token.to_owned() /> }.into_any(),
        None => view! { <SignInGate /> }.into_any(),
    }
}
