use super::{address, details::Details, people::People, timeline::Timeline, united::UnitedWith, worth_knowing::WorthKnowing};
use crate::{
    account::Role,
    browser::clock,
    customer::{Customer, clashes_at, promises_to},
    day::Day,
    id::CustomerId,
    meeting::{TouchButtons, log_address, plan_address},
    preparation::prepare_address,
    promise::{PromiseRow, ask_inside_address, new_promise_address, promises_to_address},
    recovery::{CaseRow, case_line, new_case_address, open_cases_at},
    route::param,
    score::{RatingList, Reader, StandsOn, ratings_of, step_evidence, step_of, words},
    survey::Component,
    sync::{Clashes, Phone, merge},
    ui::{ButtonLink, ButtonVariant, Disclosure, Glyph, Leave, List, ListRow, Page},
};
use leptos::{either::Either, prelude::*};

/// One customer: how it stands, what to do, who is there, what has been.
#[component]
pub(super) fn ShowCustomer() -> impl IntoView {
    let phone = Phone::get();
    let named = param::<CustomerId>("customer");
    let id = phone.derive(move |replica| named.map(|id| replica.standing_for(id)));
    let customer = phone.derive(move |replica| id.get().and_then(|id| replica.customers.get(&id).cloned()));
    // Made anew only when it comes or goes or another stands for it; its parts follow what changes in it.
    let is_there = Memo::new(move |_| customer.with(Option::is_some));
    move || match (id.get(), is_there.get()) {
        (Some(id), true) => Either::Left(view! { <Shown id customer=Signal::derive(move || customer.get().expect("it is there")) /> }),
        _ => Either::Right(view! { <super::CustomerGone /> }),
    }
}

#[component]
fn Shown(
    /// Its id.
    id: CustomerId,
    /// The customer.
    customer: Signal<std::sync::Arc<Customer>>,
) -> impl IntoView {
    let phone = Phone::get();
    let promises = phone.derive(move |replica| promises_to(replica, id));
    let today = Day::today();
    let clashes = phone.derive(move |replica| {
        clashes_at(&merge::Reader { replica, me: phone.me(), today: today.get(), offset_minutes: clock::offset_minutes() }, id)
    });
    // Only who is rated has relationships to rate.
    let step = phone.derive(move |replica| {
        let me = replica.members.get(&phone.me()).filter(|me| me.is(Role::Rep))?;
        Some(step_of(replica, me.id, id))
    });
    let edit = move || {
        view! {
            <ButtonLink href=format!("{}/edit", address(id)) variant=ButtonVariant::Plain icon=Glyph::Pencil>
                "Edit"
            </ButtonLink>
        }
    };
    let cases = phone.derive(move |replica| {
        let open = open_cases_at(replica, id);
        open.iter().map(|case| case_line(replica, case, phone.me())).collect::<Vec<_>>()
    });
    let to_make_right = move || {
        let rows = cases.get().into_iter().map(|line| view! { <CaseRow line at_customer=true /> }).collect_view();
        cases.with(|cases| !cases.is_empty()).then(|| view! { <List title="Make it right">{rows}</List> })
    };
    let promised = move || {
        let rows = promises.get().into_iter().map(|promise| view! { <PromiseRow promise /> }).collect_view();
        view! {
            <List title="Promised">
                {rows}
                <ListRow title="All promises" detail="How they went, as either side sees it" href=promises_to_address(id) />
                <ListRow title="Make it right" detail="Something went wrong, and you act" href=new_case_address(id) />
                <ListRow title="Ask inside" detail="Put a wish of theirs to a colleague" href=ask_inside_address(id) />
            </List>
        }
    };
    view! {
        <Page
            title=Signal::derive(move || customer.with(|customer| customer.name.clone()))
            leave=Leave::Back("/app/customers".to_owned())
            trailing=edit
        >
            <div class="columns">
                <div class="column">
                    <Details customer />
                    <UnitedWith customer=id />
                    <Clashes lines=clashes />
                    <div class="customer-ways">
                        <ButtonLink href=log_address(Some(id)) variant=ButtonVariant::Primary icon=Glyph::NotebookPen>
                            "Log a meeting"
                        </ButtonLink>
                        <ButtonLink href=prepare_address(id, None) icon=Glyph::ListChecks>
                            "Prepare"
                        </ButtonLink>
                        <ButtonLink href=plan_address(Some(id)) icon=Glyph::Calendar>
                            "Plan a visit"
                        </ButtonLink>
                        <ButtonLink href=new_promise_address(id) icon=Glyph::HeartHandshake>
                            "Promise"
                        </ButtonLink>
                    </div>
                    <TouchButtons customer=id />
                    {to_make_right}
                    {promised}
                    {move || step.get().map(|step| view! { <StandsOn step><StepEvidence customer=id /></StandsOn> })}
                    <People customer=id />
                    <WorthKnowing customer=id />
                </div>
                <div class="column">
                    <Timeline customer=id />
                </div>
            </div>
        </Page>
    }
}

/// What the step of the relationship rests on: the rule, the answers step by step, the ratings themselves.
#[component]
fn StepEvidence(customer: CustomerId) -> impl IntoView {
    let (phone, today) = (Phone::get(), Day::today());
    let rule = phone.derive(|replica| words::step_rule(&replica.rules()));
    let evidence = phone.derive(move |replica| step_evidence(replica, phone.me(), customer));
    let lines = phone.derive(move |replica| {
        let mut lines = ratings_of(replica, phone.me());
        lines.retain(|line| line.who.customer == customer);
        lines
    });
    let answers = move || {
        let row = |(component, points): (Component, Vec<u8>)| view! { <li>{words::step_answers(component, &points)}</li> };
        evidence.get().into_iter().map(row).collect_view()
    };
    let ratings = move || {
        let lines = lines.get();
        (!lines.is_empty()).then(|| {
            view! { <RatingList title="Their ratings, newest first" lines reader=Reader::here(today.get()) /> }
        })
    };
    view! {
        <Disclosure title="What this rests on">
            <div class="stack">
                <p>{rule}</p>
                <ul class="score-signals" role="list">{answers}</ul>
                {ratings}
            </div>
        </Disclosure>
    }
}
