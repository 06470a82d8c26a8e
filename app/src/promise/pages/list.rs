use super::{
    inside_ask_address,
    ledger::{LedgerList, NoneOpen, day_badge},
    new_promise_address,
};
use crate::{
    account::{Viewed, record_look},
    customer,
    day::Day,
    id::MemberId,
    promise::{InsideAskLine, InsideAskState, Ledger, inside_ask_words, inside_asks_of},
    route::param,
    score::feedback_address,
    sync::Phone,
    time::words,
    ui::{ButtonLink, ButtonVariant, EmptyState, Glyph, Icon, Leave, List, ListRow, Page},
};
use chrono::NaiveDate;
use leptos::prelude::*;

/// What the signed-in member promised or keeps, and what colleagues asked.
#[component]
pub(super) fn OwnPromises() -> impl IntoView {
    let me = Phone::get().me();
    view! {
        <Page title="Promises" leave=Leave::Back("/app/more".to_owned())>
            <InsideAsks />
            <LedgerList ledger=Ledger::Member(me) nothing_open=|| view! { <NothingOpen /> } />
        </Page>
    }
}

/// What was promised to the customer in the address.
#[component]
pub(super) fn CustomersPromises() -> impl IntoView {
    let phone = Phone::get();
    let customer = customer::customer_in_address();
    let name = phone.derive(move |replica| customer.and_then(|id| replica.customers.get(&id)).map(|customer| customer.name.clone()));
    let title = move || name.get().map_or_else(|| "Promises".to_owned(), |name| format!("Promised to {name}"));
    let none = || view! { <NoneOpen words="Whatever was promised here is settled." /> };
    let ledger = customer.map(|customer| {
        view! {
            <LedgerList ledger=Ledger::Customer(customer) nothing_open=none />
            <ButtonLink href=new_promise_address(customer) icon=Glyph::Plus full=true>
                "Promise something"
            </ButtonLink>
        }
    });
    let back = customer.map_or_else(|| "/app/customers".to_owned(), customer::address);
    view! {
        <Page title=Signal::derive(title) leave=Leave::Back(back)>
            {ledger}
        </Page>
    }
}

/// What the rep in the address promised or keeps, as the manager sees it.
#[component]
pub(super) fn RepsPromises() -> impl IntoView {
    let phone = Phone::get();
    let member = param::<MemberId>("member");
    let title = phone.derive(move |replica| {
        member.map_or_else(|| "Promises".to_owned(), |member| format!("{}’s promises", replica.member_name(member)))
    });
    if let Some(member) = member {
        record_look(phone, member, Viewed::Meetings);
    }
    let none = || view! { <NoneOpen words="Whatever was promised is settled." /> };
    let ledger = member.map(|member| view! { <LedgerList ledger=Ledger::Member(member) nothing_open=none /> });
    let back = member.map_or_else(|| "/app/team".to_owned(), feedback_address);
    view! {
        <Page title leave=Leave::Back(back)>
            {ledger}
        </Page>
    }
}

#[component]
fn NothingOpen() -> impl IntoView {
    let log = || view! { <ButtonLink href="/app/customers" variant=ButtonVariant::Primary>"Choose a customer"</ButtonLink> };
    view! {
        <EmptyState glyph=Glyph::HeartHandshake title="No open promises" action=log>
            "What you promise in a meeting comes here, by the day it is due. You can also promise something from a customer’s page."
        </EmptyState>
    }
}

/// Questions between colleagues: those that wait for the reader first.
#[component]
fn InsideAsks() -> impl IntoView {
    let (phone, today) = (Phone::get(), Day::today());
    let asks = phone.derive(move |replica| inside_asks_of(replica, phone.me(), today.get()));
    let list = move |title: &'static str, lines: Vec<InsideAskLine>| {
        let rows = lines.iter().map(|line| view! { <AskRow line=line.clone() today=today.get() /> }).collect_view();
        (!lines.is_empty()).then(|| view! { <List title>{rows}</List> })
    };
    view! {
        {move || list("You are asked", asks.with(|asks| asks.to_answer.clone()))}
        {move || list("You asked inside", asks.with(|asks| asks.asked.clone()))}
    }
}

#[component]
fn AskRow(line: InsideAskLine, today: NaiveDate) -> impl IntoView {
    let InsideAskLine { ask, customer, from, to } = line;
    let who = to.map(|to| format!("asked of {to}")).or_else(|| from.map(|from| format!("{from} asks")));
    let detail = [Some(customer), who].into_iter().flatten().collect::<Vec<_>>().join(" · ");
    let (state, overdue) = (ask.state, ask.is_overdue(today));
    let by = words::capitalised(&words::day(ask.by, today));
    let (attention, words) = match (state, overdue) {
        (InsideAskState::Open, true) => (Some(Glyph::Clock), by),
        (InsideAskState::Open, false) => (None, by),
        (answered, _) => (None, inside_ask_words(answered).to_owned()),
    };
    view! {
        <ListRow
            title=ask.what.clone()
            detail
            href=inside_ask_address(ask.id)
            lead=|| view! { <Icon glyph=Glyph::MessageSquare /> }
        >
            {day_badge(attention, words)}
        </ListRow>
    }
}
