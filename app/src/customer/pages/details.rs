use crate::{
    customer::{Attention, Customer, business_words, last_contacts, standing, standing_badge, standing_sentence},
    day::Day,
    id::MemberId,
    sync::{Phone, Replica},
    ui::{Badge, BadgeTone, Glyph, Icon, IconSize},
};
use leptos::prelude::*;
use std::sync::Arc;

/// Where a customer is, who looks after it, and how it stands against its window.
#[component]
pub(super) fn Details(
    /// The customer.
    customer: Signal<Arc<Customer>>,
) -> impl IntoView {
    let phone = Phone::get();
    let today = Day::today();
    let standing = phone.derive(move |replica| {
        let customer = customer.get();
        let last = last_contacts(replica, today.get()).get(&customer.id).copied();
        standing(&customer, last, replica.rules().window_days, today.get())
    });
    let owners = phone.derive(move |replica| owners(replica, &customer.get(), phone.me()));
    let place = move || customer.with(|customer| customer.place.clone());
    let business = move || customer.with(|customer| business_words(customer));
    let badge = move || {
        let (standing, today) = (standing.get(), today.get());
        let icon = if standing.attention == Attention::Overdue { Glyph::CircleAlert } else { Glyph::Clock };
        standing_badge(&standing, today).map(|words| view! { <Badge tone=BadgeTone::Attention icon=icon>{words}</Badge> })
    };
    view! {
        <div class="facts">
            <Show when=move || customer.with(|customer| customer.archived)>
                <p>
                    <Badge icon=Glyph::Archive>"Archived"</Badge>
                </p>
            </Show>
            <Show when=move || !place().is_empty()>
                <p class="fact">
                    <Icon glyph=Glyph::MapPin size=IconSize::Small />
                    {place}
                </p>
            </Show>
            <Show when=move || !business().is_empty()>
                <p class="fact">
                    <Icon glyph=Glyph::Building2 size=IconSize::Small />
                    {business}
                </p>
            </Show>
            <p class="fact">
                <Icon glyph=Glyph::User size=IconSize::Small />
                {owners}
            </p>
            <p class="fact">
                <Icon glyph=Glyph::Clock size=IconSize::Small />
                {move || standing_sentence(&standing.get(), today.get())}
            </p>
            {badge}
        </div>
    }
}

/// Who looks after it: 'You look after it, with Bo'.
fn owners(replica: &Replica, customer: &Customer, me: MemberId) -> String {
    let name = |member: &MemberId| replica.members.get(member).map_or("a colleague".to_owned(), |member| member.name.clone());
    let owner = if customer.owner == me { "You look after it".to_owned() } else { format!("{} looks after it", name(&customer.owner)) };
    let with: Vec<String> = customer.co_owners.iter().map(|member| if *member == me { "you".to_owned() } else { name(member) }).collect();
    if with.is_empty() { owner } else { format!("{owner}, with {}", with.join(", ")) }
}
