use super::Fields;
use crate::{
    browser::{clock, document, paint::tap_painted, random},
    customer::{self, ChosenCustomer, Customer, CustomerBook, OfferedCustomer, last_contact_words, likely_duplicates},
    day::Day,
    id::CustomerId,
    meeting::{Meeting, Suggestion, suggestions},
    sync::{Phone, Replica},
    time::words,
    ui::{Badge, BadgeTone, Glyph, List, ListAction, SearchField},
};
use chrono::NaiveDate;
use leptos::{either::Either, prelude::*};
use std::{collections::BTreeSet, sync::Arc};
use wasm_bindgen_futures::spawn_local;

/// As many as fit beside the search without scrolling far.
const SHOWN: usize = 7;

/// Whom it was with: the probable ones first, the others by a few letters, a new one on the spot.
#[component]
pub fn CustomerChoice(
    /// The form.
    fields: Fields,
    /// What is asked.
    question: &'static str,
    /// Goes on with a visit that was planned, where one fits.
    #[prop(optional, into)]
    open_plan: Option<Callback<Arc<Meeting>>>,
) -> impl IntoView {
    let is_chosen = Memo::new(move |_| fields.customer.with(Option::is_some));
    move || match is_chosen.get() {
        true => Either::Left(view! { <Chosen fields /> }),
        false => Either::Right(view! { <Choosing fields question open_plan /> }),
    }
}

/// The customer chosen, with a way to choose another.
#[component]
fn Chosen(fields: Fields) -> impl IntoView {
    let phone = Phone::get();
    let name = phone.derive(move |replica| {
        let known = fields.customer.get().and_then(|id| replica.customers.get(&id).map(|customer| customer.name.clone()));
        known.or_else(|| fields.new_customer.with(|new| new.as_ref().map(|new| new.name.clone()))).unwrap_or_default()
    });
    let is_new = move || fields.new_customer.with(Option::is_some);
    let change = move |_| {
        fields.customer.set(None);
        fields.new_customer.set(None);
        document::focus_soon("find");
    };
    view! {
        <ChosenCustomer id="customer" name on_change=change>
            <Show when=is_new>
                " "
                <Badge tone=BadgeTone::Accent>"New"</Badge>
            </Show>
        </ChosenCustomer>
    }
}

#[component]
fn Choosing(fields: Fields, question: &'static str, open_plan: Option<Callback<Arc<Meeting>>>) -> impl IntoView {
    let phone = Phone::get();
    let today = Day::today();
    let words = RwSignal::new(String::new());
    let book = customer::book();
    let offered = phone.derive(move |replica| book.with(|book| words.with(|words| offers(replica, book, phone, today.get(), words))));
    let duplicates = phone.derive(move |replica| words.with(|words| duplicate_names(replica, words)));
    // The tap shows before all that hangs on the choice is made.
    let choose = move |customer, new| {
        spawn_local(async move {
            tap_painted().await;
            fields.choose_customer(customer, new);
            document::focus_soon("customer");
        });
    };
    let row = move |Suggestion { customer, plan, last_contact }: Suggestion| {
        let detail = match &plan {
            Some(plan) => format!("Planned {}", words::moment(plan.starts_at, plan.offset_minutes, today.get_untracked())),
            None => last_contact_words(last_contact, today.get_untracked()),
        };
        let id = customer.id;
        let act = move |_| match (plan.clone(), open_plan) {
            (Some(plan), Some(open)) => open.run(plan),
            _ => choose(id, None),
        };
        view! { <OfferedCustomer name=customer.name.clone() detail on_click=act /> }
    };
    let create = move |_| {
        let customer = new_customer(phone, words.with_untracked(|words| words.trim().to_owned()));
        choose(customer.id, Some(customer));
    };
    let add = move || {
        let name = words.with(|words| words.trim().to_owned());
        let hint = move || duplicates.get().map(|names| format!("Already there: {names}"));
        (!name.is_empty()).then(|| {
            view! {
                <ListAction
                    title=format!("Add “{name}” as a new customer")
                    detail=Signal::derive(hint)
                    glyph=Glyph::CirclePlus
                    on_click=create
                />
            }
        })
    };
    view! {
        <div class="stack">
            <SearchField
                label=question
                value=words
                placeholder="Find or add a customer"
                max_length=200
                error=fields.about("customer")
            />
            <Show when=move || offered.with(|it| !it.is_empty()) || words.with(|it| !it.trim().is_empty())>
                <List>{move || offered.get().into_iter().map(row).collect_view()} {add}</List>
            </Show>
        </div>
    }
}

/// Who is offered for what was typed: everybody probable, or those whom the words may mean.
fn offers(replica: &Replica, book: &CustomerBook, phone: Phone, today: NaiveDate, words: &str) -> Vec<Suggestion> {
    let probable = suggestions(replica, book, phone.me(), today);
    if words.trim().is_empty() {
        return probable.take(SHOWN).collect();
    }
    let meant: BTreeSet<CustomerId> = book.found(words).map(|it| it.customer.id).collect();
    probable.filter(|it| meant.contains(&it.customer.id)).take(SHOWN).collect()
}

/// The names of customers that the words may mean already, in one line.
fn duplicate_names(replica: &Replica, words: &str) -> Option<String> {
    let likely = likely_duplicates(words, replica.customers.values().map(Arc::as_ref));
    let names: Vec<&str> = likely.iter().map(|customer| customer.name.as_str()).collect();
    (!names.is_empty()).then(|| names.join(", "))
}

/// A customer made together with the meeting.
fn new_customer(phone: Phone, name: String) -> Customer {
    Customer::new(CustomerId(random::uuid()), name, phone.me(), clock::today())
}
