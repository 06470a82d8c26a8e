use super::colleagues::colleagues;
use crate::{
    promise::Promise,
    sync::{NotSaved, Phone, Saving, offer_undo, protocol::Mutation},
    ui::{Banner, BannerTone, Button, ButtonVariant, Glyph, SelectField, Sheet, Toaster},
};
use leptos::prelude::*;
use std::sync::Arc;

/// Lets the maker of an open promise give it to somebody else; says first where its keeper cannot do it.
#[component]
pub(super) fn Reassign(
    /// The promise.
    promise: Arc<Promise>,
    /// Who keeps it, by name, where that is a colleague.
    keeper: Option<String>,
) -> impl IntoView {
    let (phone, saving, toaster) = (Phone::get(), Saving::new(), Toaster::expect());
    let open = RwSignal::new(false);
    let (id, before, me) = (promise.id, promise.keeper, phone.me());
    let chosen = RwSignal::new(Some(before).filter(|before| *before != me));
    let hand = move |_| {
        let keeper = chosen.get_untracked().unwrap_or(me);
        open.set(false);
        if keeper != before {
            let undo = vec![Mutation::HandPromise { id, keeper: before }];
            let name = phone.replica().with_untracked(|replica| replica.member_name(keeper));
            let words = if keeper == me { "You keep it yourself.".to_owned() } else { format!("{name} is asked whether it can be done.") };
            saving.run(vec![Mutation::HandPromise { id, keeper }], move || offer_undo(phone, toaster, words, undo));
        }
    };
    let why = promise.why_not().map(str::to_owned).zip(keeper).map(|(why, keeper)| {
        view! {
            <Banner tone=BannerTone::Attention>
                <p>{format!("{keeper} cannot keep it as it was promised:")}</p>
                <blockquote class="clash-text">{why}</blockquote>
                <p>"Give it to somebody else, or agree with the customer on something else. Until then it counts as yours."</p>
            </Banner>
        }
    });
    view! {
        {why}
        <NotSaved saving />
        <Button variant=ButtonVariant::Plain icon=Glyph::UsersRound on_click=move |_| open.set(true)>
            "Somebody else keeps it"
        </Button>
        <Sheet open title="Who keeps it?">
            <SelectField name="keeper" label="Who keeps it" options=colleagues(phone) value=chosen none="You" />
            <div class="sheet-action">
                <Button variant=ButtonVariant::Primary full=true on_click=hand>
                    "Save"
                </Button>
            </div>
        </Sheet>
    }
}
