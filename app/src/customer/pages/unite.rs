use super::{ChosenCustomer, CustomerGone, OfferedCustomer, address, customer_in_address};
use crate::{
    browser::document,
    customer::{self, Customer, CustomerBook, comes_along, likely_duplicates, what_stays},
    id::CustomerId,
    route::replacing,
    sync::{NotSaved, Phone, Replica, Saving, offer_undo, protocol::Mutation},
    ui::{Button, ButtonVariant, Card, Choice, ChoiceChips, EmptyState, Glyph, Leave, List, Page, PageKind, SearchField, Toaster},
};
use leptos::{either::Either, prelude::*};
use leptos_router::hooks::use_navigate;
use std::sync::Arc;

/// As many as fit beside the search without scrolling far.
const SHOWN: usize = 7;

/// Says that the customer in the address is the same as another.
#[component]
pub(super) fn Unite() -> impl IntoView {
    let customer =
        customer_in_address().and_then(|id| Phone::get().replica().with_untracked(|replica| replica.customers.get(&id).cloned()));
    match customer {
        Some(customer) => Either::Left(view! { <UniteForm customer /> }),
        None => Either::Right(view! { <CustomerGone /> }),
    }
}

#[component]
fn UniteForm(customer: Arc<Customer>) -> impl IntoView {
    let other: RwSignal<Option<Arc<Customer>>> = RwSignal::new(None);
    let leave = Leave::Close(address(customer.id));
    let choose = Callback::new(move |chosen: Arc<Customer>| {
        other.set(Some(chosen));
        document::focus_soon("other");
    });
    let shown = {
        let customer = customer.clone();
        move || match other.get() {
            None => Either::Left(view! { <Choosing customer=customer.clone() choose /> }),
            Some(chosen) => Either::Right(view! { <Confirm customer=customer.clone() other=chosen change=other /> }),
        }
    };
    view! {
        <Page title="The same customer" leave kind=PageKind::Form>
            <p>{format!("“{}” is the same customer as …", customer.name)}</p>
            {shown}
        </Page>
    }
}

/// Which other: those first that the name may mean, the others by a few letters.
#[component]
fn Choosing(customer: Arc<Customer>, choose: Callback<Arc<Customer>>) -> impl IntoView {
    let (phone, book) = (Phone::get(), customer::book());
    let words = RwSignal::new(String::new());
    let offered = phone.derive(move |replica| book.with(|book| words.with(|words| others(replica, book, &customer, words))));
    let row = move |other: Arc<Customer>| {
        let (name, detail) = (other.name.clone(), other.place.clone());
        view! { <OfferedCustomer name detail on_click=move |_| choose.run(other.clone()) /> }
    };
    view! {
        <div class="stack">
            <SearchField label="Which one?" value=words placeholder="Name, place or person" max_length=200 />
            <Show
                when=move || offered.with(|offered| !offered.is_empty())
                fallback=|| {
                    view! {
                        <EmptyState glyph=Glyph::Search title="No other customer">
                            "Try fewer letters. Both have to be on your phone: whoever looks after both, or manages who does, can say it."
                        </EmptyState>
                    }
                }
            >
                <List>{move || offered.get().into_iter().map(row).collect_view()}</List>
            </Show>
        </div>
    }
}

/// Which stays, what comes along, and what stays of what differs.
#[component]
fn Confirm(customer: Arc<Customer>, other: Arc<Customer>, change: RwSignal<Option<Arc<Customer>>>) -> impl IntoView {
    let (phone, saving, toaster, navigate) = (Phone::get(), Saving::new(), Toaster::expect(), use_navigate());
    let (one, two) = (customer.id, other.id);
    let stays = RwSignal::new(Some(two));
    let into = Memo::new(move |_| stays.get().unwrap_or(two));
    let from = Memo::new(move |_| if into.get() == one { two } else { one });
    let option = |it: &Customer, twin: &Customer, else_: &str| {
        let apart = if it.place == twin.place { else_ } else { it.place.as_str() };
        let label = if it.name == twin.name && !apart.is_empty() { format!("{}, {apart}", it.name) } else { it.name.clone() };
        Choice::new(it.id, label)
    };
    let options = vec![option(&other, &customer, "the other one"), option(&customer, &other, "this one")];
    let along = phone.derive(move |replica| comes_along(replica, from.get()));
    let differs = phone.derive(move |replica| {
        let pair = replica.customers.get(&from.get()).zip(replica.customers.get(&into.get()));
        pair.map(|(from, into)| what_stays(replica, from, into)).unwrap_or_default()
    });
    let said = move |lines: Memo<Vec<String>>| lines.get().into_iter().map(|line| view! { <li>{line}</li> }).collect_view();
    let coming = move || {
        if along.with(Vec::is_empty) { "Nothing was written at the one that does not stay." } else { "What comes to the one that stays:" }
    };
    let act = move |_| {
        let (id, into, navigate) = (from.get_untracked(), into.get_untracked(), navigate.clone());
        saving.run(vec![Mutation::UniteCustomers { id, into }], move || {
            navigate(&address(into), replacing());
            offer_undo(phone, toaster, "They are one customer now.", vec![Mutation::TakeApart { id, into }]);
        });
    };
    let again = move |_| {
        change.set(None);
        document::focus_soon("find");
    };
    view! {
        <div class="stack" data-gap="large">
            <ChosenCustomer id="other" name=other.name.clone() on_change=again />
            <ChoiceChips name="stays" legend="Which one stays?" options value=stays hint="Its name and what is set for it are kept." />
            <Card title="What happens">
                <p>{coming}</p>
                <ul class="unite-lines">{move || said(along)}</ul>
                <ul class="unite-lines">{move || said(differs)}</ul>
                <p class="aside">"Nothing is lost: on its page you can take them apart again."</p>
            </Card>
            <div class="page-action">
                <NotSaved saving />
                <Button variant=ButtonVariant::Primary full=true busy=saving.busy() on_click=act>
                    "They are the same"
                </Button>
            </div>
        </div>
    }
}

/// Whom `customer` may be: likely duplicates first where nothing was typed, otherwise whom the words may mean.
fn others(replica: &Replica, book: &CustomerBook, customer: &Customer, words: &str) -> Vec<Arc<Customer>> {
    let likely: Vec<CustomerId> =
        likely_duplicates(&customer.name, replica.customers.values().map(Arc::as_ref)).iter().map(|it| it.id).collect();
    let mut found: Vec<Arc<Customer>> = book.found(words).map(|it| it.customer.clone()).filter(|it| it.id != customer.id).collect();
    found.sort_by_key(|it| !likely.contains(&it.id));
    found.truncate(SHOWN);
    found
}
