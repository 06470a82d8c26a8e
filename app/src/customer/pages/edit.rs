use super::{address, duplicates::Duplicates};
use crate::{
    browser::document,
    customer::{Customer, CustomerDraft, CustomerEdit, CustomerSize, Tier, industries},
    form::Problems,
    route::replacing,
    sync::{NotSaved, Phone, Resumed, Saving, Typing, offer_undo, protocol::Mutation},
    ui::{
        Button, ButtonKind, ButtonLink, ButtonVariant, Choice, ChoiceChips, Glyph, Leave, NumberField, Page, PageKind, SelectField,
        TextField, Toaster,
    },
};
use leptos::{ev::SubmitEvent, prelude::*};
use leptos_router::hooks::use_navigate;
use std::sync::Arc;

/// Changes a customer: name, place, what it is, window; archives it or takes it back.
#[component]
pub(super) fn EditCustomer() -> impl IntoView {
    let phone = Phone::get();
    let customer = super::customer_in_address().and_then(|id| phone.replica().with_untracked(|it| it.customers.get(&id).cloned()));
    customer.map(|customer| view! { <EditForm customer /> })
}

#[component]
fn EditForm(customer: Arc<Customer>) -> impl IntoView {
    let phone = Phone::get();
    let there = address(customer.id);
    let key = format!("customer/{}", customer.id);
    let kept: CustomerDraft = phone.draft(&key).unwrap_or_else(|| CustomerDraft::of(&customer));
    let (name, place, industry) = (RwSignal::new(kept.name), RwSignal::new(kept.place), RwSignal::new(kept.industry));
    let (size, tier) = (RwSignal::new(kept.size), RwSignal::new(Some(kept.tier)));
    let (ideal, window) = (RwSignal::new(kept.ideal), RwSignal::new(kept.window));
    let draft = Memo::new(move |_| CustomerDraft {
        name: name.get(),
        place: place.get(),
        industry: industry.get(),
        size: size.get(),
        tier: tier.get().unwrap_or_default(),
        ideal: ideal.get(),
        window: window.get(),
        began: kept.began.clone(),
    });
    let typing = Typing::keep(key, draft);
    let sizes: Vec<Choice<CustomerSize>> = CustomerSize::KNOWN.into_iter().map(|size| Choice::new(size, size.label())).collect();
    let known_industries = phone.replica().with_untracked(|replica| industries(replica));
    let problems = RwSignal::new(Problems::default());
    let about = move |field: &'static str| Signal::derive(move || problems.with(|problems| problems.about(field)));
    let rules = phone.replica().with_untracked(|replica| replica.rules());
    // By tier: the ideal, and the most.
    let usual = Memo::new(move |_| rules.window(tier.get().unwrap_or_default()));
    let tiers = Tier::ALL.map(|tier| Choice::new(tier, tier.label())).to_vec();
    let saving = Saving::new();
    let navigate = use_navigate();
    let save = {
        let (customer, there) = (customer.clone(), there.clone());
        move |event: SubmitEvent| {
            event.prevent_default();
            match draft.get_untracked().edit(&customer) {
                Ok(mutations) => {
                    problems.set(Problems::default());
                    let (navigate, there) = (navigate.clone(), there.clone());
                    saving.run_typed(typing, mutations, move || {
                        navigate(&there, replacing());
                    });
                }
                Err(found) => {
                    found.first().map(document::focus_soon);
                    problems.set(found);
                }
            }
        }
    };
    view! {
        <Page title="Edit customer" leave=Leave::Close(there) kind=PageKind::Form>
            <form on:submit=save novalidate>
                <Resumed typing />
                <TextField name="name" label="Name" value=name error=about("name") autocomplete="off" max_length=200 />
                <Duplicates name except=customer.id />
                <TextField name="place" label="Place" optional=true value=place error=about("place") autocomplete="off" max_length=200 />
                <TextField
                    name="industry"
                    label="What they do"
                    optional=true
                    hint="The same word for all who do the same, such as Retail."
                    value=industry
                    error=about("industry")
                    autocomplete="off"
                    max_length=200
                    suggestions=known_industries
                />
                <SelectField name="size" label="How many work there" options=sizes value=size none="Not known" optional=true />
                <ChoiceChips
                    name="tier"
                    legend="How much attention does it want?"
                    options=tiers
                    value=tier
                    hint="Your organisation has a rule for each."
                />
                <NumberField
                    name="ideal_days"
                    label="Ideally get in touch every"
                    unit="days"
                    optional=true
                    hint=Signal::derive(move || Some(format!("Leave empty for the usual {} days.", usual.get().0)))
                    value=ideal
                    error=about("ideal_days")
                />
                <NumberField
                    name="window_days"
                    label="Get in touch at least every"
                    unit="days"
                    optional=true
                    hint=Signal::derive(move || Some(format!("Leave empty for the usual {} days.", usual.get().1)))
                    value=window
                    error=about("window_days")
                />
                <ButtonLink href=format!("{}/unite", address(customer.id)) icon=Glyph::Copy>
                    "This is the same customer as …"
                </ButtonLink>
                <Archive customer />
                <div class="page-action">
                    <NotSaved saving />
                    <Button variant=ButtonVariant::Primary kind=ButtonKind::Submit full=true busy=saving.busy()>
                        "Save"
                    </Button>
                </div>
            </form>
        </Page>
    }
}

/// Archives the customer, or takes it back; either can be undone.
#[component]
fn Archive(customer: Arc<Customer>) -> impl IntoView {
    let (phone, saving, toaster, navigate) = (Phone::get(), Saving::new(), Toaster::expect(), use_navigate());
    let (id, archived) = (customer.id, customer.archived);
    let turn = |before: &Customer, archived: bool| {
        vec![Mutation::edit_customer(before, CustomerEdit { archived: Some(archived), ..CustomerEdit::default() })]
    };
    let act = move |_| {
        let navigate = navigate.clone();
        let turned = Customer { archived: !archived, version: customer.version + 1, ..Customer::clone(&customer) };
        saving.run(turn(&customer, !archived), move || {
            navigate(&address(id), replacing());
            let words = if archived { "Back among your customers." } else { "Archived. Everything about it is kept." };
            offer_undo(phone, toaster, words, turn(&turned, archived));
        });
    };
    let (icon, words) = if archived { (Glyph::Undo2, "Take back from the archive") } else { (Glyph::Archive, "Archive this customer") };
    view! {
        <Button icon=icon on_click=act>
            {words}
        </Button>
        <NotSaved saving />
    }
}
