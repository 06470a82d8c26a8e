use super::address;
use crate::{
    customer::{Person, breadth, breadth_words, last_seen_words, people_at},
    day::Day,
    id::CustomerId,
    sync::Phone,
    ui::{Avatar, ButtonLink, Glyph, List, ListRow},
};
use leptos::prelude::*;

/// Who is there, when each was last seen, and how broad the relationship is.
#[component]
pub(super) fn People(
    /// At which customer.
    customer: CustomerId,
) -> impl IntoView {
    let (phone, today) = (Phone::get(), Day::today());
    let people = phone.derive(move |replica| people_at(replica, customer, today.get()));
    let breadth = phone.derive(move |replica| breadth_words(&breadth(replica, customer, today.get())));
    let row = move |Person { contact, last_seen }: Person| {
        let name = contact.name.clone();
        let seen = last_seen_words(last_seen, today.get_untracked());
        let detail = [contact.role.as_str(), &seen].into_iter().filter(|it| !it.is_empty()).collect::<Vec<_>>().join(" · ");
        view! {
            <ListRow
                title=contact.name.clone()
                detail=detail
                href=format!("/app/contacts/{}", contact.id)
                lead=move || view! { <Avatar name=name.clone() /> }
            />
        }
    };
    view! {
        <div class="stack" data-gap="small">
            <Show when=move || people.with(|people| !people.is_empty())>
                <List title="People">{move || people.get().into_iter().map(row).collect_view()}</List>
                <p class="aside">{breadth}</p>
            </Show>
            <ButtonLink href=format!("{}/contacts/new", address(customer)) icon=Glyph::UserPlus>
                "Add a person"
            </ButtonLink>
        </div>
    }
}
