use super::{CustomerRow, address};
use crate::{
    customer::{Customer, archived, found, summaries},
    day::Day,
    search::{self, Finder},
    sync::Phone,
    ui::{Avatar, AvatarKind, ButtonLink, ButtonVariant, Disclosure, EmptyState, Glyph, List, ListRow, Page, SearchField},
};
use leptos::prelude::*;
use std::sync::Arc;

/// As many as a thumb scrolls through; more are found by their name.
const SHOWN: usize = 60;

/// All customers, found by a few letters.
#[component]
pub(super) fn CustomerList() -> impl IntoView {
    let phone = Phone::get();
    let today = Day::today();
    let (words, finder) = (RwSignal::new(String::new()), Finder::get());
    let all = phone.derive(move |replica| summaries(replica, today.get()));
    let matching = Memo::new(move |_| phone.replica().with(|replica| words.with(|words| found(replica, all.get(), words))));
    let has_any = move || all.with(|all| !all.is_empty());
    let rows = move || {
        let rows = matching.get().into_iter().take(SHOWN);
        rows.map(|summary| view! { <CustomerRow summary today=today.get_untracked() /> }).collect_view()
    };
    let more = move || {
        let left = matching.with(Vec::len).saturating_sub(SHOWN);
        (left > 0).then(|| view! { <p class="aside">{format!("And {left} more. Type a few letters to find one.")}</p> })
    };
    view! {
        <Page title="Customers" trailing=|| view! { <NewLink /> }>
            <Show when=has_any fallback=|| view! { <NoCustomers /> }>
                <SearchField label="Find a customer" value=words placeholder="Name, place or person" />
                <ButtonLink
                    href=search::ADDRESS
                    variant=ButtonVariant::Plain
                    icon=Glyph::Search
                    on:click=move |_| finder.words.set(words.get_untracked())
                >
                    "Search people and notes too"
                </ButtonLink>
                <Show when=move || matching.with(|matching| !matching.is_empty()) fallback=move || view! { <NoneFound words /> }>
                    <List>{rows}</List>
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
