//! Which mutations belong together: one that cannot be sent now holds back what builds on it, and nothing else; and two pushes are on their way
//! together only where it does not matter which of them arrives first.

use crate::sync::protocol::Mutation;
use std::collections::BTreeSet;
use uuid::Uuid;

impl Mutation {
    /// What it makes, changes or removes.
    pub fn subject(&self) -> Uuid {
        match self {
            Self::CreateCustomer { customer } => customer.id.0,
            Self::EditCustomer { id, .. } | Self::UniteCustomers { id, .. } | Self::TakeApart { id, .. } => id.0,
            Self::CreateContact { contact } => contact.id.0,
            Self::EditContact { id, .. } => id.0,
            Self::RecordInsight { insight } => insight.id.0,
            Self::DeleteInsight { id } => id.0,
            Self::CreateMeeting { meeting } => meeting.id.0,
            Self::EditMeeting { id, .. } | Self::DeleteMeeting { id } => id.0,
            Self::RecordTouch { touch } => touch.id.0,
            Self::DeleteTouch { id } => id.0,
            Self::MakePromise { promise } => promise.id.0,
            Self::SettlePromise { id, .. }
            | Self::AnswerPromise { id, .. }
            | Self::HandPromise { id, .. }
            | Self::ReportPromise { id, .. }
            | Self::DeletePromise { id } => id.0,
            Self::AttachPhoto { photo, .. } => photo.id.0,
            Self::DeletePhoto { id } => id.0,
            Self::AskInside { ask } => ask.id.0,
            Self::AnswerInsideAsk { id, .. } | Self::DeleteInsideAsk { id } => id.0,
            Self::WriteReflection { reflection, .. } => reflection.id.0,
            Self::ShareReflection { id, .. } => id.0,
            Self::TakeAction { action } => action.id.0,
            Self::SettleAction { id, .. } => id.0,
            Self::Invite { invitation, .. } => invitation.id.0,
            Self::SettleInvitation { id, .. } => id.0,
            Self::SubmitSealed { id, .. } | Self::AddContext { id, .. } | Self::ExcludeRating { id, .. } | Self::CountRating { id, .. } => {
                id.0
            }
            Self::OpenRecovery { case } => case.id.0,
            Self::RecordRecovery { id, .. }
            | Self::CloseRecovery { id, .. }
            | Self::ReopenRecovery { id }
            | Self::DeleteRecovery { id } => id.0,
            Self::RecordViewing { viewing } => viewing.id.0,
            Self::SetHours { member, .. } => member.0,
            Self::PlanAbsence { absence, .. } => absence.id.0,
            Self::CancelAbsence { id, .. } => id.0,
            Self::Snooze { snooze } => snooze.subject.0,
            Self::Wake { subject, .. } => subject.0,
        }
    }

    /// What it makes, changes or removes, and what it makes besides.
    pub fn writes(&self) -> impl Iterator<Item = Uuid> + use<> {
        let besides = match self {
            Self::SettlePromise { agreed: Some(agreed), .. } => Some(agreed.promise.0),
            _ => None,
        };
        [self.subject()].into_iter().chain(besides)
    }

    /// What else must be there before it can be accepted, of the things that a phone makes.
    pub fn builds_on(&self) -> Vec<Uuid> {
        match self {
            Self::UniteCustomers { into, .. } | Self::TakeApart { into, .. } => vec![into.0],
            Self::CreateContact { contact } => vec![contact.customer.0],
            Self::RecordInsight { insight } => {
                [insight.contact.0, insight.customer.0].into_iter().chain(insight.meeting.map(|it| it.0)).collect()
            }
            Self::CreateMeeting { meeting } => meeting.contacts.iter().map(|it| it.0).chain([meeting.customer.0]).collect(),
            Self::EditMeeting { edit, .. } => {
                let contacts = edit.contacts.iter().flatten().map(|it| it.0);
                contacts.chain(edit.customer.map(|it| it.0)).collect()
            }
            Self::RecordTouch { touch } => vec![touch.customer.0],
            Self::MakePromise { promise } => promise.meeting.map(|it| it.0).into_iter().chain([promise.customer.0]).collect(),
            Self::AttachPhoto { photo, .. } => vec![photo.subject.id(), photo.customer.0],
            Self::AskInside { ask } => vec![ask.customer.0],
            Self::OpenRecovery { case } => vec![case.customer.0],
            Self::WriteReflection { reflection, .. } => reflection.meeting.map(|it| it.0).into_iter().collect(),
            Self::TakeAction { action } => {
                let ids = [action.reflection.map(|it| it.0), action.customer.map(|it| it.0), action.contact.map(|it| it.0)];
                ids.into_iter().flatten().collect()
            }
            Self::Invite { invitation, .. } => {
                let contact = invitation.contact.map(|it| it.0);
                [invitation.meeting.0, invitation.customer.0].into_iter().chain(contact).collect()
            }
            Self::SubmitSealed { invitation, .. } => vec![invitation.0],
            _ => Vec::new(),
        }
    }
}

/// What mutations write and build on whose turn it is before others.
#[derive(Clone, Debug, Default)]
pub struct Touched {
    written: BTreeSet<Uuid>,
    built_on: BTreeSet<Uuid>,
}

impl Touched {
    /// One more of them.
    pub fn add(&mut self, mutation: &Mutation) {
        self.written.extend(mutation.writes());
        self.built_on.extend(mutation.builds_on());
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.written.is_empty()
    }

    /// Whether `later` builds on what they write, or writes it, too.
    pub fn precedes(&self, later: &Mutation) -> bool {
        !self.is_empty() && later.writes().chain(later.builds_on()).any(|id| self.written.contains(&id))
    }

    /// Whether `later` might come out otherwise, or make one of them come out otherwise, if it arrived before.
    pub fn concerns(&self, later: &Mutation) -> bool {
        self.precedes(later) || later.writes().any(|id| self.built_on.contains(&id))
    }
}
