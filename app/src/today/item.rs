use crate::{
    customer::CustomerSummary,
    id::{MemberId, SubjectId},
    meeting::Meeting,
    promise::{InsideAsk, Promise},
    recovery::RecoveryCase,
    reflection::Action,
    survey::Rating,
};
use std::sync::Arc;

/// One thing to do, or to know, today.
#[derive(Clone, Debug, PartialEq)]
pub enum Item {
    /// A visit of today or before that is still only planned.
    Visit(Arc<Meeting>),
    /// A promise that falls due, or is overdue.
    Promise(Arc<Promise>),
    /// A customer who asked in a rating to hear from the reader.
    Wish(Arc<Rating>),
    /// Something to be made right with a customer.
    Case(Arc<RecoveryCase>),
    /// A colleague's question that waits for the reader's answer.
    Question(Arc<InsideAsk>),
    /// Something to do differently that falls due.
    Action(Arc<Action>),
    /// Ratings that have arrived since the person last looked.
    Ratings(usize),
    /// A customer past the ideal of its window, or out of it.
    Customer(CustomerSummary),
    /// A colleague's, who is away and named the reader as cover.
    Covering {
        /// Whose.
        of: MemberId,
        /// What.
        item: Box<Item>,
    },
    /// A visit to come.
    Upcoming(Arc<Meeting>),
}

impl Item {
    /// What it is about, where it can be put off.
    pub fn subject(&self) -> Option<SubjectId> {
        match self {
            Self::Visit(meeting) => Some(SubjectId(meeting.id.0)),
            Self::Promise(promise) => Some(SubjectId(promise.id.0)),
            Self::Wish(rating) => Some(SubjectId(rating.id.0)),
            Self::Case(case) => Some(SubjectId(case.id.0)),
            Self::Question(ask) => Some(SubjectId(ask.id.0)),
            Self::Action(action) => Some(SubjectId(action.id.0)),
            Self::Customer(summary) => Some(SubjectId(summary.customer.id.0)),
            Self::Covering { item, .. } => item.subject(),
            Self::Ratings(_) | Self::Upcoming(_) => None,
        }
    }

    /// Whether it waits for the reader: what is only to come does not.
    pub fn is_due(&self) -> bool {
        match self {
            Self::Upcoming(_) => false,
            Self::Covering { item, .. } => item.is_due(),
            _ => true,
        }
    }

    /// Whether it has a time of the day: the only ones that show outside working hours.
    pub fn has_a_time(&self) -> bool {
        match self {
            Self::Visit(_) | Self::Upcoming(_) => true,
            Self::Covering { item, .. } => item.has_a_time(),
            _ => false,
        }
    }
}
