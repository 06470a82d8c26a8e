use super::{address, duplicates::Duplicates};
use crate::{
    browser::{clock, document, random},
    customer::{Customer, CustomerSize, Tier},
    form::Problems,
    id::CustomerId,
    route::replacing,
    sync::{NotSaved, Phone, Saving, protocol::Mutation},
    ui::{Button, ButtonKind, ButtonVariant, Choice, ChoiceChips, Leave, Page, PageKind, TextField},
};
use leptos::{ev::SubmitEvent, prelude::*};
use leptos_router::hooks::use_navigate;
use std::collections::BTreeSet;

/// Makes a customer on the spot.
#[component]
pub(super) fn NewCustomer() -> impl IntoView {
    let phone = Phone::get();
    let navigate = use_navigate();
    let (name, place) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let tier = RwSignal::new(Some(Tier::default()));
    let tiers = Tier::ALL.map(|tier| Choice::new(tier, tier.label())).to_vec();
    let problems = RwSignal::new(Problems::default());
    let saving = Saving::new();
    let save = move |event: SubmitEvent| {
        event.prevent_default();
        let customer = Customer {
            id: CustomerId(random::uuid()),
            name: name.get_untracked().trim().to_owned(),
            place: place.get_untracked().trim().to_owned(),
            industry: String::new(),
            size: CustomerSize::Unknown,
            owner: phone.me(),
            co_owners: BTreeSet::new(),
            owned_since: clock::today(),
            tier: tier.get_untracked().unwrap_or_default(),
            window_days: None,
            ideal_days: None,
            archived: false,
            united: None,
            version: 0,
            history: Default::default(),
        };
        let mut found = Problems::default();
        found.check("", customer.check());
        problems.set(found.clone());
        if let Some(field) = found.first() {
            document::focus_soon(field);
            return;
        }
        let (navigate, there) = (navigate.clone(), address(customer.id));
        saving.run(vec![Mutation::CreateCustomer { customer }], move || navigate(&there, replacing()));
    };
    view! {
        <Page title="New customer" leave=Leave::Close("/app/customers".to_owned()) kind=PageKind::Form>
            <form on:submit=save novalidate>
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
