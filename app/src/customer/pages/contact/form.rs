use super::super::duplicates::DuplicatePeople;
use crate::{
    browser::document,
    customer::{Contact, address},
    form::Problems,
    route::replacing,
    sync::{NotSaved, Saving, protocol::Mutation},
    ui::{Button, ButtonKind, ButtonVariant, TextField, TextKind},
};
use leptos::{ev::SubmitEvent, prelude::*};
use leptos_router::hooks::use_navigate;

/// What is asked about a contact.
#[component]
pub(super) fn ContactForm(
    /// As it is.
    contact: Contact,
    /// The mutations that make it so.
    save: impl Fn(Contact) -> Vec<Mutation> + 'static,
    /// What else can be done.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let (name, role) = (RwSignal::new(contact.name.clone()), RwSignal::new(contact.role.clone()));
    let (phone, email) = (RwSignal::new(contact.phone.clone()), RwSignal::new(contact.email.clone()));
    let (customer, id) = (contact.customer, contact.id);
    let problems = RwSignal::new(Problems::default());
    let about = move |field: &'static str| Signal::derive(move || problems.with(|problems| problems.about(field)));
    let (saving, navigate) = (Saving::new(), use_navigate());
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let typed = |field: RwSignal<String>| field.get_untracked().trim().to_owned();
        let contact = Contact { name: typed(name), role: typed(role), phone: typed(phone), email: typed(email), ..contact.clone() };
        let mut found = Problems::default();
        found.check("", contact.check());
        problems.set(found.clone());
        if let Some(field) = found.first() {
            document::focus_soon(field);
            return;
        }
        let (navigate, there) = (navigate.clone(), address(contact.customer));
        saving.run(save(contact), move || navigate(&there, replacing()));
    };
    view! {
        <form on:submit=submit novalidate>
            <TextField name="name" label="Name" value=name error=about("name") autocomplete="off" max_length=200 />
            <DuplicatePeople customer name except=id />
            <TextField
                name="role"
                label="What they do there"
                optional=true
                value=role
                error=about("role")
                autocomplete="off"
                max_length=200
            />
            <TextField
                name="phone"
                label="Telephone"
                kind=TextKind::Phone
                optional=true
                value=phone
                error=about("phone")
                autocomplete="off"
                max_length=200
            />
            <TextField
                name="email"
                label="Email"
                kind=TextKind::Email
                optional=true
                hint="A link for feedback can be sent here."
                value=email
                error=about("email")
                autocomplete="off"
                max_length=200
            />
            {children.map(|children| children())}
            <div class="page-action">
                <NotSaved saving />
                <Button variant=ButtonVariant::Primary kind=ButtonKind::Submit full=true busy=saving.busy()>
                    "Save"
                </Button>
            </div>
        </form>
    }
}
