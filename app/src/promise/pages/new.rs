use super::colleagues::colleagues;
use crate::{
    browser::{clock, document, random},
    customer,
    form::Problems,
    id::{CustomerId, PromiseId},
    promise::{PromiseDraft, promise_address},
    route::{param, replacing},
    sync::{NotSaved, Phone, Resumed, Saving, Typing, protocol::Mutation},
    text,
    ui::{Button, ButtonKind, ButtonVariant, DateField, Leave, Page, PageKind, SelectField, TextField},
};
use chrono::TimeDelta;
use leptos::{ev::SubmitEvent, prelude::*};
use leptos_router::hooks::use_navigate;

/// Days until a promise is due, unless another day is chosen.
const DUE_IN_DAYS: i64 = 7;

/// Promises something to the customer in the address, outside a meeting.
#[component]
pub(super) fn NewPromise() -> impl IntoView {
    customer::for_customer(|customer, name| view! { <PromiseForm customer name /> }.into_any())
}

/// The promise to `customer` as far as it was written down, and the key of its draft.
pub fn promise_draft(phone: Phone, customer: CustomerId) -> (String, PromiseDraft) {
    let key = format!("promise/customer/{customer}");
    let due = (clock::today() + TimeDelta::days(DUE_IN_DAYS)).to_string();
    let kept = phone.draft(&key).unwrap_or_else(|| PromiseDraft::new(PromiseId(random::uuid()), due));
    (key, kept)
}

#[component]
fn PromiseForm(customer: CustomerId, name: String) -> impl IntoView {
    let (phone, saving, navigate) = (Phone::get(), Saving::new(), use_navigate());
    // What was written down under the address stays there, also once another stands for whom it names.
    let (key, kept) = promise_draft(phone, param("customer").unwrap_or(customer));
    let (id, what, due, evidence, keeper) =
        (kept.id, RwSignal::new(kept.what), RwSignal::new(kept.due), RwSignal::new(kept.evidence), RwSignal::new(kept.keeper));
    let draft = Memo::new(move |_| PromiseDraft { id, what: what.get(), due: due.get(), evidence: evidence.get(), keeper: keeper.get() });
    let typing = Typing::keep(key, draft);
    let problems = RwSignal::new(Problems::default());
    let about = move |field: &'static str| Signal::derive(move || problems.with(|problems| problems.about(field)));
    let save = move |event: SubmitEvent| {
        event.prevent_default();
        let mut found = Problems::default();
        let promise = draft.get_untracked().promise(customer, None, phone.me(), "", &mut found);
        found.first().map(document::focus);
        let is_whole = found.is_empty();
        problems.set(found);
        if let (Some(promise), true) = (promise, is_whole) {
            let navigate = navigate.clone();
            saving.run_typed(typing, vec![Mutation::MakePromise { promise }], move || {
                navigate(&promise_address(id), replacing());
            });
        }
    };
    view! {
        <Page title="New promise" leave=Leave::Close(customer::address(customer)) kind=PageKind::Form>
            <form on:submit=save novalidate>
                <Resumed typing />
                <TextField
                    name="what"
                    label=format!("What do you promise {name}?")
                    value=what
                    error=about("what")
                    autocomplete="off"
                    max_length=text::LINE_MAX as u32
                />
                <DateField name="due" label="By when" value=due error=about("due") />
                <SelectField name="keeper" label="Who keeps it" options=colleagues(phone) value=keeper none="You" hint="A colleague is asked whether it can be done." />
                <TextField
                    name="evidence"
                    label="How they will know"
                    optional=true
                    value=evidence
                    error=about("evidence")
                    autocomplete="off"
                    max_length=text::LINE_MAX as u32
                />
                <div class="page-action">
                    <NotSaved saving />
                    <Button variant=ButtonVariant::Primary kind=ButtonKind::Submit full=true busy=saving.busy()>
                        "Save promise"
                    </Button>
                </div>
            </form>
        </Page>
    }
}
