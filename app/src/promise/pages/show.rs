use super::{
    confirm::Confirm, promise_address, reassign::Reassign, report::TellOutcome, said::SaidOtherwise, settle::Settle, sides::BothSides,
};
use crate::{
    calendar::AddPromise,
    customer,
    day::Day,
    id::PromiseId,
    meeting::meeting_address,
    photo::{PhotoSubject, Photos},
    promise::{KeeperAnswer, PromiseLine, PromiseState, line, state_meaning, state_words},
    route::param,
    sync::Phone,
    time::words,
    ui::{Badge, BadgeTone, Card, Glyph, Icon, Leave, List, ListRow, Page, still_beneath_sheets},
};
use leptos::{either::Either, prelude::*};

/// One promise: what, to whom, by when, and how it went.
#[component]
pub(super) fn ShowPromise() -> impl IntoView {
    let phone = Phone::get();
    let id = param::<PromiseId>("promise");
    let promise =
        phone.derive(move |replica| id.and_then(|id| replica.promises.get(&id)).map(|promise| line(replica, promise, phone.me())));
    let shown = still_beneath_sheets(promise);
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
    let (id, at) = (promise.id, promise.customer);
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
    let (me, is_open) = (phone.me(), state == PromiseState::Open);
    let may_settle = promise.may_settle(me);
    let confirm = (is_open && promise.keeper == me && promise.maker != me).then(|| {
        let (promise, maker) = (promise.clone(), you(maker.clone()));
        view! { <Confirm promise maker /> }
    });
    let reassign = (is_open && promise.maker == me).then(|| {
        let (promise, keeper) = (promise.clone(), keeper.clone());
        view! { <Reassign promise keeper /> }
    });
    let add = (may_settle && is_open).then(|| {
        let promise = promise.clone();
        view! { <AddPromise promise /> }
    });
    let report = (may_settle && !is_open).then(|| {
        let (promise, customer) = (promise.clone(), customer.clone());
        view! { <TellOutcome promise customer /> }
    });
    let otherwise = {
        let promise = promise.clone();
        view! { <SaidOtherwise promise /> }
    };
    let sides = {
        let (promise, customer) = (promise.clone(), customer.clone());
        view! { <BothSides promise customer /> }
    };
    let settle = may_settle.then(|| {
        let promise = promise.clone();
        view! { <Settle promise /> }
    });
    let other = |title: &'static str, other: Option<PromiseId>| {
        other.map(|other| view! { <ListRow title href=promise_address(other) lead=|| view! { <Icon glyph=Glyph::HeartHandshake /> } /> })
    };
    let agreed = other("What was agreed instead", promise.course.agreed.as_ref().map(|agreed| agreed.promise));
    let instead_of = other("What was promised first", promise.course.instead_of);
    let keeping = match &promise.course.answer {
        _ if promise.keeper == promise.maker => None,
        KeeperAnswer::Unsaid if !is_open => None,
        KeeperAnswer::Unsaid => Some("Has not said yet whether it can be done"),
        KeeperAnswer::Can => Some("Says that it can be done"),
        KeeperAnswer::Cannot { .. } => Some("Says that it cannot be done so"),
    };
    // Whoever keeps a promise for a colleague may not hold the customer.
    let is_here = phone.replica().with_untracked(|replica| replica.customers.contains_key(&promise.customer));
    let told_for = (!is_here).then(|| customer.clone());
    view! {
        <Card title=promise.what.clone() trailing=badge>
            {(state != PromiseState::Open).then(|| view! { <p>{state_meaning(state)}</p> })}
            <dl class="terms">
                <dt>"Due"</dt>
                <dd>{when}</dd>
                <dt>"Promised by"</dt>
                <dd>{you(maker)}</dd>
                <dt>"Kept by"</dt>
                <dd>{you(keeper)} {keeping.map(|words| view! { <p class="aside">{words}</p> })}</dd>
                {told_for.map(|customer| view! { <dt>"Promised to"</dt> <dd>{customer}</dd> })}
                {evidence.map(|evidence| view! { <dt>"How they will know"</dt> <dd>{evidence}</dd> })}
            </dl>
        </Card>
        {confirm}
        {reassign}
        {otherwise}
        {sides}
        {report}
        <Photos subject=PhotoSubject::Promise(id) customer=at />
        {settle}
        {add}
        {(is_here || agreed.is_some() || instead_of.is_some()).then(|| view! {
            <List title="It belongs to">
                {is_here.then(|| view! {
                    <ListRow title=customer href=customer::address(promise.customer) lead=|| view! { <Icon glyph=Glyph::Building2 /> } />
                    {meeting}
                })}
                {agreed}
                {instead_of}
            </List>
        })}
    }
}
