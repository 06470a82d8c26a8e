use crate::{
    customer::{Contact, Customer},
    form::Problems,
    id::{ContactId, CustomerId, InsightId, MemberId, PromiseId},
    meeting::{Channel, InsightDraft, Meeting, MeetingDraft, MeetingFormat, Notes},
    promise::PromiseDraft,
    sync::Phone,
};
use leptos::prelude::*;

/// A meeting's form while it is on screen: one signal per field.
#[derive(Clone, Copy)]
pub struct Fields {
    began: StoredValue<Option<Box<Meeting>>>,
    pub customer: RwSignal<Option<CustomerId>>,
    pub new_customer: RwSignal<Option<Customer>>,
    pub new_contacts: RwSignal<Vec<Contact>>,
    pub format: RwSignal<Option<MeetingFormat>>,
    pub date: RwSignal<String>,
    pub time: RwSignal<String>,
    pub length: RwSignal<String>,
    pub channel: RwSignal<Option<Channel>>,
    pub contacts: RwSignal<Vec<ContactId>>,
    pub colleagues: RwSignal<Vec<MemberId>>,
    pub matters: RwSignal<String>,
    pub success: RwSignal<String>,
    pub roadblocks: RwSignal<String>,
    pub moving_targets: RwSignal<String>,
    pub innovations: RwSignal<String>,
    pub next_step: RwSignal<String>,
    pub promises: RwSignal<Vec<PromiseFields>>,
    pub insights: RwSignal<Vec<InsightFields>>,
    pub problems: RwSignal<Problems>,
}

/// A promise on screen.
#[derive(Clone, Copy, PartialEq)]
pub struct PromiseFields {
    pub id: PromiseId,
    pub what: RwSignal<String>,
    pub due: RwSignal<String>,
    pub evidence: RwSignal<String>,
    pub keeper: RwSignal<Option<MemberId>>,
}

/// Something worth knowing, on screen.
#[derive(Clone, Copy, PartialEq)]
pub struct InsightFields {
    pub id: InsightId,
    pub contact: RwSignal<Option<ContactId>>,
    pub text: RwSignal<String>,
}

impl Fields {
    /// The form filled with `draft`; where its customer became one with another since, with that one.
    pub fn of(draft: MeetingDraft) -> Self {
        let standing = |id| Phone::get().replica().with_untracked(|replica| replica.standing_for(id));
        let text = |text: String| RwSignal::new(text);
        Self {
            began: StoredValue::new(draft.began),
            customer: RwSignal::new(draft.customer.map(standing)),
            new_customer: RwSignal::new(draft.new_customer),
            new_contacts: RwSignal::new(draft.new_contacts),
            format: RwSignal::new(draft.format),
            date: text(draft.date),
            time: text(draft.time),
            length: text(draft.length),
            channel: RwSignal::new(Some(draft.channel)),
            contacts: RwSignal::new(draft.contacts),
            colleagues: RwSignal::new(draft.colleagues),
            matters: text(draft.notes.matters),
            success: text(draft.notes.success),
            roadblocks: text(draft.notes.roadblocks),
            moving_targets: text(draft.notes.moving_targets),
            innovations: text(draft.notes.innovations),
            next_step: text(draft.notes.next_step),
            promises: RwSignal::new(draft.promises.into_iter().map(PromiseFields::of).collect()),
            insights: RwSignal::new(draft.insights.into_iter().map(InsightFields::of).collect()),
            problems: RwSignal::new(Problems::default()),
        }
    }

    /// What is typed now; follows every field.
    pub fn draft(self) -> MeetingDraft {
        MeetingDraft {
            began: self.began.get_value(),
            customer: self.customer.get(),
            new_customer: self.new_customer.get(),
            new_contacts: self.new_contacts.get(),
            format: self.format.get(),
            date: self.date.get(),
            time: self.time.get(),
            length: self.length.get(),
            channel: self.channel.get().unwrap_or_default(),
            contacts: self.contacts.get(),
            colleagues: self.colleagues.get(),
            notes: Notes {
                matters: self.matters.get(),
                success: self.success.get(),
                roadblocks: self.roadblocks.get(),
                moving_targets: self.moving_targets.get(),
                innovations: self.innovations.get(),
                next_step: self.next_step.get(),
            },
            promises: self.promises.get().into_iter().map(PromiseFields::draft).collect(),
            insights: self.insights.get().into_iter().map(InsightFields::draft).collect(),
        }
    }

    /// [`Fields::draft`] at this moment, following nothing.
    pub fn typed(self) -> MeetingDraft {
        untrack(|| self.draft())
    }

    /// Chooses another customer, whose people are others.
    pub fn choose_customer(self, customer: CustomerId, new: Option<Customer>) {
        self.customer.set(Some(customer));
        self.new_customer.set(new);
        self.new_contacts.set(Vec::new());
        self.contacts.set(Vec::new());
        self.insights.with_untracked(|insights| insights.iter().for_each(|insight| insight.contact.set(None)));
    }

    /// What is to be mended about `field`.
    pub fn about(self, field: impl Into<String>) -> Signal<Option<String>> {
        let field = field.into();
        Signal::derive(move || self.problems.with(|problems| problems.about(&field)))
    }
}

impl PromiseFields {
    /// The fields filled with `draft`.
    pub fn of(draft: PromiseDraft) -> Self {
        Self {
            id: draft.id,
            what: RwSignal::new(draft.what),
            due: RwSignal::new(draft.due),
            evidence: RwSignal::new(draft.evidence),
            keeper: RwSignal::new(draft.keeper),
        }
    }

    fn draft(self) -> PromiseDraft {
        PromiseDraft { id: self.id, what: self.what.get(), due: self.due.get(), evidence: self.evidence.get(), keeper: self.keeper.get() }
    }
}

impl InsightFields {
    /// The fields filled with `draft`.
    pub fn of(draft: InsightDraft) -> Self {
        Self { id: draft.id, contact: RwSignal::new(draft.contact), text: RwSignal::new(draft.text) }
    }

    fn draft(self) -> InsightDraft {
        InsightDraft { id: self.id, contact: self.contact.get(), text: self.text.get() }
    }
}
