use super::address;
use crate::{
    customer::likely_duplicates,
    id::CustomerId,
    sync::Phone,
    ui::{Avatar, AvatarKind, Banner, BannerTone, Glyph, ListRow},
};
use leptos::prelude::*;
use std::sync::Arc;

/// Customers that the name being typed may mean already.
#[component]
pub(super) fn Duplicates(
    /// The name as typed.
    name: RwSignal<String>,
    /// The customer being changed, which is no duplicate of itself.
    #[prop(optional)]
    except: Option<CustomerId>,
) -> impl IntoView {
    let phone = Phone::get();
    let likely = phone.derive(move |replica| {
        let likely = name.with(|name| {
            let all = replica.customers.values().map(Arc::as_ref).filter(|customer| Some(customer.id) != except);
            likely_duplicates(name, all).into_iter().map(|customer| customer.id).collect::<Vec<_>>()
        });
        likely.iter().map(|id| replica.customers[id].clone()).collect::<Vec<_>>()
    });
    let rows = move || {
        let row = |customer: Arc<crate::customer::Customer>| {
            let name = customer.name.clone();
            view! {
                <ListRow
                    title=customer.name.clone()
                    detail=Some(customer.place.clone()).filter(|place| !place.is_empty())
                    href=address(customer.id)
                    lead=move || view! { <Avatar name=name.clone() kind=AvatarKind::Company /> }
                />
            }
        };
        likely.get().into_iter().map(row).collect_view()
    };
    view! {
        // Read out when it appears, without taking the focus from the field.
        <div role="status">
            <Show when=move || likely.with(|likely| !likely.is_empty())>
                <Banner tone=BannerTone::Attention icon=Glyph::Copy>
                    <p>"Is it one of these?"</p>
                    <ul class="list-rows" role="list">
                        {rows}
                    </ul>
                </Banner>
            </Show>
        </div>
    }
}
