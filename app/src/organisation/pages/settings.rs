use crate::{
    online::{Asking, FailureBanner, NeedsNetwork},
    organisation::{Organisation, RULES, Rule, RuleGroup, Rules, Settings, save_settings},
    sync::{Phone, Refusal},
    ui::{Button, ButtonKind, ButtonVariant, Leave, NumberField, Page, PageKind, TextArea, TextField, Toaster},
};
use leptos::{ev::SubmitEvent, prelude::*};
use std::sync::Arc;

/// What administrators may change of the organisation.
#[component]
pub(super) fn SettingsScreen() -> impl IntoView {
    // As it is when the screen opens: what is typed stays, whatever is pulled meanwhile.
    let organisation = Phone::get().replica().with_untracked(|replica| replica.organisation.clone());
    view! {
        <Page title="Settings" leave=Leave::Back("/app/more".to_owned()) kind=PageKind::Form>
            {organisation.map(|organisation| view! { <Form organisation /> })}
        </Page>
    }
    .into_any()
}

/// A rule in the form: as typed.
type Typed = (Rule, RwSignal<String>);

#[component]
fn Form(organisation: Arc<Organisation>) -> impl IntoView {
    let (phone, toaster, asking) = (Phone::get(), Toaster::expect(), Asking::new());
    let name = RwSignal::new(organisation.name.clone());
    let time_zone = RwSignal::new(organisation.time_zone.clone());
    let purpose = RwSignal::new(organisation.purpose.clone());
    let privacy_notice = RwSignal::new(organisation.privacy_notice.clone());
    let rules: Vec<Typed> = RULES.into_iter().map(|rule| (rule, RwSignal::new((rule.get)(&organisation.rules).to_string()))).collect();
    let typed = rules.clone();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let read = || -> Result<Settings, Refusal> {
            let settings = Settings {
                name: name.get_untracked(),
                time_zone: time_zone.get_untracked(),
                purpose: purpose.get_untracked(),
                privacy_notice: privacy_notice.get_untracked(),
                rules: read_rules(&typed)?,
            };
            settings.check().map(|()| settings)
        };
        match read() {
            Err(refusal) => asking.fail(refusal.into()),
            Ok(settings) => asking.ask(save_settings(settings), move |()| {
                toaster.say("Saved.");
                phone.sync_now();
            }),
        }
    };
    let groups = RuleGroup::ALL.map(|group| {
        let rules: Vec<Typed> = rules.iter().filter(|(rule, _)| rule.group == group).copied().collect();
        view! { <RuleSection group rules asking /> }
    });
    view! {
        <form on:submit=submit novalidate>
            <NeedsNetwork />
            <section class="form-section">
                <TextField name="name" label="Name" hint="As your customers know you." value=name error=asking.about("name") autocomplete="off" max_length=200 />
                <TextField
                    name="time_zone"
                    label="Time zone"
                    hint="Such as Europe/Amsterdam. Days and working mornings are meant there."
                    value=time_zone
                    error=asking.about("time_zone")
                    autocomplete="off"
                    max_length=200
                />
                <TextArea
                    name="purpose"
                    label="Why you ask your customers"
                    hint="Everybody reads it at the first sign-in, with the day on which you changed it."
                    value=purpose
                    error=asking.about("purpose")
                    max_length=5000
                />
                <TextArea
                    name="privacy_notice"
                    label="Privacy notice"
                    hint="Customers read it before they answer: who keeps the answers, how long, whom to ask."
                    value=privacy_notice
                    error=asking.about("privacy_notice")
                    max_length=5000
                />
            </section>
            {groups.into_iter().collect_view()}
            <div class="page-action">
                <FailureBanner of=asking />
                <Button variant=ButtonVariant::Primary kind=ButtonKind::Submit full=true busy=asking.busy()>
                    "Save settings"
                </Button>
            </div>
        </form>
    }
    .into_any()
}

/// The rules about one thing.
#[component]
fn RuleSection(group: RuleGroup, rules: Vec<Typed>, asking: Asking) -> impl IntoView {
    let usual = Rules::default();
    let field = |(rule, value): Typed| {
        let hint = rule.explanation.to_owned() + " Usually " + &(rule.get)(&usual).to_string() + ".";
        view! { <NumberField name=rule.field label=rule.label unit=rule.unit hint value error=asking.about(rule.field) /> }
    };
    view! {
        <section class="form-section">
            <h2>{group.title()}</h2>
            {rules.into_iter().map(field).collect_view()}
        </section>
    }
    .into_any()
}

/// The rules as typed, or the first that is no number.
fn read_rules(typed: &[Typed]) -> Result<Rules, Refusal> {
    let mut rules = Rules::default();
    for (rule, value) in typed {
        let number = value.get_untracked().trim().parse().map_err(|_| Refusal::invalid(rule.field, "give a whole number"))?;
        (rule.set)(&mut rules, number);
    }
    Ok(rules)
}
