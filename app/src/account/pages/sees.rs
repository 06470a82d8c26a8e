use crate::{
    account::{manager_never_sees, manager_sees},
    day::Day,
    organisation::Organisation,
    sync::Phone,
    time::words,
    ui::{Card, Glyph, Icon, Leave, Page},
};
use leptos::prelude::*;
use std::sync::Arc;

/// The purpose and who sees what, to be read again at any time.
#[component]
pub(super) fn WhoSeesWhat() -> impl IntoView {
    let phone = Phone::get();
    let organisation = phone.derive(|replica| replica.organisation.clone());
    let purpose = move || {
        organisation.get().map(|organisation| {
            let title = format!("Why {} asks its customers", organisation.name);
            view! { <Card title><Purpose organisation /></Card> }
        })
    };
    view! {
        <Page title="Who sees what" leave=Leave::Back("/app/more".to_owned())>
            {purpose}
            <ManagerSees />
        </Page>
    }
}

/// Why the organisation asks its customers, in its own words, with the date they were written.
#[component]
pub(super) fn Purpose(
    /// The organisation.
    organisation: Arc<Organisation>,
) -> impl IntoView {
    let today = Day::today();
    let dated = organisation.purpose_dated;
    view! {
        <p class="written">{organisation.purpose.clone()}</p>
        <p class="aside">{move || format!("{}, written {}", organisation.name, words::date(dated, today.get()))}</p>
    }
}

/// What a member's manager sees, and what nobody does.
#[component]
pub(super) fn ManagerSees() -> impl IntoView {
    let sees = Phone::get().derive(|replica| manager_sees(&replica.rules()));
    let never = manager_never_sees().into_iter().map(|(what, words)| view! { <Point glyph=Glyph::EyeOff what words=words.to_owned() /> });
    view! {
        <section class="stack">
            <h2>"What my manager sees"</h2>
            <ul class="gate-steps" role="list">
                {move || sees.get().into_iter().map(|(what, words)| view! { <Point glyph=Glyph::Eye what words /> }).collect_view()}
            </ul>
        </section>
        <section class="stack">
            <h2>"What my manager never sees"</h2>
            <ul class="gate-steps" role="list">{never.collect_view()}</ul>
        </section>
        <p class="aside">"When your manager opens your feedback or your meetings, you can see that they did, under More."</p>
    }
}

#[component]
fn Point(glyph: Glyph, what: &'static str, words: String) -> impl IntoView {
    view! {
        <li>
            <Icon glyph />
            <div>
                <h3>{what}</h3>
                <p>{words}</p>
            </div>
        </li>
    }
}
