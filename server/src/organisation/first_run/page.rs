use super::Filled;
use crate::page::{Head, render};
use app::{
    account::{PASSWORD_MAX, PASSWORD_MIN},
    form::Problems,
    text::NAME_MAX,
    ui::{Banner, BannerTone, Button, ButtonKind, ButtonVariant, Field, Gate, TextField, TextKind, described_by},
};
use leptos::prelude::*;

/// The page, with what was filled in and what is to be mended. A password is never sent back.
pub(super) fn first_run(stylesheet: String, filled: &Filled, problems: &Problems) -> String {
    render(|| {
        let head = Head { title: "Set up Qdos".to_owned(), stylesheet, class: "first-run" };
        let Filled { code, organisation, time_zone, administrator, email, .. } = filled.clone();
        let problems = StoredValue::new(problems.clone());
        let error = move |field: &str| MaybeProp::from(problems.with_value(|problems| problems.about(field)));
        let again = problems.with_value(|problems| !problems.is_empty());
        let body = view! {
            <Gate title="Set up Qdos" lead="This makes your organisation and you its administrator. All else can be set afterwards.">
                <form class="gate-form" method="post" action="/first-run">
                    {again
                        .then(|| view! { <Banner tone=BannerTone::Attention>"Something is still to be mended below. Type the password again, too."</Banner> })}
                    <TextField
                        name="code"
                        label="One-time code"
                        hint="The server printed it where it was started. A restart prints another."
                        value=RwSignal::new(code)
                        autocomplete="off"
                        error=error("code")
                    />
                    <TextField
                        name="organisation"
                        label="Organisation"
                        hint="As your customers know it."
                        value=RwSignal::new(organisation)
                        autocomplete="organization"
                        max_length=NAME_MAX as u32
                        error=error("organisation")
                    />
                    <TimeZoneField chosen=time_zone error=error("time_zone") />
                    <TextField
                        name="administrator"
                        label="Your name"
                        value=RwSignal::new(administrator)
                        autocomplete="name"
                        max_length=NAME_MAX as u32
                        error=error("administrator")
                    />
                    <TextField
                        name="email"
                        label="Your email address"
                        hint="You sign in with it."
                        value=RwSignal::new(email)
                        kind=TextKind::Email
                        autocomplete="username"
                        error=error("email")
                    />
                    <TextField
                        name="password"
                        label="Password"
                        hint=format!("At least {PASSWORD_MIN} characters: a few words that only you put together.")
                        value=RwSignal::new(String::new())
                        kind=TextKind::Password
                        autocomplete="new-password"
                        max_length=PASSWORD_MAX as u32
                        error=error("password")
                    />
                    <Button variant=ButtonVariant::Primary kind=ButtonKind::Submit full=true>"Create the organisation"</Button>
                </form>
            </Gate>
        };
        (head, body)
    })
}

/// All zones there are, each under its own name: without script the browser cannot say in which it is.
#[component]
fn TimeZoneField(chosen: String, error: MaybeProp<String>) -> impl IntoView {
    let hint = MaybeProp::from("Dates of your organisation are meant in it.".to_owned());
    let option = |name: &'static str| view! { <option value=name selected=name == chosen>{name.replace('_', " ")}</option> };
    let options = chrono_tz::TZ_VARIANTS.iter().map(|zone| option(zone.name())).collect_view();
    view! {
        <Field id="time_zone" label="Time zone" hint error>
            <div class="field-control">
                <select
                    id="time_zone"
                    name="time_zone"
                    aria-describedby=described_by("time_zone", hint, error)
                    aria-invalid=error.get_untracked().map(|_| "true")
                >
                    <option value="">"Choose"</option>
                    {options}
                </select>
            </div>
        </Field>
    }
}
