mod form;

use super::address;
use crate::{
    browser::{clock, random},
    customer::{Contact, ContactDraft, ContactEdit, clashes_of_contact},
    day::Day,
    id::ContactId,
    route::{param, replacing},
    sync::{Clashes, Phone, Saving, merge::Reader, offer_undo, protocol::Mutation},
    ui::{Button, Glyph, Leave, Page, PageKind, Toaster},
};
use form::ContactForm;
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;
use std::sync::Arc;

/// Adds somebody at a customer.
#[component]
pub(super) fn NewContact() -> impl IntoView {
    let customer = super::customer_in_address();
    customer.map(|customer| {
        let id = ContactId(random::uuid());
        let create = move |draft: ContactDraft| Ok(vec![Mutation::CreateContact { contact: draft.contact(id, customer)? }]);
        view! {
            <Page title="Add a person" leave=Leave::Close(address(customer)) kind=PageKind::Form>
                <ContactForm id customer key=format!("contact/customer/{customer}") untouched=ContactDraft::default() save=create />
            </Page>
        }
    })
}

/// Changes what is known about a contact, or archives it.
#[component]
pub(super) fn EditContact() -> impl IntoView {
    let phone = Phone::get();
    let contact = param::<ContactId>("contact").and_then(|id| phone.replica().with_untracked(|it| it.contacts.get(&id).cloned()));
    let (today, navigate) = (Day::today(), use_navigate());
    contact.map(|contact| {
        let (before, id) = (contact.clone(), contact.id);
        let clashes = phone.derive(move |replica| {
            let reader = Reader { replica, me: phone.me(), today: today.get(), offset_minutes: clock::offset_minutes() };
            replica.contacts.get(&id).map(|contact| clashes_of_contact(&reader, contact)).unwrap_or_default()
        });
        // The form below shows what was there before.
        let there = address(contact.customer);
        let leave = move || navigate(&there, replacing());
        let edit = move |draft: ContactDraft| draft.edit(&before);
        view! {
            <Page title=contact.name.clone() leave=Leave::Close(address(contact.customer)) kind=PageKind::Form>
                <Clashes lines=clashes then=leave />
                <ContactForm id customer=contact.customer key=format!("contact/{id}") untouched=ContactDraft::of(&contact) save=edit>
                    <ArchiveContact contact=contact.clone() />
                </ContactForm>
            </Page>
        }
    })
}

/// Takes somebody off the list who has left; can be undone.
#[component]
fn ArchiveContact(contact: Arc<Contact>) -> impl IntoView {
    let (phone, saving, toaster, navigate) = (Phone::get(), Saving::new(), Toaster::expect(), use_navigate());
    let turn = |before: &Contact, archived: bool| {
        vec![Mutation::edit_contact(before, ContactEdit { archived: Some(archived), ..ContactEdit::default() })]
    };
    let archive = move |_| {
        let (navigate, words) = (navigate.clone(), format!("{} is off the list.", contact.name));
        let archived = Contact { archived: true, version: contact.version + 1, ..Contact::clone(&contact) };
        saving.run(turn(&contact, true), move || {
            navigate(&address(archived.customer), replacing());
            offer_undo(phone, toaster, words, turn(&archived, false));
        });
    };
    view! {
        <Button icon=Glyph::Archive on_click=archive>
            "No longer there"
        </Button>
    }
}
