use super::{row::AgendaRow, title::item_title};
use crate::{
    browser::{clock, hints},
    customer::{self, CustomerSummary, Reach, standing_badge, ways_to_reach},
    id::{CustomerId, MemberId},
    meeting::{Meeting, TouchButtons, log_address, log_plan_address, meeting_address, plan_address},
    preparation::prepare_visit_address,
    promise::{InsideAsk, Promise, PromiseState, inside_ask_address},
    recovery::{RecoveryCase, case_address, case_line, cause_words, clock_words},
    reflection::{Action, ActionState},
    score::{rating_address, waits_for, words as score_words},
    survey::Rating,
    sync::{Phone, Saving, offer_undo, protocol::Mutation},
    time::words,
    today::{Item, asked_for, rating_behind, ratings_of},
    ui::{Button, ButtonLink, Glyph, Sheet, Toaster},
};
use chrono::NaiveDate;
use leptos::prelude::*;
use std::sync::Arc;

/// One item of Today.
#[component]
pub(super) fn ItemRow(item: Item, today: NaiveDate) -> impl IntoView {
    let (whose, within) = match item.clone() {
        Item::Covering { of, item } => (Some(of), *item),
        own => (None, own),
    };
    match within {
        Item::Visit(meeting) => view! { <Visit item meeting today whose is_due=true /> }.into_any(),
        Item::Upcoming(meeting) => view! { <Visit item meeting today whose is_due=false /> }.into_any(),
        Item::Promise(promise) => view! { <PromiseDue item promise today whose /> }.into_any(),
        Item::Question(ask) => view! { <Question item ask today /> }.into_any(),
        Item::Wish(rating) => view! { <WishOpen item rating today /> }.into_any(),
        Item::Case(case) => view! { <CaseOpen item case today /> }.into_any(),
        Item::Action(action) => view! { <ActionDue item action today /> }.into_any(),
        Item::Ratings(_) => view! { <NewRatings item today /> }.into_any(),
        Item::Customer(summary) => view! { <Neglected item summary today whose /> }.into_any(),
        // A cover's own covers are another person's.
        Item::Covering { .. } => ().into_any(),
    }
}

fn customer_name(phone: Phone, customer: CustomerId) -> Memo<String> {
    phone.derive(move |replica| replica.customer_name(customer, "a customer").to_owned())
}

/// For whom it is done, before the rest.
fn covering(phone: Phone, whose: Option<MemberId>) -> String {
    whose
        .map(|whose| format!("Covering for {} · ", phone.replica().with_untracked(|replica| replica.member_name(whose))))
        .unwrap_or_default()
}

#[component]
fn Visit(item: Item, meeting: Arc<Meeting>, today: NaiveDate, whose: Option<MemberId>, is_due: bool) -> impl IntoView {
    let phone = Phone::get();
    let name = customer_name(phone, meeting.customer);
    let when = words::capitalised(&words::moment(meeting.starts_at, meeting.offset_minutes, today));
    let detail = format!("{}{when} · {}", covering(phone, whose), meeting.format.label());
    let href = meeting_address(meeting.id);
    let (log, prepare) = (log_plan_address(meeting.id), prepare_visit_address(&meeting));
    // A visit that is not over yet is still to be prepared; a colleague's is the colleague's to log.
    let may_log = is_due && whose.is_none();
    view! {
        <AgendaRow item today glyph=Glyph::Calendar title=name detail=detail href=href>
            {may_log.then(|| view! { <ButtonLink href=log>"It happened"</ButtonLink> })}
            {(!is_due || meeting.date() == today).then(|| view! { <ButtonLink href=prepare>"Prepare"</ButtonLink> })}
        </AgendaRow>
    }
}

#[component]
fn PromiseDue(item: Item, promise: Arc<Promise>, today: NaiveDate, whose: Option<MemberId>) -> impl IntoView {
    let (phone, saving, toaster) = (Phone::get(), Saving::new(), Toaster::expect());
    let name = customer_name(phone, promise.customer);
    let id = promise.id;
    let (state, falls_due) = match promise.is_overdue(today) {
        true => (PromiseState::Late, "was due"),
        false => (PromiseState::Kept, "due"),
    };
    let (due, covering) = (words::day(promise.due, today), covering(phone, whose));
    let done = move |_| {
        let undo = vec![Mutation::SettlePromise { id, state: PromiseState::Open, agreed: None, at: None }];
        saving.run(vec![Mutation::SettlePromise { id, state, agreed: None, at: None }], move || {
            offer_undo(phone, toaster, "Promise kept.", undo)
        });
    };
    view! {
        <AgendaRow
            item
            today
            glyph=Glyph::HeartHandshake
            title=promise.what.clone()
            detail=Signal::derive(move || format!("{covering}Promised to {}, {falls_due} {due}", name.get()))
            href=format!("/app/promises/{id}")
        >
            // How a colleague's went is the colleague's to say.
            {whose.is_none().then(|| view! { <Button on_click=done>"Done"</Button> })}
        </AgendaRow>
    }
}

#[component]
fn Question(item: Item, ask: Arc<InsideAsk>, today: NaiveDate) -> impl IntoView {
    let phone = Phone::get();
    let detail = phone.derive({
        let ask = ask.clone();
        move |replica| {
            let (verb, by) = (if ask.is_overdue(today) { "was needed" } else { "needed" }, words::day(ask.by, today));
            format!("{} asks for {}, {verb} by {by}", replica.member_name(ask.from), asked_for(&ask, replica))
        }
    });
    let href = inside_ask_address(ask.id);
    view! {
        <AgendaRow item today glyph=Glyph::MessageSquare title=ask.what.clone() detail=detail href=href.clone()>
            <ButtonLink href=href>"Answer"</ButtonLink>
        </AgendaRow>
    }
}

#[component]
fn WishOpen(item: Item, rating: Arc<Rating>, today: NaiveDate) -> impl IntoView {
    let (phone, open) = (Phone::get(), RwSignal::new(false));
    let title = phone.replica().with_untracked(|replica| item_title(&item, replica));
    let asked = words::day(rating.given_at.date_at(clock::offset_minutes()), today);
    let contact = rating.contact;
    let how = phone.derive(move |replica| {
        let first = contact.and_then(|id| replica.contacts.get(&id)).and_then(|contact| ways_to_reach(contact).into_iter().next());
        first.map(|way| format!(" · {}", way.words())).unwrap_or_default()
    });
    let customer = rating.customer;
    // Only who sees the customer can note a contact. Behind a hidden name it is not offered: the rep would read of it.
    let may_note = phone.derive({
        let is_hidden = rating.answers.hide_name;
        move |replica| !is_hidden && replica.customers.contains_key(&customer)
    });
    let hidden = rating.answers.hide_name.then(|| {
        let rep = phone.replica().with_untracked(|replica| replica.member_name(rating.rep));
        view! { <p>{score_words::keep_hidden(&rep)}" "{score_words::note_nothing(&rep)}</p> }
    });
    let href = rating_address(rating.id, rating.rep == phone.me());
    let read = href.clone();
    view! {
        <AgendaRow
            item
            today
            glyph=Glyph::MessageCircleHeart
            title=title.clone()
            detail=Signal::derive(move || format!("Asked {asked} to hear from you{}", how.get()))
            href=href
        >
            <Button on_click=move |_| open.set(true)>"Get back"</Button>
            <Sheet open title=title>
                {contact.map(|contact| view! { <Reach contact /> })}
                {hidden}
                <Show when=move || may_note.get()>
                    <TouchButtons customer done=Callback::new(move |()| open.set(false)) />
                </Show>
                <div class="sheet-action">
                    <ButtonLink href=read icon=Glyph::MessageCircleHeart full=true>
                        "Read the rating"
                    </ButtonLink>
                </div>
            </Sheet>
        </AgendaRow>
    }
}

#[component]
fn CaseOpen(item: Item, case: Arc<RecoveryCase>, today: NaiveDate) -> impl IntoView {
    let phone = Phone::get();
    let line = phone.derive({
        let case = case.clone();
        move |replica| case_line(replica, &case, phone.me())
    });
    let waits = phone.derive({
        let case = case.clone();
        move |replica| rating_behind(&case, replica).is_some_and(|rating| waits_for(replica, rating, phone.me()))
    });
    let title = phone.replica().with_untracked(|replica| item_title(&item, replica));
    let detail = move || {
        line.with(|line| {
            let about = if line.case.what.is_empty() { cause_words(line.case.cause) } else { line.case.what.as_str() };
            let asked = if waits.get() { " · Asked to hear from you" } else { "" };
            format!("{about}{asked} · {}", clock_words(line.case.opened_at, line.first_contact, clock::now()))
        })
    };
    let href = case_address(case.id);
    view! {
        <AgendaRow item today glyph=Glyph::Handshake title=title detail=Signal::derive(detail) href=href.clone()>
            <ButtonLink href=href>"Begin"</ButtonLink>
        </AgendaRow>
    }
}

#[component]
fn ActionDue(item: Item, action: Arc<Action>, today: NaiveDate) -> impl IntoView {
    let (phone, saving, toaster) = (Phone::get(), Saving::new(), Toaster::expect());
    let id = action.id;
    let title = phone.replica().with_untracked(|replica| item_title(&item, replica));
    let done = move |_| {
        let undo = vec![Mutation::SettleAction { id, state: ActionState::Open }];
        let settle = vec![Mutation::SettleAction { id, state: ActionState::Done }];
        saving.run(settle, move || offer_undo(phone, toaster, "Done. Well done.", undo));
    };
    view! {
        <AgendaRow item today glyph=Glyph::Sprout title=title detail=format!("By {}", words::day(action.due, today)) href="/app/reflections">
            <Button on_click=done>"Done"</Button>
        </AgendaRow>
    }
}

#[component]
fn NewRatings(item: Item, today: NaiveDate) -> impl IntoView {
    let phone = Phone::get();
    let title = phone.replica().with_untracked(|replica| item_title(&item, replica));
    // Looked at from here on, wherever the tap leads.
    let seen = move |_| hints::remember_ratings(phone.replica().with_untracked(|replica| ratings_of(replica, phone.me())));
    view! {
        <AgendaRow item today glyph=Glyph::MessageCircleHeart title=title detail="See what your customers said".to_owned() href="/app/feedback" followed=Callback::new(seen) />
    }
}

#[component]
fn Neglected(item: Item, summary: CustomerSummary, today: NaiveDate, whose: Option<MemberId>) -> impl IntoView {
    let open = RwSignal::new(false);
    let id = summary.customer.id;
    let name = summary.customer.name.clone();
    let standing = standing_badge(&summary.standing, today).unwrap_or_default();
    let last = customer::last_contact_words(summary.standing.last_contact, today);
    let detail = format!("{}{last} · {standing}", covering(Phone::get(), whose));
    let (glyph, _) = customer::attention_mark(summary.standing.attention);
    view! {
        <AgendaRow item today glyph title=name.clone() detail=detail href=customer::address(id)>
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
