use crate::{
    day::Day,
    reflection::{Action, ActionLine, ActionState, Moved, action_aim, action_state_words, moved_words, movement_of},
    survey::Component,
    sync::{NotSaved, Phone, Saving, offer_undo, protocol::Mutation},
    time::words::{self, capitalised},
    ui::{Badge, BadgeTone, Button, Glyph, Icon, Interval, ListRow, Toaster},
};
use leptos::prelude::*;

/// An action in a list: what, by when, what for; an open one is done or let go with a tap.
#[component]
pub fn ActionRow(
    /// The action.
    line: ActionLine,
) -> impl IntoView {
    let today = Day::today();
    let ActionLine { action, customer } = line;
    let Action { due, state, format, component, .. } = *action;
    let detail = move || {
        let when = match state {
            ActionState::Open => format!("By {}", words::day(due, today.get())),
            settled => action_state_words(settled).to_owned(),
        };
        [Some(when), customer.clone(), action_aim(format, component)].into_iter().flatten().collect::<Vec<_>>().join(" · ")
    };
    let overdue = move || {
        let late = state == ActionState::Open && due < today.get();
        late.then(|| view! { <span><Badge tone=BadgeTone::Attention>"Still on?"</Badge></span> })
    };
    let is_own = action.author == Phone::get().me();
    let id = action.id;
    let moved = Phone::get().derive({
        let action = action.clone();
        move |replica| action.component.zip(movement_of(replica, &action))
    });
    let settle = (state == ActionState::Open && is_own).then(|| view! { <Settle id /> });
    view! {
        <ListRow title=capitalised(&action.what) detail=Signal::derive(detail) lead=|| view! { <Icon glyph=Glyph::Sprout /> }>
            {move || moved.get().map(|(component, moved)| view! { <DidItMove component moved /> })}
            {overdue}
            {settle}
        </ListRow>
    }
}

/// The change as a dot on a bar, where nothing changed in its middle; and the same in words.
#[component]
fn DidItMove(component: Component, moved: Moved) -> impl IntoView {
    let words = moved_words(component, &moved);
    let drawn = match moved {
        Moved::TooEarly(_) => None,
        Moved::Told(change, _) => {
            let at = |points: f64| 50.0 + points;
            // Those who listen hear the whole sentence with the drawing, once.
            Some(view! {
                <Interval estimate=at(change.by) low=at(change.low) high=at(change.high) before=50.0 words=words.clone() />
            })
        }
    };
    let hidden = drawn.is_some().then_some("true");
    view! {
        {drawn}
        <span class="list-row-detail" aria-hidden=hidden>{words}</span>
    }
}

#[component]
fn Settle(id: crate::id::ActionId) -> impl IntoView {
    let (phone, saving, toaster) = (Phone::get(), Saving::new(), Toaster::expect());
    let settle = move |state: ActionState, words: &'static str| {
        let undo = vec![Mutation::SettleAction { id, state: ActionState::Open }];
        saving.run(vec![Mutation::SettleAction { id, state }], move || offer_undo(phone, toaster, words, undo));
    };
    view! {
        <div class="button-row">
            <Button icon=Glyph::Check on_click=move |_| settle(ActionState::Done, "Done. Well done.")>"Done"</Button>
            <Button on_click=move |_| settle(ActionState::Dropped, "Let go.")>"Let go"</Button>
        </div>
        <NotSaved saving />
    }
}
