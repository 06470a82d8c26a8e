use super::settle::Settle;
use crate::{
    customer,
    day::Day,
    id::PromiseId,
    meeting::meeting_address,
    promise::{PromiseLine, PromiseState, line, state_meaning, state_words},
    route::param,
    sync::Phone,
    time::words,
    ui::{Badge, BadgeTone, Card, Glyph, Icon, Leave, List, ListRow, Page},
};
use leptos::{either::Either, prelude::*};

/// One promise: what, to whom, by when, and how it went.
#[component]
pub(super) fn ShowPromise() -> impl IntoView {
    let phone = Phone::get();
    let id = param::<PromiseId>("promise");
    let shown = phone.derive(move |replica| id.and_then(|id| replica.promises.get(&id)).map(|promise| line(replica, promise, phone.me())));
    view! {
        <Page title="Promise" leave=Leave::Back("/app/promises".to_owned())>
            {move || match shown.get() {
                Some(line) => Either::Left(view! { <Shown line /> }),
                None => Either::Right(view! { <p>"This promise is not on your phone. Perhaps it was taken back."</p> }),
            }}
        </Page>
    }
}

#[component]
fn Shown(line: PromiseLine) -> impl IntoView {
    let (phone, today) = (Phone::get(), Day::today());
    let PromiseLine { promise, customer, keeper, maker } = line;
    let (due, state) = (promise.due, promise.state);
    let when = move || words::capitalised(&words::day(due, today.get()));
    let badge = move || match state {
        PromiseState::Open if due < today.get() => {
            view! { <Badge tone=BadgeTone::Attention icon=Glyph::Clock>"Its day has passed"</Badge> }
        }
        state => view! { <Badge>{state_words(state)}</Badge> },
    };
    let you = |name: Option<String>| name.unwrap_or_else(|| "You".to_owned());
    let evidence = Some(promise.evidence.clone()).filter(|it| !it.is_empty());
    let meeting = promise.meeting.map(|meeting| {
        view! { <ListRow title="The meeting where it was made" href=meeting_address(meeting) lead=|| view! { <Icon glyph=Glyph::Handshake /> } /> }
    });
    let may_settle = promise.may_settle(phone.me());
    let settle = {
        let promise = promise.clone();
        may_settle.then(|| view! { <Settle promise /> })
    };
    view! {
        <Card title=promise.what.clone() trailing=badge>
            {(state != PromiseState::Open).then(|| view! { <p>{state_meaning(state)}</p> })}
            <dl class="terms">
                <dt>"Due"</dt>
                <dd>{when}</dd>
                <dt>"Promised by"</dt>
                <dd>{you(maker)}</dd>
                <dt>"Kept by"</dt>
                <dd>{you(keeper)}</dd>
                {evidence.map(|evidence| view! { <dt>"How they will know"</dt> <dd>{evidence}</dd> })}
            </dl>
        </Card>
        {settle}
        <List title="It belongs to">
            <ListRow title=customer href=customer::address(promise.customer) lead=|| view! { <Icon glyph=Glyph::Building2 /> } />
            {meeting}
        </List>
    }
}
