use super::address;
use crate::{
    customer::{Contact, Customer, likely_duplicates, likely_people},
    id::{ContactId, CustomerId},
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
    let row = |customer: Arc<Customer>| {
        let name = customer.name.clone();
        view! {
            <ListRow
                title=customer.name.clone()
                detail=Some(customer.place.clone()).filter(|place| !place.is_empty())
                href=address(customer.id)
                lead=move || view! { <Avatar name=name.clone() kind=AvatarKind::Company /> }
            />
        }
        .into_any()
    };
    view! { <OneOfThese likely row /> }
}

/// People at a customer whom the name being typed may mean already: whoever is there twice is asked twice.
#[component]
pub(super) fn DuplicatePeople(
    /// At which customer.
    customer: CustomerId,
    /// The name as typed.
    name: RwSignal<String>,
    /// The person being added or changed, who is no duplicate of oneself.
    except: ContactId,
) -> impl IntoView {
    let likely = Phone::get().derive(move |replica| {
        let there = replica.contacts.at(customer).iter().filter(|contact| contact.id != except);
        name.with(|name| likely_people(name, there))
    });
    let row = |contact: Arc<Contact>| {
        let name = contact.name.clone();
        view! {
            <ListRow
                title=contact.name.clone()
                detail=Some(contact.role.clone()).filter(|role| !role.is_empty())
                href=format!("/app/contacts/{}", contact.id)
                lead=move || view! { <Avatar name=name.clone() /> }
            />
        }
        .into_any()
    };
    view! { <OneOfThese likely row /> }
}

/// What a name being typed may mean already, each to be taken instead.
#[component]
pub fn OneOfThese<T: Send + Sync + 'static>(
    /// What it may mean.
    likely: Memo<Vec<Arc<T>>>,
    /// How one is shown, in a row.
    row: impl Fn(Arc<T>) -> AnyView + Copy + Send + Sync + 'static,
) -> impl IntoView {
    view! {
        // Read out when it appears, without taking the focus from the field.
        <div role="status">
            <Show when=move || likely.with(|likely| !likely.is_empty())>
                <Banner tone=BannerTone::Attention icon=Glyph::Copy>
                    <div class="stack" data-gap="small">
                        <p>"Is it one of these?"</p>
                        <ul class="list-rows" role="list">
                            {move || likely.get().into_iter().map(row).collect_view()}
                        </ul>
                    </div>
                </Banner>
            </Show>
        </div>
    }
}
