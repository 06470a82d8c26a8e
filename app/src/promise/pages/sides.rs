use crate::{
    promise::{Promise, PromiseState, both_sides_words, customers_side, customers_words, state_words},
    sync::Phone,
    ui::{ButtonLink, ButtonVariant, Card},
};
use leptos::prelude::*;
use std::sync::Arc;

/// How it went as we see it and as the customer sees it, side by side, once either has said.
#[component]
pub(super) fn BothSides(
    /// The promise.
    promise: Arc<Promise>,
    /// The customer, by name.
    customer: String,
) -> impl IntoView {
    let phone = Phone::get();
    let (id, ours, maker) = (promise.id, promise.state, promise.maker);
    let theirs = phone.derive(move |replica| customers_side(replica, id));
    let said = move |customer: String| {
        let theirs = theirs.get();
        let rating = theirs.map(|side| match maker == phone.me() {
            true => format!("/app/feedback/ratings/{}", side.rating),
            false => format!("/app/team/ratings/{}", side.rating),
        });
        view! {
            <dl class="both-sides">
                <div>
                    <dt>"As we see it"</dt>
                    <dd>{state_words(ours)}</dd>
                </div>
                <div>
                    <dt>{format!("As {customer} sees it")}</dt>
                    <dd>{theirs.map_or("Not asked, or not told yet", |side| customers_words(side.answer))}</dd>
                </div>
            </dl>
            {both_sides_words(ours, theirs.map(|side| side.answer)).map(|words| view! { <p>{words}</p> })}
            {rating.map(|href| view! { <ButtonLink href variant=ButtonVariant::Plain>"See the rating"</ButtonLink> })}
        }
    };
    move || {
        (ours != PromiseState::Open || theirs.get().is_some()).then(|| {
            let said = said(customer.clone());
            view! { <Card title="How it went">{said}</Card> }
        })
    }
}
