use super::address;
use crate::{
    customer::contacts_of,
    id::CustomerId,
    sync::Phone,
    ui::{Avatar, ButtonLink, Glyph, List, ListRow},
};
use leptos::prelude::*;

/// Who is there.
#[component]
pub(super) fn People(
    /// At which customer.
    customer: CustomerId,
) -> impl IntoView {
    let phone = Phone::get();
    let contacts = phone.derive(move |replica| contacts_of(replica, customer));
    let rows = move || {
        let row = |contact: std::sync::Arc<crate::customer::Contact>| {
            let name = contact.name.clone();
            let reach =
                [contact.role.as_str(), contact.phone.as_str()].into_iter().filter(|it| !it.is_empty()).collect::<Vec<_>>().join(" · ");
            view! {
                <ListRow
                    title=contact.name.clone()
                    detail=(!reach.is_empty()).then_some(reach)
                    href=format!("/app/contacts/{}", contact.id)
                    lead=move || view! { <Avatar name=name.clone() /> }
                />
            }
        };
        contacts.get().into_iter().map(row).collect_view()
    };
    view! {
        <div class="stack" data-gap="small">
            <Show when=move || contacts.with(|contacts| !contacts.is_empty())>
                <List title="People">{rows}</List>
            </Show>
            <ButtonLink href=format!("{}/contacts/new", address(customer)) icon=Glyph::UserPlus>
                "Add a person"
            </ButtonLink>
        </div>
    }
}
