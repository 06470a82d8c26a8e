use super::{
    known::{Asked, Knows, LastMeetings, Roadblocks, Worth},
    standing::Standing,
};
use crate::{
    browser::clock,
    customer::{self, Customer},
    day::Day,
    id::MeetingId,
    meeting::{MeetingFormat, log_address, log_plan_address},
    preparation::{Card, Visit, card, likely_format, questions},
    promise::PromiseRow,
    reflection::Action,
    route::query,
    sync::{Phone, StillReading},
    time::words,
    ui::{self, ButtonLink, ButtonVariant, Choice, ChoiceChips, Glyph, Icon, Leave, List, ListRow, Page},
};
use leptos::{either::Either, prelude::*};
use std::sync::Arc;

/// What to know before a visit.
#[component]
pub(super) fn Prepare() -> impl IntoView {
    let phone = Phone::get();
    let id = customer::customer_in_address();
    let customer = phone.replica().with_untracked(|replica| id.and_then(|id| replica.customers.get(&id).cloned()));
    match customer {
        Some(customer) => Either::Left(view! { <Shown customer /> }),
        None => Either::Right(view! { <customer::CustomerGone /> }),
    }
}

#[component]
fn Shown(customer: Arc<Customer>) -> impl IntoView {
    let (phone, today) = (Phone::get(), Day::today());
    let (id, me) = (customer.id, phone.me());
    let plan = query("visit").and_then(|text| text.parse::<MeetingId>().ok());
    let plan =
        phone.replica().with_untracked(|replica| plan.and_then(|plan| replica.meetings.get(&plan).cloned())).filter(|it| it.customer == id);
    let asked_for = query("format").and_then(|key| MeetingFormat::of_key(&key));
    let format = RwSignal::new(Some(asked_for.unwrap_or_else(|| phone.replica().with_untracked(|it| likely_format(it, me, id)))));
    let chosen = Memo::new(move |_| format.get().unwrap_or(MeetingFormat::Introductory));
    let plan_id = plan.as_ref().map(|plan| plan.id);
    let offset = clock::offset_minutes();
    let prepared =
        phone.derive(move |replica| card(replica, me, Visit { customer: id, format: chosen.get(), plan: plan_id }, clock::now(), offset));
    let when = plan.as_ref().map(|plan| {
        let moment = words::capitalised(&words::moment(plan.starts_at, plan.offset_minutes, today.get_untracked()));
        view! {
            <p class="fact">
                <Icon glyph=Glyph::Clock />
                {moment}
            </p>
        }
    });
    let log = plan_id.map_or_else(|| log_address(Some(id)), log_plan_address);
    let formats = MeetingFormat::ALL.map(|format| Choice::new(format, format.label())).to_vec();
    view! {
        <Page title=format!("Prepare: {}", customer.name) leave=Leave::Back(customer::address(id))>
            {when}
            <ChoiceChips name="format" legend="What kind of meeting?" options=formats value=format />
            <p class="aside">{move || format!("{}.", chosen.get().purpose())}</p>
            <StillReading />
            <div class="columns">
                <div class="column">
                    <Returning prepared />
                    <Promised prepared />
                    <Questions format=chosen />
                    <Standing prepared />
                </div>
                <div class="column">
                    <LastMeetings prepared />
                    <Roadblocks prepared />
                    <Worth prepared />
                    <Knows prepared />
                    <Asked prepared />
                </div>
            </div>
            <ButtonLink href=log variant=ButtonVariant::Primary icon=Glyph::NotebookPen full=true>
                "It happened: log it"
            </ButtonLink>
        </Page>
    }
}

/// What the person set out to do next time.
#[component]
fn Returning(prepared: Memo<Card>) -> impl IntoView {
    let phone = Phone::get();
    let row = move |action: Arc<Action>| {
        let from = action.customer.and_then(|id| phone.replica().with_untracked(|it| it.customers.get(&id).map(|it| it.name.clone())));
        let moves = action.component.map(|component| format!("To move {}", component.label()));
        let detail: Vec<String> = moves.into_iter().chain(from.map(|from| format!("from {from}"))).collect();
        let detail = (!detail.is_empty()).then(|| words::capitalised(&detail.join(", ")));
        view! { <ListRow title=action.what.clone() detail href="/app/reflections" lead=|| view! { <Icon glyph=Glyph::Sprout /> } /> }
    };
    let rows = move || prepared.with(|card| card.actions.clone()).into_iter().map(row).collect_view();
    view! {
        <Show when=move || prepared.with(|card| !card.actions.is_empty())>
            <List title="This time I will">{rows}</List>
        </Show>
    }
}

/// What was promised and is open.
#[component]
fn Promised(prepared: Memo<Card>) -> impl IntoView {
    let rows =
        move || prepared.with(|card| card.promises.clone()).into_iter().map(|promise| view! { <PromiseRow promise /> }).collect_view();
    view! {
        <Show
            when=move || prepared.with(|card| !card.promises.is_empty())
            fallback=|| view! { <p class="aside">"No promise to them is open."</p> }
        >
            <List title="Promised">{rows}</List>
        </Show>
    }
}

/// What to ask.
#[component]
fn Questions(format: Memo<MeetingFormat>) -> impl IntoView {
    let rows = move || questions(format.get()).iter().map(|question| view! { <li>{*question}</li> }).collect_view();
    view! {
        <ui::Card title="Good questions">
            <ul class="prepare-questions" role="list">
                {rows}
            </ul>
        </ui::Card>
    }
}
