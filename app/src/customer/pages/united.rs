use crate::{
    browser::clock,
    customer::{Customer, united_words},
    day::Day,
    id::CustomerId,
    sync::{NotSaved, Phone, Saving, offer_undo, protocol::Mutation},
    ui::{Button, ButtonVariant, Glyph, Icon, IconSize, Toaster},
};
use leptos::prelude::*;
use std::sync::Arc;

/// With whom a customer is one, who said so and when, and the way back; the last that came is the first to go.
#[component]
pub(super) fn UnitedWith(
    /// The customer that stands for them.
    customer: CustomerId,
) -> impl IntoView {
    let (phone, today, saving, toaster) = (Phone::get(), Day::today(), Saving::new(), Toaster::expect());
    let lines = phone.derive(move |replica| {
        let others = replica.one_with(customer);
        let words = |it: &Arc<Customer>| united_words(replica, it, phone.me(), today.get(), clock::offset_minutes());
        others.iter().filter_map(|it| Some((it.id, words(it)?))).collect::<Vec<_>>()
    });
    let take_apart = move |id: CustomerId| {
        let undo = vec![Mutation::UniteCustomers { id, into: customer }];
        saving.run(vec![Mutation::TakeApart { id, into: customer }], move || {
            offer_undo(phone, toaster, "They are two customers again.", undo);
        });
    };
    let rows = move || {
        let last = lines.with(Vec::len).saturating_sub(1);
        let row = move |(n, (id, words)): (usize, (CustomerId, String))| {
            let apart = (n == last).then(|| {
                view! {
                    <Button variant=ButtonVariant::Plain on_click=move |_| take_apart(id)>
                        "Take apart"
                    </Button>
                }
            });
            view! {
                <div class="united">
                    <p class="fact">
                        <Icon glyph=Glyph::Copy size=IconSize::Small />
                        {words}
                    </p>
                    {apart}
                </div>
            }
        };
        lines.get().into_iter().enumerate().map(row).collect_view()
    };
    view! {
        {rows}
        <NotSaved saving />
    }
}
