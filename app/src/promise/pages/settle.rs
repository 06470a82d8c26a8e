use super::change::ChangeTogether;
use crate::{
    browser::clock,
    promise::{Promise, PromiseState, state_meaning, state_words},
    route::replacing,
    sync::{NotSaved, Phone, Saving, offer_undo, protocol::Mutation},
    ui::{Button, ButtonVariant, Glyph, Toaster},
};
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;
use std::sync::Arc;

/// Says how a promise went, or that it was a mistake; either can be undone.
#[component]
pub(super) fn Settle(
    /// The promise.
    promise: Arc<Promise>,
) -> impl IntoView {
    let (phone, saving, toaster, navigate) = (Phone::get(), Saving::new(), Toaster::expect(), use_navigate());
    let (id, before) = (promise.id, promise.state);
    let undo = Mutation::SettlePromise { id, state: before, agreed: promise.course.agreed.clone(), at: None };
    let said = Callback::new(move |state: PromiseState| {
        let words = format!("{}. {}", state_words(state), state_meaning(state));
        offer_undo(phone, toaster, words, vec![undo.clone()]);
    });
    let changing = RwSignal::new(false);
    let settle = move |state: PromiseState| match state {
        PromiseState::Changed => changing.set(true),
        state => saving.run(vec![Mutation::SettlePromise { id, state, agreed: None, at: Some(clock::now()) }], move || said.run(state)),
    };
    let choice = move |(state, icon): (PromiseState, Glyph)| {
        view! { <Button icon on_click=move |_| settle(state)>{state_words(state)}</Button> }
    };
    let ways = [
        (PromiseState::Kept, Glyph::Check),
        (PromiseState::Late, Glyph::Clock),
        (PromiseState::Changed, Glyph::PenLine),
        (PromiseState::NotKept, Glyph::X),
    ];
    let is_open = before == PromiseState::Open;
    let question = if is_open { "How did it go?" } else { "It went otherwise?" };
    let ways: Vec<_> = ways.into_iter().filter(|(state, _)| *state != before).map(choice).collect();
    let may_take_back = is_open && promise.maker == phone.me();
    let take_back = move |_| {
        let navigate = navigate.clone();
        let again = vec![Mutation::DeletePromise { id }];
        saving.run(again, move || {
            toaster.say("Taken back.");
            navigate("/app/promises", replacing());
        });
    };
    view! {
        <section class="settle" aria-labelledby="settle">
            <h2 class="list-title" id="settle">{question}</h2>
            <div class="settle-ways">{ways}</div>
            <NotSaved saving />
            {may_take_back.then(|| view! {
                <Button variant=ButtonVariant::Plain icon=Glyph::Trash2 on_click=take_back>"It was a mistake: take it back"</Button>
            })}
        </section>
        <ChangeTogether promise open=changing saving done=Callback::new(move |()| said.run(PromiseState::Changed)) />
    }
}
