use crate::{
    id::SubjectId,
    sync::{NotSaved, Phone, Saving, offer_undo, protocol::Mutation},
    time::words,
    today::{Item, Snooze, SnoozeReason, next_week, tomorrow, why},
    ui::{Button, Choice, ChoiceChips, DateField, Glyph, IconButton, Sheet, Toaster},
};
use chrono::NaiveDate;
use leptos::prelude::*;

/// Why an item is on Today, and a way to put it off.
#[component]
pub(super) fn Reason(
    /// The item.
    item: Item,
    /// What it is called.
    title: Signal<String>,
    /// Today.
    today: NaiveDate,
) -> impl IntoView {
    let (phone, open) = (Phone::get(), RwSignal::new(false));
    let label = title.with_untracked(|title| format!("Why is this here: {title}"));
    let subject = item.subject();
    // Made when it is asked for: seven sheets full of forms would slow every start down.
    let inside = move || {
        open.get().then(|| {
            let lines = phone.replica().with_untracked(|replica| why(&item, replica, phone.me(), today));
            view! {
                <h3>"Why is this here?"</h3>
                <div class="reasons">{lines.into_iter().map(|line| view! { <p>{line}</p> }).collect_view()}</div>
                {subject.map(|subject| view! { <PutItOff subject open today /> })}
            }
        })
    };
    view! {
        <IconButton glyph=Glyph::Ellipsis label on_click=move |_| open.set(true) />
        <Sheet open title>{inside}</Sheet>
    }
    .into_any()
}

/// Puts an item off until a day, for a reason.
#[component]
fn PutItOff(subject: SubjectId, open: RwSignal<bool>, today: NaiveDate) -> impl IntoView {
    let (phone, toaster, saving) = (Phone::get(), Toaster::expect(), Saving::new());
    let because = RwSignal::new(Some(SnoozeReason::OtherThingsFirst));
    let day = RwSignal::new(String::new());
    let problem = RwSignal::new(None::<String>);
    let member = phone.me();
    let put_off = move |until: NaiveDate| {
        let because = because.get_untracked().unwrap_or(SnoozeReason::OtherThingsFirst);
        let snooze = Snooze { member, subject, until, because };
        saving.run(vec![Mutation::Snooze { snooze }], move || {
            open.set(false);
            let undo = vec![Mutation::Wake { member, subject }];
            offer_undo(phone, toaster, format!("Put off until {}.", words::day(until, today)), undo);
        });
    };
    let until_day = move |_| match day.get_untracked().parse::<NaiveDate>() {
        Ok(until) if until > today => put_off(until),
        _ => problem.set(Some("Choose a day after today.".to_owned())),
    };
    let reasons = SnoozeReason::ALL.map(|it| Choice::new(it, it.label())).to_vec();
    view! {
        <h3>"Put it off"</h3>
        <ChoiceChips name="because" legend="Because" options=reasons value=because />
        <div class="button-row">
            <Button on_click=move |_| put_off(tomorrow(today))>"Until tomorrow"</Button>
            <Button on_click=move |_| put_off(next_week(today))>"Until next week"</Button>
        </div>
        <DateField name="until" label="Or until" value=day error=problem min=tomorrow(today).to_string() />
        <NotSaved saving />
        <Button full=true on_click=until_day>
            "Put it off until that day"
        </Button>
    }
    .into_any()
}
