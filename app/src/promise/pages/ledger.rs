use super::promise_address;
use crate::{
    day::Day,
    promise::{Ledger, PromiseLine, PromiseState, Promises, promises_in, promises_that, state_words},
    route::replacing,
    sync::Phone,
    time::words,
    ui::{Badge, BadgeTone, Choice, ChoiceChips, Disclosure, EmptyState, Glyph, Icon, List, ListRow},
};
use chrono::NaiveDate;
use leptos::{children::ViewFn, prelude::*};
use leptos_router::{
    NavigateOptions,
    hooks::{use_location, use_navigate, use_query_map},
};

/// Promises by where they stand: what is to be done first, and the others a tap away, however long ago.
#[component]
pub(super) fn LedgerList(
    /// Whose.
    ledger: Ledger,
    /// What is said where none is open.
    #[prop(into)]
    nothing_open: ViewFn,
) -> impl IntoView {
    let (phone, today) = (Phone::get(), Day::today());
    let state = shown_state();
    let promises = phone.derive(move |replica| promises_in(replica, ledger, phone.me(), today.get()));
    let others = phone.derive(move |replica| match state.get() {
        None | Some(PromiseState::Open) => Vec::new(),
        Some(state) => promises_that(replica, ledger, state, phone.me()),
    });
    let choices = PromiseState::ALL.map(|state| Choice::new(state, state_words(state))).to_vec();
    let listed = move || match state.get() {
        None | Some(PromiseState::Open) => {
            view! { <Open promises=promises.get() today=today.get() nothing_open=nothing_open.clone() /> }.into_any()
        }
        Some(_) if others.with(Vec::is_empty) => view! { <p class="aside">"None went that way."</p> }.into_any(),
        Some(_) => view! { <List>{rows(others.get(), today.get())}</List> }.into_any(),
    };
    view! {
        <ChoiceChips name="state" legend="Show" options=choices value=state />
        {listed}
    }
}

/// Which are shown: kept in the address, so that the way back leads to the same.
fn shown_state() -> RwSignal<Option<PromiseState>> {
    let asked = use_query_map().with_untracked(|query| query.get("state"));
    let asked = PromiseState::ALL.into_iter().find(|state| Some(state.key()) == asked.as_deref());
    let state = RwSignal::new(Some(asked.unwrap_or_default()));
    let (path, navigate) = (use_location().pathname.get_untracked(), use_navigate());
    Effect::new(move |before: Option<PromiseState>| {
        let now = state.get().unwrap_or_default();
        if before.is_some_and(|before| before != now) {
            navigate(&format!("{path}?state={}", now.key()), NavigateOptions { scroll: false, ..replacing() });
        }
        now
    });
    state
}

#[component]
fn Open(promises: Promises, today: NaiveDate, nothing_open: ViewFn) -> impl IntoView {
    let list =
        |title: &'static str, lines: Vec<PromiseLine>| (!lines.is_empty()).then(|| view! { <List title>{rows(lines, today)}</List> });
    let is_empty = promises.to_keep() == 0;
    let Promises { to_confirm, overdue, open, settled } = promises;
    view! {
        {is_empty.then(|| nothing_open.run())}
        {list("Can you keep these?", to_confirm)}
        {list("Their day has passed", overdue)}
        {list("Open", open)}
        {(!settled.is_empty()).then(|| view! {
            <Disclosure title="Settled" detail="The last 90 days"><List>{rows(settled, today)}</List></Disclosure>
        })}
    }
}

fn rows(lines: Vec<PromiseLine>, today: NaiveDate) -> impl IntoView {
    lines.into_iter().map(|line| view! { <Row line today /> }).collect_view()
}

#[component]
fn Row(line: PromiseLine, today: NaiveDate) -> impl IntoView {
    let PromiseLine { promise, customer, keeper, maker } = line;
    let (state, overdue) = (promise.state, promise.is_overdue(today));
    let keeping = match (&keeper, promise.why_not(), promise.awaits_keeper()) {
        (Some(keeper), Some(_), _) => Some(format!("{keeper} cannot keep it")),
        (Some(keeper), None, true) => Some(format!("kept by {keeper}, who has not said yet")),
        (Some(keeper), None, false) => Some(format!("kept by {keeper}")),
        (None, ..) => None,
    };
    let maker = maker.filter(|_| keeper.is_none()).map(|maker| format!("promised by {maker}"));
    let detail = [Some(customer), keeping, maker].into_iter().flatten().collect::<Vec<_>>().join(" · ");
    let due = words::capitalised(&words::day(promise.due, today));
    let wants_maker = promise.why_not().is_some();
    let (attention, words) = match state {
        PromiseState::Open if wants_maker => (Some(Glyph::CircleAlert), due),
        PromiseState::Open if overdue => (Some(Glyph::Clock), due),
        PromiseState::Open => (None, due),
        settled => (None, state_words(settled).to_owned()),
    };
    view! {
        <ListRow
            title=promise.what.clone()
            detail
            href=promise_address(promise.id)
            lead=|| view! { <Icon glyph=Glyph::HeartHandshake /> }
        >
            {day_badge(attention, words)}
        </ListRow>
    }
}

/// By when, or how it went: below the words on every row, however long they are. Beside them it would stand now here, now there. What wants
/// attention says so by a mark.
pub(super) fn day_badge(attention: Option<Glyph>, words: String) -> impl IntoView {
    let badge = match attention {
        Some(icon) => view! { <Badge tone=BadgeTone::Attention icon>{words}</Badge> }.into_any(),
        None => view! { <Badge>{words}</Badge> }.into_any(),
    };
    view! { <span class="badges">{badge}</span> }
}

/// Where nothing is open at a customer, or of a rep.
#[component]
pub(super) fn NoneOpen(
    /// What follows from it.
    #[prop(into)]
    words: String,
) -> impl IntoView {
    view! {
        <EmptyState glyph=Glyph::HeartHandshake title="No open promises">{words}</EmptyState>
    }
}
