use crate::{
    account::{Device, LinkHolder, LinkPurpose, PASSWORD_MIN, Password, accept_link, look_at_link},
    failure::Failure,
    online::{Asking, FailureBanner, Load},
    ui::{Banner, BannerTone, Button, ButtonKind, ButtonLink, ButtonVariant, Gate, TextField, TextKind},
};
use leptos::{ev::SubmitEvent, prelude::*};

/// What a link from the administrator opens: choose a password, and be in.
#[component]
pub(super) fn WelcomeGate(
    /// From the link.
    token: String,
) -> impl IntoView {
    let link = Load::new({
        let token = token.clone();
        move || look_at_link(token.clone())
    });
    let token = StoredValue::new(token);
    let title = move || match link.get().map(|holder| holder.purpose) {
        Some(LinkPurpose::Reset) => "Set a new password".to_owned(),
        _ => "Welcome to Qdos".to_owned(),
    };
    let lead = move || {
        link.get().map(|LinkHolder { name, organisation, purpose, .. }| match purpose {
            LinkPurpose::Invitation => format!("Hello {name}. Choose a password, and you are part of {organisation}."),
            LinkPurpose::Reset => format!("Hello {name}. Every device that is signed in as you will have to sign in again."),
        })
    };
    let form = move || {
        match (link.get(), link.failure()) {
        (Some(holder), _) => view! { <PasswordForm token=token.get_value() holder /> }.into_any(),
        (None, Some(failure)) => view! {
            <Banner
                tone=BannerTone::Attention
                action=move || view! { <Button on_click=move |_| link.again()>"Try again"</Button> <ButtonLink href="/app">"Sign in"</ButtonLink> }
            >
                {failure.message}
            </Banner>
        }
        .into_any(),
        (None, None) => view! { <p role="status">"Looking at your link …"</p> }.into_any(),
    }
    };
    view! { <Gate title=Signal::derive(title) lead=Signal::derive(lead)>{form}</Gate> }.into_any()
}

/// Sets the password and makes its owner this device's member.
#[component]
fn PasswordForm(token: String, holder: LinkHolder) -> impl IntoView {
    let device = Device::get();
    let password = RwSignal::new(String::new());
    let asking = Asking::new();
    let LinkHolder { name, email, .. } = holder;
    let own_email = email.clone();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let (token, password) = (token.clone(), Password(password.get_untracked()));
        if let Err(refusal) = password.check(&name, &email) {
            return asking.fail(refusal.into());
        }
        let enter = async move {
            let identity = accept_link(token, password).await?;
            device.enter(identity.member, "/app").await.map_err(Failure::from)
        };
        asking.ask(enter, |()| {});
    };
    view! {
        <form class="gate-form" method="post" novalidate on:submit=submit>
            <FailureBanner of=asking />
            // For the browser's own store of passwords.
            <input type="hidden" name="email" autocomplete="username" value=own_email.clone() />
            <TextField
                name="password"
                label="New password"
                value=password
                kind=TextKind::Password
                autocomplete="new-password"
                hint=format!("At least {PASSWORD_MIN} characters: a few words that only you put together. You sign in as {own_email}.")
                error=asking.about("password")
            />
            <Button variant=ButtonVariant::Primary kind=ButtonKind::Submit full=true busy=asking.busy()>"Set password and go on"</Button>
        </form>
    }
    .into_any()
}
