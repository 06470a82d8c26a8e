use super::row::AgendaRow;
use crate::{
    browser::{clock, hints},
    customer::{self, CustomerSummary, standing_badge},
    id::CustomerId,
    meeting::{Meeting, TouchButtons, log_address, log_plan_address, meeting_address, plan_address},
    promise::{Promise, PromiseState},
    recovery::{RecoveryCase, case_address, case_line, cause_words, clock_words},
    reflection::{Action, ActionState},
    sync::{Phone, Saving, offer_undo, protocol::Mutation},
    time::words,
    today::{Item, ratings_of},
    ui::{Button, ButtonLink, Glyph, Sheet, Toaster},
};
use chrono::NaiveDate;
use leptos::prelude::*;
use std::sync::Arc;

/// One item of Today.
#[component]
pub(super) fn ItemRow(item: Item, today: NaiveDate) -> impl IntoView {
    match item {
        Item::Visit(meeting) => view! { <Visit meeting today is_due=true /> }.into_any(),
        Item::Upcoming(meeting) => view! { <Visit meeting today is_due=false /> }.into_any(),
        Item::Promise(promise) => view! { <PromiseDue promise today /> }.into_any(),
        Item::Case(case) => view! { <CaseOpen case /> }.into_any(),
        Item::Action(action) => view! { <ActionDue action today /> }.into_any(),
        Item::Ratings(count) => view! { <NewRatings count /> }.into_any(),
        Item::Customer(summary) => view! { <Neglected summary today /> }.into_any(),
    }
}

fn customer_name(phone: Phone, customer: CustomerId) -> Memo<String> {
    phone.derive(move |replica| replica.customers.get(&customer).map_or("a customer".to_owned(), |customer| customer.name.clone()))
}

#[component]
fn Visit(meeting: Arc<Meeting>, today: NaiveDate, is_due: bool) -> impl IntoView {
    let name = customer_name(Phone::get(), meeting.customer);
    let when = words::capitalised(&words::moment(meeting.starts_at, meeting.offset_minutes, today));
    let detail = format!("{when} · {}", meeting.format.label());
    let href = meeting_address(meeting.id);
    let log = log_plan_address(meeting.id);
    match is_due {
        true => view! {
            <AgendaRow glyph=Glyph::Calendar title=name detail=detail href=href>
                <ButtonLink href=log>"It happened"</ButtonLink>
            </AgendaRow>
        }
        .into_any(),
        false => view! { <AgendaRow glyph=Glyph::Calendar title=name detail=detail href=href /> }.into_any(),
    }
}

#[component]
fn PromiseDue(promise: Arc<Promise>, today: NaiveDate) -> impl IntoView {
    let (phone, saving, toaster) = (Phone::get(), Saving::new(), Toaster::expect());
    let name = customer_name(phone, promise.customer);
    let id = promise.id;
    let (state, falls_due) = match promise.is_overdue(today) {
        true => (PromiseState::Late, "was due"),
        false => (PromiseState::Kept, "due"),
    };
    let due = words::day(promise.due, today);
    let done = move |_| {
        let undo = vec![Mutation::SettlePromise { id, state: PromiseState::Open, agreed: None, at: None }];
        saving.run(vec![Mutation::SettlePromise { id, state, agreed: None, at: None }], move || {
            offer_undo(phone, toaster, "Promise kept.", undo)
        });
    };
    view! {
        <AgendaRow
            glyph=Glyph::HeartHandshake
            title=promise.what.clone()
            detail=Signal::derive(move || format!("Promised to {}, {falls_due} {due}", name.get()))
            href=format!("/app/promises/{id}")
        >
            <Button on_click=done>"Done"</Button>
        </AgendaRow>
    }
}

#[component]
fn CaseOpen(case: Arc<RecoveryCase>) -> impl IntoView {
    let phone = Phone::get();
    let line = phone.derive({
        let case = case.clone();
        move |replica| case_line(replica, &case, phone.me())
    });
    let title = move || line.with(|line| format!("Make it right with {}", line.customer));
    let detail = move || {
        line.with(|line| {
            let about = if line.case.what.is_empty() { cause_words(line.case.cause) } else { line.case.what.as_str() };
            format!("{about} · {}", clock_words(line.case.opened_at, line.first_contact, clock::now()))
        })
    };
    let href = case_address(case.id);
    view! {
        <AgendaRow glyph=Glyph::Handshake title=Signal::derive(title) detail=Signal::derive(detail) href=href.clone()>
            <ButtonLink href=href>"Begin"</ButtonLink>
        </AgendaRow>
    }
}

#[component]
fn ActionDue(action: Arc<Action>, today: NaiveDate) -> impl IntoView {
    let (phone, saving, toaster) = (Phone::get(), Saving::new(), Toaster::expect());
    let id = action.id;
    let done = move |_| {
        let undo = vec![Mutation::SettleAction { id, state: ActionState::Open }];
        let settle = vec![Mutation::SettleAction { id, state: ActionState::Done }];
        saving.run(settle, move || offer_undo(phone, toaster, "Done. Well done.", undo));
    };
    view! {
        <AgendaRow
            glyph=Glyph::Sprout
            title=format!("Next time I will: {}", action.what)
            detail=format!("By {}", words::day(action.due, today))
            href="/app/reflections"
        >
            <Button on_click=done>"Done"</Button>
        </AgendaRow>
    }
}

#[component]
fn NewRatings(count: usize) -> impl IntoView {
    let phone = Phone::get();
    let title = if count == 1 { "A new rating".to_owned() } else { format!("{count} new ratings") };
    // Looked at from here on, wherever the tap leads.
    let seen = move |_| hints::remember_ratings(phone.replica().with_untracked(|replica| ratings_of(replica, phone.me())));
    view! {
        <AgendaRow
            glyph=Glyph::MessageCircleHeart
            title=title
            detail="See what your customers said".to_owned()
            href="/app/feedback"
            on:click=seen
        />
    }
}

#[component]
fn Neglected(summary: CustomerSummary, today: NaiveDate) -> impl IntoView {
    let open = RwSignal::new(false);
    let id = summary.customer.id;
    let name = summary.customer.name.clone();
    let standing = standing_badge(&summary.standing, today).unwrap_or_default();
    let detail = format!("{} · {standing}", customer::last_contact_words(summary.standing.last_contact, today));
    view! {
        <AgendaRow glyph=Glyph::Building2 title=name.clone() detail=detail href=customer::address(id)>
            <Button on_click=move |_| open.set(true)>"Get in touch"</Button>
            <Sheet open title=name>
                <TouchButtons customer=id done=Callback::new(move |()| open.set(false)) />
                <div class="sheet-action">
                    <ButtonLink href=plan_address(Some(id)) icon=Glyph::Calendar full=true>
                        "Plan a visit"
                    </ButtonLink>
                    <ButtonLink href=log_address(Some(id)) icon=Glyph::NotebookPen full=true>
                        "Log a meeting"
                    </ButtonLink>
                </div>
            </Sheet>
        </AgendaRow>
    }
}
