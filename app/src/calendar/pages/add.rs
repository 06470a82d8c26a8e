use crate::{
    browser::{clock, document, files},
    calendar::{Entry, Medium, Naming, write},
    meeting::Meeting,
    promise::Promise,
    sync::Phone,
    ui::{Button, Glyph, Toaster},
};
use leptos::prelude::*;
use std::sync::Arc;

/// Hands a visit to the device's own calendar.
#[component]
pub fn AddVisit(
    /// The visit.
    meeting: Signal<Arc<Meeting>>,
) -> impl IntoView {
    let phone = Phone::get();
    let entry = move |naming: &Naming<'_>| meeting.with_untracked(|meeting| naming.visit(meeting));
    view! { <Add name="visit.ics" entry=Callback::new(move |()| named(phone, entry)) /> }
}

/// Hands a promise's day to the device's own calendar.
#[component]
pub fn AddPromise(
    /// The promise.
    promise: Arc<Promise>,
) -> impl IntoView {
    let phone = Phone::get();
    view! { <Add name="promise.ics" entry=Callback::new(move |()| named(phone, |naming| naming.promise(&promise))) /> }
}

#[component]
fn Add(name: &'static str, entry: Callback<(), Entry>) -> impl IntoView {
    let toaster = Toaster::expect();
    let add = move |_| {
        let file = write(Medium::File, &[entry.run(())], clock::now());
        if files::offer(name, "text/calendar", &file).is_err() {
            toaster.say("This browser allows no downloads here.");
        }
    };
    view! {
        <Button icon=Glyph::Calendar full=true on_click=add>
            "Add to calendar"
        </Button>
    }
    .into_any()
}

/// What `entry` makes of something, with the names that the phone knows.
fn named(phone: Phone, entry: impl FnOnce(&Naming<'_>) -> Entry) -> Entry {
    let server = document::origin();
    phone.replica().with_untracked(|replica| {
        let customer = |id| replica.customers.get(&id).map(|customer| customer.name.clone());
        entry(&Naming { member: phone.me(), today: clock::today(), server: &server, customer: &customer })
    })
}
