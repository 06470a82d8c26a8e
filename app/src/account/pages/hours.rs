use crate::{
    account::{Hours, WorkDay, WorkingHours, hours_words, minute_of, time_value},
    browser::document,
    form::Problems,
    sync::{NotSaved, Phone, Saving, offer_undo, protocol::Mutation},
    ui::{Button, ButtonKind, ButtonVariant, CheckChips, Choice, ChoiceChips, Leave, Page, PageKind, TimeField, Toaster},
};
use leptos::{ev::SubmitEvent, prelude::*};

/// Whose hours are chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Whose {
    Usual,
    Own,
}

/// The hours in which the member works.
#[component]
pub(super) fn HoursScreen() -> impl IntoView {
    let (phone, saving, toaster) = (Phone::get(), Saving::new(), Toaster::expect());
    let member = phone.me();
    let (before, usual) = phone.replica().with_untracked(|it| (it.availability(member).hours, it.rules().working_hours(&Hours::Usual)));
    let shown = match &before {
        Hours::Own(own) => own.clone(),
        Hours::Usual => usual.clone().unwrap_or_else(WorkingHours::suggested),
    };
    let whose = RwSignal::new(Some(if before == Hours::Usual { Whose::Usual } else { Whose::Own }));
    let days = RwSignal::new(shown.days.iter().copied().collect::<Vec<_>>());
    let from = RwSignal::new(time_value(shown.from_minute));
    let until = RwSignal::new(time_value(shown.until_minute));
    let problems = RwSignal::new(Problems::default());
    let about = move |field: &'static str| Signal::derive(move || problems.with(|problems| problems.about(field)));
    let read = move || match whose.get_untracked() {
        Some(Whose::Own) => Hours::Own(WorkingHours {
            days: days.get_untracked().into_iter().collect(),
            from_minute: minute_of(&from.get_untracked()).unwrap_or(0),
            until_minute: minute_of(&until.get_untracked()).unwrap_or(0),
        }),
        _ => Hours::Usual,
    };
    let save = move |event: SubmitEvent| {
        event.prevent_default();
        let hours = read();
        let mut found = Problems::default();
        if let Hours::Own(own) = &hours {
            found.check("", own.check());
        }
        problems.set(found.clone());
        if let Some(field) = found.first() {
            return document::focus_soon(field);
        }
        let undo = vec![Mutation::SetHours { member, hours: before.clone() }];
        saving.run(vec![Mutation::SetHours { member, hours }], move || offer_undo(phone, toaster, "Saved.", undo));
    };
    let as_usual = match &usual {
        Some(usual) => format!("As usual here: {}", hours_words(usual)),
        None => "No hours to keep to".to_owned(),
    };
    let choices = vec![Choice::new(Whose::Usual, as_usual), Choice::new(Whose::Own, "My own")];
    let every_day = WorkDay::ALL.map(|day| Choice::new(day, day.label())).to_vec();
    view! {
        <Page title="Working hours" leave=Leave::Back("/app/more".to_owned()) kind=PageKind::Form>
            <form on:submit=save novalidate>
                <p class="aside">"Outside your hours Today shows only what has a time. The rest is one tap away."</p>
                <ChoiceChips name="whose" legend="Which hours" options=choices value=whose />
                <Show when=move || whose.get() == Some(Whose::Own)>
                    <CheckChips name="days" legend="On" options=every_day.clone() value=days error=about("days") />
                    <TimeField name="from_minute" label="From" value=from error=about("from_minute") />
                    <TimeField name="until_minute" label="Until" value=until error=about("until_minute") />
                </Show>
                <div class="page-action">
                    <NotSaved saving />
                    <Button variant=ButtonVariant::Primary kind=ButtonKind::Submit full=true busy=saving.busy()>
                        "Save hours"
                    </Button>
                </div>
            </form>
        </Page>
    }
    .into_any()
}
