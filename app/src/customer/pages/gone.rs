use crate::{
    id::CustomerId,
    route::param,
    sync::Phone,
    ui::{ButtonLink, EmptyState, Glyph, Leave, Page},
};
use leptos::prelude::*;

/// The customer in the address, or the one that stands for it.
pub fn customer_in_address() -> Option<CustomerId> {
    let standing = |id| Phone::get().replica().with_untracked(|replica| replica.standing_for(id));
    param::<CustomerId>("customer").map(standing)
}

/// The screen about the customer in the address, by id and name; where the phone does not hold it, [`CustomerGone`].
pub fn for_customer(screen: fn(CustomerId, String) -> AnyView) -> AnyView {
    let customer = customer_in_address();
    let name =
        customer.and_then(|id| Phone::get().replica().with_untracked(|replica| replica.customers.get(&id).map(|it| it.name.clone())));
    match customer.zip(name) {
        Some((customer, name)) => screen(customer, name),
        None => view! { <CustomerGone /> }.into_any(),
    }
}

/// In place of a screen about a customer whom the phone does not hold.
#[component]
pub fn CustomerGone() -> impl IntoView {
    view! {
        <Page title="Customer not found" leave=Leave::Back("/app/customers".to_owned())>
            <EmptyState
                glyph=Glyph::Building2
                title="This customer is not on your phone"
                action=|| view! { <ButtonLink href="/app/customers">"See your customers"</ButtonLink> }
            >
                "Perhaps a colleague looks after it now."
            </EmptyState>
        </Page>
    }
}
