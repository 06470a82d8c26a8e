use super::promise_address;
use crate::{
    day::Day,
    promise::{PromiseLine, PromiseState, promises_of_member, state_words},
    sync::Phone,
    time::words,
    ui::{Badge, BadgeTone, ButtonLink, ButtonVariant, Disclosure, EmptyState, Glyph, Icon, Leave, List, ListRow, Page},
};
use chrono::NaiveDate;
use leptos::prelude::*;

/// What the signed-in member promised or keeps, by date.
#[component]
pub(super) fn PromiseList() -> impl IntoView {
    let (phone, today) = (Phone::get(), Day::today());
    let promises = phone.derive(move |replica| promises_of_member(replica, phone.me(), today.get()));
    let rows = move |lines: Vec<PromiseLine>| lines.into_iter().map(|line| view! { <Row line today=today.get() /> }).collect_view();
    let list = move |title: &'static str, lines: Vec<PromiseLine>| (!lines.is_empty()).then(|| view! { <List title>{rows(lines)}</List> });
    let nothing_open = move || promises.with(|promises| promises.overdue.is_empty() && promises.open.is_empty());
    let settled = move || {
        let settled = promises.with(|promises| promises.settled.clone());
        (!settled.is_empty())
            .then(|| view! { <Disclosure title="Settled" detail="The last 90 days"><List>{rows(settled)}</List></Disclosure> })
    };
    view! {
        <Page title="Promises" leave=Leave::Back("/app/more".to_owned())>
            <Show when=nothing_open>
                <NothingOpen />
            </Show>
            {move || list("Their day has passed", promises.with(|promises| promises.overdue.clone()))}
            {move || list("Open", promises.with(|promises| promises.open.clone()))}
            {settled}
        </Page>
    }
}

#[component]
fn Row(line: PromiseLine, today: NaiveDate) -> impl IntoView {
    let PromiseLine { promise, customer, keeper, maker } = line;
    let (state, overdue) = (promise.state, promise.is_overdue(today));
    let keeper = keeper.map(|keeper| format!("kept by {keeper}"));
    let maker = maker.map(|maker| format!("promised by {maker}"));
    let detail = [Some(customer), keeper, maker].into_iter().flatten().collect::<Vec<_>>().join(" · ");
    let due = words::capitalised(&words::day(promise.due, today));
    let trailing = move || match state {
        PromiseState::Open if overdue => view! { <Badge tone=BadgeTone::Attention icon=Glyph::Clock>{due}</Badge> }.into_any(),
        PromiseState::Open => due.into_any(),
        settled => state_words(settled).into_any(),
    };
    view! {
        <ListRow
            title=promise.what.clone()
            detail
            href=promise_address(promise.id)
            lead=|| view! { <Icon glyph=Glyph::HeartHandshake /> }
            trailing
        />
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
