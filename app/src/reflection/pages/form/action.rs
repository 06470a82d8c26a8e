use super::Fields;
use crate::{
    customer::contacts_of,
    id::ContactId,
    meeting::{Meeting, MeetingFormat},
    survey::Component,
    sync::Phone,
    text,
    ui::{Choice, ChoiceChips, DateField, Disclosure, TextField},
};
use leptos::prelude::*;
use std::sync::Arc;

/// The one thing to do differently next time.
#[component]
pub fn ActionFields(
    /// The form.
    fields: Fields,
    /// The meeting that it comes from.
    meeting: Option<Arc<Meeting>>,
) -> impl IntoView {
    let phone = Phone::get();
    let people: Vec<Choice<ContactId>> = phone.replica().with_untracked(|replica| {
        let there = meeting.as_ref().map(|meeting| contacts_of(replica, meeting.customer)).unwrap_or_default();
        there.iter().map(|contact| Choice::new(contact.id, contact.name.clone())).collect()
    });
    let formats = MeetingFormat::ALL.map(|format| Choice::new(format, format.label())).to_vec();
    let components = Component::ALL.map(|component| Choice::new(component, component.label())).to_vec();
    let is_aimed = fields.component.with_untracked(Option::is_some) || fields.contact.with_untracked(Option::is_some);
    let with_whom = (!people.is_empty()).then(|| {
        view! { <ChoiceChips name="action-contact" legend="With whom?" options=people value=fields.contact optional=true /> }
    });
    view! {
        <section class="form-section">
            <h2>"Next time I will"</h2>
            <p>"One thing. It comes back when you prepare the next meeting."</p>
            <TextField
                name="action-what"
                label="Next time I will …"
                optional=true
                value=fields.what
                error=fields.about("action-what")
                autocomplete="off"
                max_length=text::LINE_MAX as u32
            />
            <DateField name="action-due" label="By when" value=fields.due error=fields.about("action-due") />
            <Disclosure title="What is it for?" detail="Which meetings, which part of the feedback" open=is_aimed>
                <div class="stack">
                    {with_whom}
                    <ChoiceChips
                        name="action-format"
                        legend="It comes back before meetings of this kind"
                        options=formats
                        value=fields.format
                        optional=true
                    />
                    <ChoiceChips
                        name="action-component"
                        legend="It is meant to move"
                        options=components
                        value=fields.component
                        optional=true
                    />
                </div>
            </Disclosure>
        </section>
    }
}
