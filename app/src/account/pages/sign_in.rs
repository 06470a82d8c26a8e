use crate::{
    account::{Device, Password, fold_email, sign_in},
    browser::document,
    failure::Failure,
    online::{Asking, FailureBanner},
    sync::Refusal,
    ui::{Banner, BannerTone, Button, ButtonKind, ButtonVariant, Gate, TextField, TextKind},
};
use leptos::{ev::SubmitEvent, prelude::*};

/// Email address and password. Whoever signs in is the device's member from then on.
#[component]
pub(in crate::account::pages) fn SignInGate(
    /// Said under the heading, where somebody was signed in before.
    #[prop(optional, into)]
    reason: Option<String>,
) -> impl IntoView {
    let device = Device::get();
    let email = RwSignal::new(String::new());
    let password = RwSignal::new(String::new());
    let asking = Asking::new();
    // Whoever followed a link is led there; where a session ended, the sign-in has an address of its own.
    let there = if reason.is_some() { "/app".to_owned() } else { document::path() + &document::query() };

    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let (email, password) = (fold_email(&email.get_untracked()), password.get_untracked());
        let missing = [("email", &email, "enter your email address"), ("password", &password, "enter your password")];
        if let Some((field, _, words)) = missing.into_iter().find(|(_, value, _)| value.is_empty()) {
            return asking.fail(Refusal::invalid(field, words).into());
        }
        let there = there.clone();
        let enter = async move {
            let identity = sign_in(email, Password(password)).await?;
            device.enter(identity.member, &there).await.map_err(Failure::from)
        };
        asking.ask(enter, |()| {});
    };
    let lead = reason.unwrap_or_else(|| "For your first visit, open the link that your administrator gave you.".to_owned());
    let cleared = device.was_cleared().then(|| {
        view! {
            <Banner tone=BannerTone::Attention>
                "You were signed out here for good, and everything of yours was removed from this device. What had not been sent is with your administrators, who can still save it."
            </Banner>
        }
    });
    view! {
        <Gate title="Sign in" lead>
            {cleared}
            <form class="gate-form" method="post" novalidate on:submit=submit>
                <FailureBanner of=asking />
                <TextField
                    name="email"
                    label="Email address"
                    value=email
                    kind=TextKind::Email
                    autocomplete="username"
                    error=asking.about("email")
                />
                <TextField
                    name="password"
                    label="Password"
                    value=password
                    kind=TextKind::Password
                    autocomplete="current-password"
                    error=asking.about("password")
                />
                <Button variant=ButtonVariant::Primary kind=ButtonKind::Submit full=true busy=asking.busy()>"Sign in"</Button>
            </form>
            <p class="field-hint">"Forgot your password? Your administrator can give you a link to set a new one."</p>
        </Gate>
    }
    .into_any()
}
