//! The screens of signing in, of one's own sessions, and of the members that administrators look after.

mod sign_in;
mod welcome;

use crate::{
    browser::document,
    route::{Screens, param, screen},
};
use leptos::prelude::*;
use leptos_router::path;
use sign_in::SignInGate;
use welcome::WelcomeGate;

/// Where links from administrators lead, before their token.
const WELCOME: &str = "/app/welcome/";

/// The addresses of the account screens.
pub fn routes() -> Screens {
    vec![
        screen(path!("/app/sign-in"), || {
            view! { <SignInGate reason="Your session ended. What you saved is safe; sign in to send it." /> }.into_any()
        }),
        screen(path!("/app/welcome/:token"), || view! { <WelcomeGate token=param("token").unwrap_or_default() /> }.into_any()),
    ]
}

/// What a device shows that nobody uses.
#[component]
pub fn SignedOut() -> impl IntoView {
    match document::path().strip_prefix(WELCOME) {
        Some(token) => view! { <WelcomeGate token=token.to_owned() /> }.into_any(),
        None => view! { <SignInGate /> }.into_any(),
    }
}
