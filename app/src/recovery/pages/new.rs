use super::case_address;
use crate::{
    browser::{clock, document, random},
    customer,
    form::Problems,
    id::{CustomerId, RecoveryCaseId},
    recovery::{Cause, RecoveryCase},
    route::replacing,
    sync::{NotSaved, Phone, Saving, Typing, offer_undo, protocol::Mutation},
    text,
    ui::{Button, ButtonKind, ButtonVariant, Leave, Page, PageKind, TextArea, Toaster},
};
use leptos::{ev::SubmitEvent, prelude::*};
use leptos_router::hooks::use_navigate;
use std::collections::BTreeMap;

/// Opens a case with the customer in the address.
#[component]
pub(super) fn NewCase() -> impl IntoView {
    customer::for_customer(|customer, name| view! { <CaseForm customer name /> }.into_any())
}

#[component]
fn CaseForm(customer: CustomerId, name: String) -> impl IntoView {
    let (phone, saving, toaster, navigate) = (Phone::get(), Saving::new(), Toaster::expect(), use_navigate());
    let key = format!("recovery/customer/{customer}");
    let what = RwSignal::new(phone.draft::<String>(&key).unwrap_or_default());
    let typing = Typing::keep(key, Memo::new(move |_| what.get()));
    let problem = RwSignal::new(None::<String>);
    let save = move |event: SubmitEvent| {
        event.prevent_default();
        let case = RecoveryCase {
            id: RecoveryCaseId(random::uuid()),
            customer,
            rep: phone.me(),
            cause: Cause::ByHand,
            what: what.get_untracked().trim().to_owned(),
            opened_at: clock::now(),
            steps: BTreeMap::new(),
            closed_at: None,
        };
        let mut found = Problems::default();
        found.check("", case.check(phone.me()));
        found.first().map(document::focus);
        problem.set(found.about("what"));
        if found.is_empty() {
            let (id, navigate) = (case.id, navigate.clone());
            saving.run_typed(typing, vec![Mutation::OpenRecovery { case }], move || {
                offer_undo(phone, toaster, "Opened. You can begin at once.", vec![Mutation::DeleteRecovery { id }]);
                navigate(&case_address(id), replacing());
            });
        }
    };
    view! {
        <Page title="Make it right" leave=Leave::Close(customer::address(customer)) kind=PageKind::Form>
            <form on:submit=save novalidate>
                <TextArea
                    name="what"
                    label=format!("What went wrong for {name}?")
                    value=what
                    hint="You need nobody’s leave to make it right."
                    error=Signal::derive(move || problem.get())
                    max_length=text::LINE_MAX as u32
                />
                <div class="page-action">
                    <NotSaved saving />
                    <Button variant=ButtonVariant::Primary kind=ButtonKind::Submit full=true busy=saving.busy()>
                        "Make it right"
                    </Button>
                </div>
            </form>
        </Page>
    }
}
