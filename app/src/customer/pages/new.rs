use super::{address, duplicates::Duplicates};
use crate::{
    browser::{clock, document, random},
    customer::{CustomerDraft, Tier},
    form::Problems,
    id::CustomerId,
    route::replacing,
    sync::{NotSaved, Phone, Resumed, Saving, Typing, protocol::Mutation},
    ui::{Button, ButtonKind, ButtonVariant, Choice, ChoiceChips, Leave, Page, PageKind, TextField},
};
use leptos::{ev::SubmitEvent, prelude::*};
use leptos_router::hooks::use_navigate;

/// The key of the draft of a new customer.
const KEY: &str = "customer";

/// Makes a customer on the spot.
#[component]
pub(super) fn NewCustomer() -> impl IntoView {
    let phone = Phone::get();
    let navigate = use_navigate();
    let kept: CustomerDraft = phone.draft(KEY).unwrap_or_default();
    let (name, place, tier) = (RwSignal::new(kept.name.clone()), RwSignal::new(kept.place.clone()), RwSignal::new(Some(kept.tier)));
    let draft =
        Memo::new(move |_| CustomerDraft { name: name.get(), place: place.get(), tier: tier.get().unwrap_or_default(), ..kept.clone() });
    let typing = Typing::keep(KEY.to_owned(), draft);
    let tiers = Tier::ALL.map(|tier| Choice::new(tier, tier.label())).to_vec();
    let problems = RwSignal::new(Problems::default());
    let saving = Saving::new();
    let save = move |event: SubmitEvent| {
        event.prevent_default();
        match draft.get_untracked().customer(CustomerId(random::uuid()), phone.me(), clock::today()) {
            Ok(customer) => {
                problems.set(Problems::default());
                let (navigate, there) = (navigate.clone(), address(customer.id));
                saving.run_typed(typing, vec![Mutation::CreateCustomer { customer }], move || {
                    navigate(&there, replacing());
                });
            }
            Err(found) => {
                found.first().map(document::focus_soon);
                problems.set(found);
            }
        }
    };
    view! {
        <Page title="New customer" leave=Leave::Close("/app/customers".to_owned()) kind=PageKind::Form>
            <form on:submit=save novalidate>
                <Resumed typing />
                <TextField
                    name="name"
                    label="Name"
                    value=name
                    error=Signal::derive(move || problems.with(|problems| problems.about("name")))
                    autocomplete="off"
                    max_length=200
                />
                <Duplicates name />
                <TextField
                    name="place"
                    label="Place"
                    optional=true
                    hint="Where they are, as people say it."
                    value=place
                    error=Signal::derive(move || problems.with(|problems| problems.about("place")))
                    autocomplete="off"
                    max_length=200
                />
                <ChoiceChips name="tier" legend="How much attention does it want?" options=tiers value=tier hint="Your organisation has a rule for each." />
                <div class="page-action">
                    <NotSaved saving />
                    <Button variant=ButtonVariant::Primary kind=ButtonKind::Submit full=true busy=saving.busy()>
                        "Save customer"
                    </Button>
                </div>
            </form>
        </Page>
    }
}
