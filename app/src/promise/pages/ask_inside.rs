use super::{colleagues::colleagues, inside_ask_address};
use crate::{
    browser::{clock, document, random},
    customer,
    form::Problems,
    id::{CustomerId, InsideAskId},
    promise::InsideAskDraft,
    route::{param, replacing},
    sync::{NotSaved, Phone, Resumed, Saving, Typing, protocol::Mutation},
    text,
    ui::{Button, ButtonKind, ButtonVariant, DateField, Leave, Page, PageKind, SelectField, TextArea},
};
use chrono::TimeDelta;
use leptos::{ev::SubmitEvent, prelude::*};
use leptos_router::hooks::use_navigate;

/// Days within which an answer is needed, unless another day is chosen.
const NEEDED_IN_DAYS: i64 = 3;

/// Puts a wish of the customer in the address to a colleague.
#[component]
pub(super) fn NewInsideAsk() -> impl IntoView {
    customer::for_customer(|customer, name| view! { <AskForm customer name /> }.into_any())
}

/// The question about `customer` as far as it was written down, and the key of its draft.
pub fn inside_ask_draft(phone: Phone, customer: CustomerId) -> (String, InsideAskDraft) {
    let key = format!("ask/customer/{customer}");
    let by = (clock::today() + TimeDelta::days(NEEDED_IN_DAYS)).to_string();
    let kept = phone.draft(&key).unwrap_or_else(|| InsideAskDraft::new(InsideAskId(random::uuid()), by));
    (key, kept)
}

#[component]
fn AskForm(customer: CustomerId, name: String) -> impl IntoView {
    let (phone, saving, navigate) = (Phone::get(), Saving::new(), use_navigate());
    // What was written down under the address stays there, also once another stands for whom it names.
    let (key, kept) = inside_ask_draft(phone, param("customer").unwrap_or(customer));
    let (id, to, what, by) = (kept.id, RwSignal::new(kept.to), RwSignal::new(kept.what), RwSignal::new(kept.by));
    let draft = Memo::new(move |_| InsideAskDraft { id, to: to.get(), what: what.get(), by: by.get() });
    let typing = Typing::keep(key, draft);
    let problems = RwSignal::new(Problems::default());
    let about = move |field: &'static str| Signal::derive(move || problems.with(|problems| problems.about(field)));
    let save = move |event: SubmitEvent| {
        event.prevent_default();
        let asked = draft.get_untracked().ask(customer, phone.me(), clock::now());
        let found = asked.as_ref().err().cloned().unwrap_or_default();
        found.first().map(document::focus);
        problems.set(found);
        if let Ok(ask) = asked {
            let navigate = navigate.clone();
            saving.run_typed(typing, vec![Mutation::AskInside { ask }], move || {
                navigate(&inside_ask_address(id), replacing());
            });
        }
    };
    view! {
        <Page title="Ask inside" leave=Leave::Close(customer::address(customer)) kind=PageKind::Form>
            <form on:submit=save novalidate>
                <Resumed typing />
                <TextArea
                    name="what"
                    label=format!("What does {name} wish for?")
                    value=what
                    hint="Nothing is promised by asking."
                    error=about("what")
                    max_length=text::NOTE_MAX as u32
                />
                <SelectField name="to" label="Whom do you ask?" options=colleagues(phone) value=to error=about("to") />
                <DateField name="by" label="An answer is needed by" value=by error=about("by") />
                <div class="page-action">
                    <NotSaved saving />
                    <Button variant=ButtonVariant::Primary kind=ButtonKind::Submit full=true busy=saving.busy()>
                        "Ask"
                    </Button>
                </div>
            </form>
        </Page>
    }
}
