use super::super::duplicates::DuplicatePeople;
use crate::{
    browser::document,
    customer::{ContactDraft, address},
    form::Problems,
    id::{ContactId, CustomerId},
    route::replacing,
    sync::{NotSaved, Phone, Resumed, Saving, Typing, protocol::Mutation},
    ui::{Button, ButtonKind, ButtonVariant, TextField, TextKind},
};
use leptos::{ev::SubmitEvent, prelude::*};
use leptos_router::hooks::use_navigate;

/// What is asked about a contact; what is typed is kept until it is saved.
#[component]
pub(super) fn ContactForm(
    /// Who.
    id: ContactId,
    /// At which customer.
    customer: CustomerId,
    /// The key of its draft.
    key: String,
    /// What is there before anything is typed.
    untouched: ContactDraft,
    /// The mutations that make it so, or what is to be mended first.
    save: impl Fn(ContactDraft) -> Result<Vec<Mutation>, Problems> + 'static,
    /// What else can be done.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let kept: ContactDraft = Phone::get().draft(&key).unwrap_or(untouched);
    let (name, role) = (RwSignal::new(kept.name), RwSignal::new(kept.role));
    let (phone, email) = (RwSignal::new(kept.phone), RwSignal::new(kept.email));
    let draft = Memo::new(move |_| ContactDraft {
        name: name.get(),
        role: role.get(),
        phone: phone.get(),
        email: email.get(),
        began: kept.began.clone(),
    });
    let typing = Typing::keep(key, draft);
    let problems = RwSignal::new(Problems::default());
    let about = move |field: &'static str| Signal::derive(move || problems.with(|problems| problems.about(field)));
    let (saving, navigate) = (Saving::new(), use_navigate());
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        match save(draft.get_untracked()) {
            Ok(mutations) => {
                problems.set(Problems::default());
                let navigate = navigate.clone();
                saving.run_typed(typing, mutations, move || {
                    navigate(&address(customer), replacing());
                });
            }
            Err(found) => {
                found.first().map(document::focus_soon);
                problems.set(found);
            }
        }
    };
    view! {
        <form on:submit=submit novalidate>
            <Resumed typing />
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
