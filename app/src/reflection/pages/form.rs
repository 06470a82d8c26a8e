//! The reflection's form.

mod action;
mod how_it_was;

pub(super) use action::ActionFields;
pub(super) use how_it_was::HowItWas;

use crate::{
    form::Problems,
    id::{ActionId, ContactId, ReflectionId},
    meeting::MeetingFormat,
    reflection::{ActionDraft, Reflection, ReflectionDraft},
    survey::Component,
};
use leptos::prelude::*;

/// The form while it is on screen: one signal per field.
#[derive(Clone, Copy)]
pub(super) struct Fields {
    began: StoredValue<Option<Box<Reflection>>>,
    id: ReflectionId,
    action: ActionId,
    pub what_happened: RwSignal<String>,
    pub so_what: RwSignal<String>,
    pub now_what: RwSignal<String>,
    pub energy: RwSignal<Option<u8>>,
    pub confidence: RwSignal<Option<u8>>,
    pub mood: RwSignal<Option<u8>>,
    pub shared: RwSignal<bool>,
    pub what: RwSignal<String>,
    pub due: RwSignal<String>,
    pub format: RwSignal<Option<MeetingFormat>>,
    pub contact: RwSignal<Option<ContactId>>,
    pub component: RwSignal<Option<Component>>,
    pub problems: RwSignal<Problems>,
}

impl Fields {
    /// The form filled with `draft`.
    pub fn of(draft: ReflectionDraft) -> Self {
        let ActionDraft { id: action, what, due, format, contact, component } = draft.action;
        Self {
            began: StoredValue::new(draft.began),
            id: draft.id,
            action,
            what_happened: RwSignal::new(draft.what_happened),
            so_what: RwSignal::new(draft.so_what),
            now_what: RwSignal::new(draft.now_what),
            energy: RwSignal::new(draft.energy),
            confidence: RwSignal::new(draft.confidence),
            mood: RwSignal::new(draft.mood),
            shared: RwSignal::new(draft.shared),
            what: RwSignal::new(what),
            due: RwSignal::new(due),
            format: RwSignal::new(format),
            contact: RwSignal::new(contact),
            component: RwSignal::new(component),
            problems: RwSignal::new(Problems::default()),
        }
    }

    /// The reflection's id.
    pub fn id(self) -> ReflectionId {
        self.id
    }

    /// What is typed now; follows every field.
    pub fn draft(self) -> ReflectionDraft {
        ReflectionDraft {
            began: self.began.get_value(),
            id: self.id,
            what_happened: self.what_happened.get(),
            so_what: self.so_what.get(),
            now_what: self.now_what.get(),
            energy: self.energy.get(),
            confidence: self.confidence.get(),
            mood: self.mood.get(),
            shared: self.shared.get(),
            action: ActionDraft {
                id: self.action,
                what: self.what.get(),
                due: self.due.get(),
                format: self.format.get(),
                contact: self.contact.get(),
                component: self.component.get(),
            },
        }
    }

    /// What is to be mended about `field`.
    pub fn about(self, field: &'static str) -> Signal<Option<String>> {
        Signal::derive(move || self.problems.with(|problems| problems.about(field)))
    }
}
