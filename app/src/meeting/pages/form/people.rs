use super::Fields;
use crate::{
    browser::{document, random},
    customer::{Contact, OneOfThese, contacts_of, likely_people},
    id::{ContactId, MemberId},
    sync::Phone,
    text::alphabetical,
    ui::{Avatar, Button, CheckChips, Choice, Glyph, ListAction, SelectField, TextField},
};
use leptos::prelude::*;
use std::sync::Arc;

/// Up to so many colleagues are chips; more are chosen from a list.
const CHIPS_MAX: usize = 8;

/// Everybody at the customer chosen, those just added too.
pub fn people_there(phone: Phone, fields: Fields) -> Memo<Vec<Choice<ContactId>>> {
    phone.derive(move |replica| {
        let known = fields.customer.get().map(|customer| contacts_of(replica, customer)).unwrap_or_default();
        let known = known.iter().map(|contact| Choice::new(contact.id, contact.name.clone()));
        let new = fields.new_contacts.get();
        known.chain(new.iter().map(|contact| Choice::new(contact.id, contact.name.clone()))).collect()
    })
}

/// Who of the customer was there; somebody new on the spot.
#[component]
pub fn Contacts(
    /// The form.
    fields: Fields,
) -> impl IntoView {
    let phone = Phone::get();
    let name = RwSignal::new(String::new());
    let contacts = people_there(phone, fields);
    let add = move |_| {
        let typed = name.get_untracked().trim().to_owned();
        let (Some(customer), false) = (fields.customer.get_untracked(), typed.is_empty()) else { return };
        let id = ContactId(random::uuid());
        fields.new_contacts.update(|contacts| contacts.push(Contact::new(id, customer, typed)));
        fields.contacts.update(|contacts| contacts.push(id));
        name.set(String::new());
    };
    let likely = phone.derive(move |replica| {
        let known = fields.customer.get().map(|customer| contacts_of(replica, customer)).unwrap_or_default();
        let new: Vec<Arc<Contact>> = fields.new_contacts.with(|contacts| contacts.iter().cloned().map(Arc::new).collect());
        name.with(|name| likely_people(name, known.iter().chain(&new)))
    });
    let take = move |id: ContactId| {
        fields.contacts.update(|contacts| {
            if !contacts.contains(&id) {
                contacts.push(id);
            }
        });
        name.set(String::new());
        document::focus_soon("new-contact");
    };
    let row = move |contact: Arc<Contact>| {
        let (id, name) = (contact.id, contact.name.clone());
        view! {
            <ListAction
                title=contact.name.clone()
                detail=Some(contact.role.clone()).filter(|role| !role.is_empty())
                lead=move || view! { <Avatar name=name.clone() /> }
                on_click=move |_| take(id)
            />
        }
        .into_any()
    };
    view! {
        <div class="stack">
            <Show when=move || contacts.with(|contacts| !contacts.is_empty())>
                <CheckChips name="contacts" legend="Who was there?" options=contacts value=fields.contacts optional=true />
            </Show>
            <div class="field-and-button">
                <TextField
                    name="new-contact"
                    label="Add a person there"
                    value=name
                    placeholder="Name"
                    autocomplete="off"
                    max_length=200
                    error=fields.about("contact-name")
                />
                <Button icon=Glyph::UserPlus on_click=add>
                    "Add"
                </Button>
            </div>
            <OneOfThese likely row />
        </div>
    }
}

/// Who of ours was there too.
#[component]
pub fn Colleagues(
    /// The form.
    fields: Fields,
) -> impl IntoView {
    let phone = Phone::get();
    let colleagues = phone.derive(move |replica| {
        let mut members: Vec<_> = replica.members.values().filter(|member| member.active && member.id != phone.me()).collect();
        members.sort_by_cached_key(|member| (alphabetical(&member.name), member.id));
        members.iter().map(|member| Choice::new(member.id, member.name.clone())).collect::<Vec<_>>()
    });
    let picked = RwSignal::new(None::<MemberId>);
    Effect::new(move || {
        if let Some(member) = picked.get() {
            fields.colleagues.update(|colleagues| {
                if !colleagues.contains(&member) {
                    colleagues.push(member);
                }
            });
            picked.set(None);
        }
    });
    let many = Memo::new(move |_| colleagues.with(Vec::len) > CHIPS_MAX);
    let chips = Signal::derive(move || {
        let chosen = fields.colleagues.get();
        colleagues.get().into_iter().filter(|choice| !many.get() || chosen.contains(&choice.value)).collect::<Vec<_>>()
    });
    let others = Signal::derive(move || {
        let chosen = fields.colleagues.get();
        colleagues.get().into_iter().filter(|choice| !chosen.contains(&choice.value)).collect::<Vec<_>>()
    });
    view! {
        <Show when=move || chips.with(|chips| !chips.is_empty())>
            <CheckChips name="colleagues" legend="Colleagues who came along" options=chips value=fields.colleagues optional=true />
        </Show>
        <Show when=move || many.get()>
            <SelectField
                name="colleague"
                label="Add a colleague who came along"
                options=others
                value=picked
                none="Choose"
                optional=true
            />
        </Show>
    }
}
