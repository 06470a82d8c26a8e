use crate::{
    browser::{
        clock,
        share::{Shared, share},
    },
    day::Day,
    promise::{Promise, Report, outcome_message},
    sync::{NotSaved, Phone, Saving, Typing, offer_undo, protocol::Mutation},
    text,
    time::words,
    ui::{Banner, BannerTone, Button, ButtonVariant, Card, Glyph, Sheet, TextArea, TextField, Toaster},
};
use leptos::prelude::*;
use std::sync::Arc;

/// What was done and how the customer was told, and the way to tell it: by a message, or in words of one's own.
#[component]
pub(super) fn TellOutcome(
    /// The settled promise.
    promise: Arc<Promise>,
    /// The customer, by name.
    customer: String,
) -> impl IntoView {
    let open = RwSignal::new(false);
    let report = promise.course.report.clone().unwrap_or_default();
    let (told, act) = match report.told.is_empty() {
        true => (format!("{customer} does not know from here yet."), "Tell them"),
        false => (format!("{customer} was told {}.", report.told.trim_end_matches('.')), "Change"),
    };
    let done = Some(report.done.clone()).filter(|done| !done.is_empty());
    view! {
        <Card title="Told to the customer">
            {done.map(|done| view! { <p class="written">{done}</p> })}
            <p>{told}</p>
            <Button icon=Glyph::Send on_click=move |_| open.set(true)>{act}</Button>
        </Card>
        <Sheet open title="Tell them">
            <Compose promise=promise.clone() customer=customer.clone() report=report.clone() open />
        </Sheet>
    }
}

#[component]
fn Compose(promise: Arc<Promise>, customer: String, report: Report, open: RwSignal<bool>) -> impl IntoView {
    let (phone, today, saving, toaster) = (Phone::get(), Day::today(), Saving::new(), Toaster::expect());
    let id = promise.id;
    let key = format!("promise/{id}/report");
    let kept: Report = phone.draft(&key).unwrap_or_else(|| report.clone());
    let (done, told) = (RwSignal::new(kept.done), RwSignal::new(kept.told));
    let typing = Typing::keep(key, Memo::new(move |_| Report { done: done.get(), told: told.get() }));
    let failed = RwSignal::new(None::<String>);
    let keep = Callback::new(move |words: &'static str| {
        let after = Report { done: done.get_untracked().trim().to_owned(), told: told.get_untracked().trim().to_owned() };
        let undo = vec![Mutation::ReportPromise { id, report: report.clone() }];
        saving.run_typed(typing, vec![Mutation::ReportPromise { id, report: after }], move || {
            open.set(false);
            offer_undo(phone, toaster, words, undo);
        });
    });
    let message = phone.derive(move |replica| {
        let rep = replica.member_name(phone.me());
        let organisation = replica.organisation.as_ref().map(|organisation| organisation.name.clone()).unwrap_or_default();
        outcome_message(&promise, &done.get(), &rep, &organisation, today.get())
    });
    let send = move |_| {
        let text = message.get_untracked();
        wasm_bindgen_futures::spawn_local(async move {
            let how = match share("What we promised", &text).await {
                Ok(Shared::Cancelled) => return,
                Ok(Shared::Sent) => "Sent.",
                Ok(Shared::Copied) => "Copied. Paste it into a message.",
                Err(_) => return failed.set(Some(format!("This browser can neither share nor copy. Select the text by hand: {text}"))),
            };
            let sent_on = clock::today();
            told.set(format!("by message on {}", words::short_date(sent_on, sent_on)));
            keep.run(how);
        });
    };
    view! {
        <TextArea name="done" label="What was done" optional=true value=done max_length=text::NOTE_MAX as u32 />
        <p class="letter">{message}</p>
        <div role="alert">{move || failed.get().map(|words| view! { <Banner tone=BannerTone::Attention>{words}</Banner> })}</div>
        <Button variant=ButtonVariant::Primary icon=Glyph::Share full=true on_click=send>
            "Send"
        </Button>
        <TextField
            name="told"
            label=format!("Or how {customer} was told")
            value=told
            optional=true
            placeholder="on the phone, in the meeting"
            autocomplete="off"
            max_length=text::LINE_MAX as u32
        />
        <NotSaved saving />
        <div class="sheet-action">
            <Button full=true on_click=move |_| keep.run("Saved.")>
                "Save"
            </Button>
        </div>
    }
}
