use super::Choosing;
use crate::{
    customer::{Customer, CustomersFound, Tier},
    id::CustomerId,
    sync::{Phone, Replica},
    ui::{ButtonLink, EmptyState, Glyph},
};
use leptos::prelude::*;
use std::sync::Arc;

/// What was found, each to be chosen.
#[component]
pub(super) fn Found(found: CustomersFound, choosing: Choosing, filtered: bool) -> impl IntoView {
    let CustomersFound { customers, total } = found;
    if customers.is_empty() {
        return view! { <NoneFound filtered /> }.into_any();
    }
    let all: Vec<CustomerId> = customers.iter().map(|customer| customer.id).collect();
    let (count, chosen) = (all.len(), choosing.chosen);
    let title = match total {
        1 => "One customer".to_owned(),
        total if total > count => "The first ".to_owned() + &count.to_string() + " of " + &total.to_string() + " customers",
        total => total.to_string() + " customers",
    };
    let everything = Memo::new(move |_| chosen.with(Vec::len) == count);
    let choose_all = move |_| chosen.set(if everything.get_untracked() { Vec::new() } else { all.clone() });
    let replica = Phone::get().replica().get_untracked();
    let rows = customers.into_iter().map(|customer| view! { <Row detail=detail(&replica, &customer) customer chosen /> });
    view! {
        <section class="list">
            <h2 class="list-title" role="status">
                {title}
            </h2>
            <ul class="list-rows" role="list">
                <li>
                    <label class="list-row">
                        <span class="list-row-lead">
                            <input type="checkbox" class="tick" prop:checked=move || everything.get() on:change=choose_all />
                        </span>
                        <span class="list-row-title">"Choose all of them"</span>
                    </label>
                </li>
                {rows.collect_view()}
            </ul>
        </section>
    }
    .into_any()
}

#[component]
fn Row(customer: Customer, detail: String, chosen: RwSignal<Vec<CustomerId>>) -> impl IntoView {
    let id = customer.id;
    let is_chosen = move || chosen.with(|chosen| chosen.contains(&id));
    let turn = move |_| {
        chosen.update(|chosen| match chosen.iter().position(|other| *other == id) {
            Some(at) => drop(chosen.remove(at)),
            None => chosen.push(id),
        });
    };
    view! {
        <li>
            <label class="list-row">
                <span class="list-row-lead">
                    <input type="checkbox" class="tick" prop:checked=is_chosen on:change=turn />
                </span>
                <span class="list-row-words">
                    <span class="list-row-body">
                        <span class="list-row-title">{customer.name}</span>
                        <span class="list-row-detail">{detail}</span>
                    </span>
                </span>
            </label>
        </li>
    }
    .into_any()
}

/// Where it is, whose it is, how often it wants to be met: 'Utrecht · Fleur Jansen, with Daan de Boer · 30 days'.
fn detail(replica: &Arc<Replica>, customer: &Customer) -> String {
    let mut owners = replica.member_name(customer.owner);
    let with: Vec<String> = customer.co_owners.iter().map(|member| replica.member_name(*member)).collect();
    if !with.is_empty() {
        owners += ", with ";
        owners += &with.join(", ");
    }
    let place = Some(customer.place.clone()).filter(|place| !place.is_empty());
    let tier = (customer.tier != Tier::default()).then(|| customer.tier.label().to_owned());
    let window = customer.window_days.map(|days| days.to_string() + " days");
    let parts: Vec<String> = [place, Some(owners), tier, window].into_iter().flatten().collect();
    parts.join(" · ")
}

#[component]
fn NoneFound(filtered: bool) -> impl IntoView {
    let words = match filtered {
        true => "Nothing of theirs matches. Choose ‘Everybody’s’, or try fewer letters.",
        false => "Try fewer letters. Reps add customers themselves, and you can import them all from a file.",
    };
    view! {
        <EmptyState
            glyph=Glyph::Building2
            title="No customer found"
            action=|| view! { <ButtonLink href="/app/customers/import">"Import customers"</ButtonLink> }
        >
            {words}
        </EmptyState>
    }
    .into_any()
}
