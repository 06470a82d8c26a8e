use super::{ask_again::AskThemAgain, step::StepForm};
use crate::{
    browser::clock,
    customer,
    day::Day,
    id::RecoveryCaseId,
    meeting::TouchButtons,
    promise::promise_address,
    recovery::{CaseLine, Cause, Outcome, RecoveryCase, Step, case_line, cause_words, clock_words, outcome_words, step_words},
    route::{param, replacing},
    sync::{NotSaved, Phone, Saving, offer_undo, protocol::Mutation},
    time::words,
    ui::{Badge, BadgeTone, Button, ButtonVariant, Card, Glyph, Icon, Leave, List, ListRow, Page, Toaster},
};
use leptos::{either::Either, prelude::*};
use leptos_router::hooks::use_navigate;
use std::sync::Arc;

/// One case: what happened, how soon somebody was in touch, what was done, what came of it.
#[component]
pub(super) fn ShowCase() -> impl IntoView {
    let phone = Phone::get();
    let id = param::<RecoveryCaseId>("case");
    let shown =
        phone.derive(move |replica| id.and_then(|id| replica.recovery_cases.get(&id)).map(|case| case_line(replica, case, phone.me())));
    view! {
        <Page title="Make it right" leave=Leave::Back("/app/recovery".to_owned())>
            {move || match shown.get() {
                Some(line) => Either::Left(view! { <Shown line /> }),
                None => Either::Right(view! { <p>"This is not on your phone. Perhaps it was taken back, or the promise was kept after all."</p> }),
            }}
        </Page>
    }
}

#[component]
fn Shown(line: CaseLine) -> impl IntoView {
    let (phone, today) = (Phone::get(), Day::today());
    let CaseLine { case, customer, rep, promised, first_contact, outcome } = line;
    let (own, is_open) = (case.rep == phone.me(), case.is_open());
    let opened = words::moment(case.opened_at, clock::offset_minutes(), today.get_untracked());
    let about = if case.what.is_empty() { cause_words(case.cause).to_owned() } else { case.what.clone() };
    let tone = if outcome == Outcome::Succeeded { BadgeTone::Accent } else { BadgeTone::Plain };
    let badge = move || view! { <Badge tone>{outcome_words(outcome)}</Badge> };
    let clock = clock_words(case.opened_at, first_contact, clock::now());
    let called = (own && is_open && first_contact.is_none()).then(|| view! { <TouchButtons customer=case.customer /> });
    let steps = if own && is_open {
        Step::ALL.into_iter().map(|step| view! { <StepForm case=case.clone() step /> }.into_any()).collect_view().into_any()
    } else {
        view! { <StepsTaken case=case.clone() /> }.into_any()
    };
    let again = (own && outcome != Outcome::Succeeded).then(|| view! { <AskThemAgain case=case.clone() /> });
    let cause = match case.cause {
        Cause::NotKept(promise) | Cause::SaidNotKept(promise) => {
            promised.map(|what| (what, promise_address(promise), Glyph::HeartHandshake))
        }
        Cause::Rating(rating) => {
            let held = phone.replica().with_untracked(|replica| replica.ratings.contains_key(&rating));
            let below = if own { "/app/feedback/ratings" } else { "/app/team/ratings" };
            held.then(|| ("The rating".to_owned(), format!("{below}/{rating}"), Glyph::MessageCircleHeart))
        }
        Cause::ByHand => None,
    };
    let cause = cause.map(|(title, href, glyph)| view! { <ListRow title href lead=move || view! { <Icon glyph /> } /> });
    view! {
        <Card title=about trailing=badge>
            <dl class="terms">
                <dt>"Since"</dt>
                <dd>{words::capitalised(&opened)}</dd>
                <dt>"In touch"</dt>
                <dd>{clock}</dd>
                {rep.map(|rep| view! { <dt>"Makes it right"</dt> <dd>{rep}</dd> })}
            </dl>
        </Card>
        {called}
        {steps}
        {own.then(|| view! { <Ending case=case.clone() /> })}
        {again}
        <List title="It belongs to">
            <ListRow title=customer href=customer::address(case.customer) lead=|| view! { <Icon glyph=Glyph::Building2 /> } />
            {cause}
        </List>
    }
}

/// What was done, to be read.
#[component]
fn StepsTaken(case: Arc<RecoveryCase>) -> impl IntoView {
    let taken: Vec<_> = case.steps.iter().map(|(step, taken)| (step_words(*step), taken.text.clone())).collect();
    let none = taken.is_empty().then(|| view! { <p class="aside">"Nothing is written down yet."</p> });
    let rows = taken.into_iter().map(|(step, text)| view! { <dt>{step}</dt> <dd>{text}</dd> }).collect_view();
    view! { <Card title="What was done">{none}<dl class="terms">{rows}</dl></Card> }
}

/// Closes a case, opens it again, or takes back one that was a mistake.
#[component]
fn Ending(case: Arc<RecoveryCase>) -> impl IntoView {
    let (phone, saving, toaster, navigate) = (Phone::get(), Saving::new(), Toaster::expect(), use_navigate());
    let id = case.id;
    let close = move |_| {
        let undo = vec![Mutation::ReopenRecovery { id }];
        let words = "Closed. Ask them again to see whether it is right.";
        saving.run(vec![Mutation::CloseRecovery { id, at: clock::now() }], move || offer_undo(phone, toaster, words, undo));
    };
    let reopen = move |_| saving.run(vec![Mutation::ReopenRecovery { id }], move || toaster.say("Open again."));
    let take_back = move |_| {
        let navigate = navigate.clone();
        saving.run(vec![Mutation::DeleteRecovery { id }], move || {
            toaster.say("Taken back.");
            navigate("/app/recovery", replacing());
        });
    };
    let may_close = case.is_open() && !case.steps.is_empty();
    view! {
        <NotSaved saving />
        {may_close.then(|| view! { <Button variant=ButtonVariant::Primary icon=Glyph::Check full=true on_click=close>"We are done: close it"</Button> })}
        {(!case.is_open()).then(|| view! { <Button variant=ButtonVariant::Plain icon=Glyph::Undo2 on_click=reopen>"Open it again"</Button> })}
        {case.may_take_back(phone.me()).then(|| view! {
            <Button variant=ButtonVariant::Plain icon=Glyph::Trash2 on_click=take_back>"It was a mistake: take it back"</Button>
        })}
    }
}
