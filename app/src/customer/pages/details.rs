use crate::{
    customer::{Attention, Customer, attention_words, business_words, standing_badge, standing_of, standing_sentence, why_in_touch},
    day::Day,
    id::MemberId,
    sync::{Phone, Replica},
    ui::{Badge, BadgeTone, Disclosure, Glyph, Icon, IconSize},
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
    let standing = phone.derive(move |replica| standing_of(replica, &customer.get(), today.get()));
    let why = phone.derive(move |replica| why_in_touch(replica, &customer.get(), phone.me(), today.get()));
    let owners = phone.derive(move |replica| owners(replica, &customer.get(), phone.me()));
    let place = move || customer.with(|customer| customer.place.clone());
    let business = move || customer.with(|customer| business_words(customer));
    let badge = move || {
        let (standing, today) = (standing.get(), today.get());
        let (icon, tone) = attention_mark(standing.attention);
        let words = standing_badge(&standing, today).unwrap_or_else(|| attention_words(standing.attention).to_owned());
        view! { <Badge tone icon>{words}</Badge> }
    };
    let reasons = move || why.get().into_iter().map(|line| view! { <p>{line}</p> }).collect_view();
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
            <Disclosure title="Why is that?" detail="Last contact, window, whose rule it is">
                <div class="reasons">{reasons}</div>
            </Disclosure>
        </div>
    }
}

/// The shape and colour that go with the words of a standing.
pub fn attention_mark(attention: Attention) -> (Glyph, BadgeTone) {
    match attention {
        Attention::OnTrack => (Glyph::CircleCheck, BadgeTone::Plain),
        Attention::Due => (Glyph::Clock, BadgeTone::Attention),
        Attention::Overdue => (Glyph::CircleAlert, BadgeTone::Attention),
    }
}

/// Who looks after it: 'You look after it, with Bo'.
fn owners(replica: &Replica, customer: &Customer, me: MemberId) -> String {
    let owner = match customer.owner == me {
        true => "You look after it".to_owned(),
        false => format!("{} looks after it", replica.member_name(customer.owner)),
    };
    let name = |member: &MemberId| if *member == me { "you" } else { replica.member_name_or(*member, "a colleague") };
    let with: Vec<&str> = customer.co_owners.iter().map(name).collect();
    if with.is_empty() { owner } else { format!("{owner}, with {}", with.join(", ")) }
}
