use super::{answer_inside::AnswerInside, new_promise_address};
use crate::{
    customer,
    day::Day,
    id::InsideAskId,
    promise::{InsideAskLine, InsideAskState, inside_ask_line, inside_ask_words},
    route::{param, replacing},
    sync::{NotSaved, Phone, Saving, protocol::Mutation},
    time::words,
    ui::{Badge, BadgeTone, Button, ButtonLink, ButtonVariant, Card, Glyph, Icon, Leave, List, ListRow, Page, Toaster},
};
use leptos::{either::Either, prelude::*};
use leptos_router::hooks::use_navigate;

/// One question to a colleague: what the customer wishes, by when, and the answer.
#[component]
pub(super) fn ShowInsideAsk() -> impl IntoView {
    let phone = Phone::get();
    let id = param::<InsideAskId>("ask");
    let shown =
        phone.derive(move |replica| id.and_then(|id| replica.inside_asks.get(&id)).map(|ask| inside_ask_line(replica, ask, phone.me())));
    view! {
        <Page title="Asked inside" leave=Leave::Back("/app/promises".to_owned())>
            {move || match shown.get() {
                Some(line) => Either::Left(view! { <Shown line /> }),
                None => Either::Right(view! { <p>"This question is not on your phone. Perhaps it was taken back."</p> }),
            }}
        </Page>
    }
}

#[component]
fn Shown(line: InsideAskLine) -> impl IntoView {
    let (phone, today, saving, toaster, navigate) = (Phone::get(), Day::today(), Saving::new(), Toaster::expect(), use_navigate());
    let InsideAskLine { ask, customer, from, to } = line;
    let (id, state, by, me) = (ask.id, ask.state, ask.by, phone.me());
    let overdue = ask.clone();
    let badge = move || match overdue.is_overdue(today.get()) {
        true => view! { <Badge tone=BadgeTone::Attention icon=Glyph::Clock>"Its day has passed"</Badge> },
        false => view! { <Badge>{inside_ask_words(state)}</Badge> },
    };
    let you = |name: Option<String>| name.unwrap_or_else(|| "You".to_owned());
    let answer = (ask.to == me).then(|| {
        let (ask, from) = (ask.clone(), you(from.clone()));
        view! { <AnswerInside ask from /> }
    });
    let answered = (ask.to != me && state != InsideAskState::Open).then(|| {
        let title = match state {
            InsideAskState::Declined => format!("{} cannot help", you(to.clone())),
            _ => format!("{} answers", you(to.clone())),
        };
        let answer = ask.answer.clone();
        view! { <Card title><p class="written">{answer}</p></Card> }
    });
    // What can be done is promised in words of its own.
    let promise = (ask.from == me && state == InsideAskState::Answered).then(|| {
        view! {
            <ButtonLink href=new_promise_address(ask.customer) icon=Glyph::HeartHandshake full=true>
                {format!("Promise something to {customer}")}
            </ButtonLink>
        }
    });
    let take_back = ask.may_take_back(me).then(|| {
        let act = move |_| {
            let navigate = navigate.clone();
            saving.run(vec![Mutation::DeleteInsideAsk { id }], move || {
                toaster.say("Taken back.");
                navigate("/app/promises", replacing());
            });
        };
        view! { <Button variant=ButtonVariant::Plain icon=Glyph::Trash2 on_click=act>"It was a mistake: take it back"</Button> }
    });
    let at = ask.customer;
    let is_here = phone.replica().with_untracked(|replica| replica.customers.contains_key(&at));
    let belongs = is_here.then(|| {
        let name = customer.clone();
        view! {
            <List title="It belongs to">
                <ListRow title=name href=customer::address(at) lead=|| view! { <Icon glyph=Glyph::Building2 /> } />
            </List>
        }
    });
    view! {
        <Card title=format!("For {customer}") trailing=badge>
            <p class="written">{ask.what.clone()}</p>
            <dl class="terms">
                <dt>"An answer is needed by"</dt>
                <dd>{move || words::capitalised(&words::day(by, today.get()))}</dd>
                <dt>"Asked by"</dt>
                <dd>{you(from)}</dd>
                <dt>"Asked of"</dt>
                <dd>{you(to)}</dd>
            </dl>
        </Card>
        {answer}
        {answered}
        {promise}
        <NotSaved saving />
        {take_back}
        {belongs}
    }
}
