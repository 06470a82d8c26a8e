use crate::{
    browser::{clock, random},
    id::{CustomerId, TouchId},
    meeting::{Touch, TouchKind, touch_words},
    sync::{NotSaved, Phone, Saving, offer_undo, protocol::Mutation},
    ui::{Button, Glyph, Toaster},
};
use leptos::prelude::*;

/// Notes a call, a message or a drop-in with one tap.
#[component]
pub fn TouchButtons(
    /// With which customer.
    customer: CustomerId,
    /// What follows, such as closing the sheet around.
    #[prop(optional, into)]
    done: Option<Callback<()>>,
) -> impl IntoView {
    let (phone, saving, toaster) = (Phone::get(), Saving::new(), Toaster::expect());
    let note = move |kind: TouchKind| {
        let touch = Touch {
            id: TouchId(random::uuid()),
            customer,
            rep: phone.me(),
            kind,
            at: clock::now(),
            offset_minutes: clock::offset_minutes(),
            note: String::new(),
        };
        let undo = vec![Mutation::DeleteTouch { id: touch.id }];
        saving.run(vec![Mutation::RecordTouch { touch }], move || {
            offer_undo(phone, toaster, format!("{} noted.", touch_words(kind)), undo);
            if let Some(done) = done {
                done.run(());
            }
        });
    };
    let button = move |(kind, icon): (TouchKind, Glyph)| {
        view! { <Button icon=icon on_click=move |_| note(kind)>{touch_words(kind)}</Button> }
    };
    let kinds = [(TouchKind::Call, Glyph::Phone), (TouchKind::Message, Glyph::MessageSquare), (TouchKind::DropIn, Glyph::House)];
    view! {
        <section class="touch" aria-label="Note a short contact">
            <p class="list-title">"In touch just now?"</p>
            <div class="touch-buttons">{kinds.map(button).collect_view()}</div>
            <NotSaved saving />
        </section>
    }
}
