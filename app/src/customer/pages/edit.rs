use super::{address, duplicates::Duplicates};
use crate::{
    browser::document,
    customer::{Customer, CustomerEdit, CustomerSize, Tier, WINDOW_DAYS_MAX, industries},
    form::Problems,
    route::replacing,
    sync::{NotSaved, Phone, Saving, offer_undo, protocol::Mutation},
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
    let name = RwSignal::new(customer.name.clone());
    let place = RwSignal::new(customer.place.clone());
    let industry = RwSignal::new(customer.industry.clone());
    let size = RwSignal::new(Some(customer.size).filter(|size| !size.is_unknown()));
    let sizes: Vec<Choice<CustomerSize>> = CustomerSize::KNOWN.into_iter().map(|size| Choice::new(size, size.label())).collect();
    let known_industries = phone.replica().with_untracked(|replica| industries(replica));
    let tier = RwSignal::new(Some(customer.tier));
    let days = |days: Option<u16>| RwSignal::new(days.map(|days| days.to_string()).unwrap_or_default());
    let (ideal, window) = (days(customer.ideal_days), days(customer.window_days));
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
            let typed = Typed {
                name: name.get_untracked(),
                place: place.get_untracked(),
                industry: industry.get_untracked(),
                size: size.get_untracked().unwrap_or_default(),
                tier: tier.get_untracked().unwrap_or_default(),
                ideal: ideal.get_untracked(),
                window: window.get_untracked(),
            };
            let edit = match typed.read(&customer) {
                Ok(edit) => edit,
                Err(found) => {
                    found.first().map(document::focus_soon);
                    return problems.set(found);
                }
            };
            let mutation = Mutation::edit_customer(&customer, edit.clone());
            let mutations = if edit == CustomerEdit::default() { Vec::new() } else { vec![mutation] };
            let (navigate, there) = (navigate.clone(), there.clone());
            saving.run(mutations, move || navigate(&there, replacing()));
        }
    };
    view! {
        <Page title="Edit customer" leave=Leave::Close(there) kind=PageKind::Form>
            <form on:submit=save novalidate>
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

/// The form as it is filled in.
struct Typed {
    name: String,
    place: String,
    industry: String,
    size: CustomerSize,
    tier: Tier,
    ideal: String,
    window: String,
}

impl Typed {
    /// What was changed, or what is to be mended.
    fn read(&self, before: &Customer) -> Result<CustomerEdit, Problems> {
        let mut problems = Problems::default();
        let mut days = |field: &str, text: &str| match text.trim() {
            "" => 0,
            digits => digits.parse::<u16>().ok().filter(|days| (1..=WINDOW_DAYS_MAX).contains(days)).unwrap_or_else(|| {
                problems.add(field, format!("Give whole days, 1 to {WINDOW_DAYS_MAX}, or leave it empty."));
                0
            }),
        };
        let (ideal, window) = (days("ideal_days", &self.ideal), days("window_days", &self.window));
        if window > 0 && ideal > window {
            problems.add("ideal_days", format!("Give at most the {window} days of the latest."));
        }
        let changed = |before: &str, after: &str| (before != after.trim()).then(|| after.trim().to_owned());
        let edit = CustomerEdit {
            name: changed(&before.name, &self.name),
            place: changed(&before.place, &self.place),
            industry: changed(&before.industry, &self.industry),
            size: (before.size != self.size).then_some(self.size),
            tier: (before.tier != self.tier).then_some(self.tier),
            ideal_days: (before.ideal_days.unwrap_or(0) != ideal).then_some(ideal),
            window_days: (before.window_days.unwrap_or(0) != window).then_some(window),
            archived: None,
        };
        problems.check("", before.edited(&edit).map(drop));
        if problems.is_empty() { Ok(edit) } else { Err(problems) }
    }
}
