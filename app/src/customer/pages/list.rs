use super::{CustomerRow, address};
use crate::{
    browser::paint::{late, late_from},
    customer::{Customer, CustomerBook, CustomerSummary, archived},
    day::Day,
    id::CustomerId,
    search::{self, Finder},
    sync::Phone,
    ui::{Avatar, AvatarKind, ButtonLink, ButtonVariant, Disclosure, EmptyState, Glyph, List, ListRow, Page, SearchField},
};
use leptos::prelude::*;
use std::{collections::BTreeSet, sync::Arc};

/// As many as a thumb scrolls through; more are found by their name.
const SHOWN: usize = 60;
/// As many as a screen has room for.
const ON_SCREEN: usize = 12;

/// The customers that may be meant: the first of them, and how many there are.
#[derive(Clone, Debug, PartialEq)]
struct Matching {
    first: Vec<CustomerSummary>,
    of: usize,
}

impl Matching {
    fn of(book: &CustomerBook, words: &str) -> Self {
        let mut found = book.found(words);
        let first: Vec<CustomerSummary> = found.by_ref().take(SHOWN).cloned().collect();
        Self { of: first.len() + found.count(), first }
    }

    fn ids(&self) -> BTreeSet<CustomerId> {
        self.first.iter().map(|it| it.customer.id).collect()
    }
}

/// All customers, found by a few letters.
#[component]
pub(super) fn CustomerList() -> impl IntoView {
    let today = Day::today();
    let (words, finder) = (RwSignal::new(String::new()), Finder::get());
    let book = super::book();
    let typed = late(move || words.get());
    let matching = Memo::new(move |_| book.with(|book| typed.with(|words| Matching::of(book, words))));
    let has_any = Memo::new(move |_| book.with(|book| !book.is_empty()));
    // A row that is there stays; beyond the screen others come once what is on it shows.
    let in_time = late_from(BTreeSet::new(), move || matching.with(Matching::ids));
    let shown = Memo::new(move |_| {
        let is_shown = |(at, it): &(usize, &CustomerSummary)| *at < ON_SCREEN || in_time.with(|ids| ids.contains(&it.customer.id));
        matching.with(|matching| matching.first.iter().enumerate().filter(is_shown).map(|(_, it)| it.clone()).collect::<Vec<_>>())
    });
    let as_it_is = move |it: &CustomerSummary| (Arc::as_ptr(&it.customer).addr(), it.standing, it.next, today.get_untracked());
    let row = move |summary: CustomerSummary| view! { <CustomerRow summary today=today.get_untracked() /> };
    let more = move || {
        let left = matching.with(|matching| matching.of - matching.first.len());
        (left > 0).then(|| view! { <p class="aside">{format!("And {left} more. Type a few letters to find one.")}</p> })
    };
    view! {
        <Page title="Customers" trailing=|| view! { <NewLink /> }>
            <Show when=move || has_any.get() fallback=|| view! { <NoCustomers /> }>
                <SearchField label="Find a customer" value=words placeholder="Name, place or person" />
                <ButtonLink
                    href=search::ADDRESS
                    variant=ButtonVariant::Plain
                    icon=Glyph::Search
                    on:click=move |_| finder.words.set(words.get_untracked())
                >
                    "Search people and notes too"
                </ButtonLink>
                <Show when=move || matching.with(|matching| matching.of > 0) fallback=move || view! { <NoneFound words /> }>
                    <List>
                        <For each=move || shown.get() key=as_it_is children=row />
                    </List>
                    {more}
                </Show>
            </Show>
            <Archived />
        </Page>
    }
}

/// What is archived: out of the way, and in reach to be taken back.
#[component]
fn Archived() -> impl IntoView {
    let phone = Phone::get();
    let all = phone.derive(archived);
    let row = |customer: Arc<Customer>| {
        let name = customer.name.clone();
        view! {
            <ListRow
                title=customer.name.clone()
                detail=Some(customer.place.clone()).filter(|place| !place.is_empty())
                href=address(customer.id)
                lead=move || view! { <Avatar name=name kind=AvatarKind::Company /> }
            />
        }
    };
    view! {
        <Show when=move || all.with(|all| !all.is_empty())>
            <Disclosure title="Archived" detail="Kept with everything about them; each can be taken back">
                <List>{move || all.get().into_iter().map(row).collect_view()}</List>
            </Disclosure>
        </Show>
    }
}

#[component]
fn NewLink() -> impl IntoView {
    view! {
        <ButtonLink href="/app/customers/new" variant=ButtonVariant::Plain icon=Glyph::Plus>
            "New"
        </ButtonLink>
    }
}

#[component]
fn NoCustomers() -> impl IntoView {
    view! {
        <EmptyState
            glyph=Glyph::Building2
            title="Your customers will be here"
            action=|| view! { <ButtonLink href="/app/customers/new" variant=ButtonVariant::Primary>"Add a customer"</ButtonLink> }
        >
            "Add the first one, or ask your administrator to import them."
        </EmptyState>
    }
}

#[component]
fn NoneFound(
    /// What was typed.
    words: RwSignal<String>,
) -> impl IntoView {
    view! {
        <EmptyState
            glyph=Glyph::Search
            title=Signal::derive(move || format!("No customer matches “{}”", words.get().trim()))
            action=|| view! { <ButtonLink href="/app/customers/new">"Add a new customer"</ButtonLink> }
        >
            "Try fewer letters, or the name of somebody who works there."
        </EmptyState>
    }
}
