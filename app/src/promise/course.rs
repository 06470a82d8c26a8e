//! What is said about a promise between making and settling it, and what was done in the end.

use super::PromiseState;
use crate::{
    id::{MemberId, PromiseId},
    sync::Refusal,
    text,
    time::Timestamp,
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// What was said about a promise. Since wire 5; a promise of before has nothing here.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Course {
    /// The customer's name when it was promised, for a keeper whose phone does not hold the customer. The server writes it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub customer_name: String,
    /// Whether the keeper can do it.
    #[serde(skip_serializing_if = "KeeperAnswer::is_unsaid")]
    pub answer: KeeperAnswer,
    /// The promise whose place it took.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub instead_of: Option<PromiseId>,
    /// What took its place, where it was changed together.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub agreed: Option<Agreed>,
    /// What was done, and how the customer was told.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub report: Option<Report>,
    /// How it went in the words of whoever made or keeps it, the oldest first; the last stands. Since wire 6.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub said: Vec<Said>,
}

/// The most that is remembered of what was [`Course::said`]: enough for two who cannot agree.
const SAID_MAX: usize = 20;

impl Course {
    /// Whether nothing was said.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Itself with one more word, which stands from now on. It takes the place of the last one if that was the same person's; what somebody else
    /// said stays beside it.
    pub(super) fn with(&self, word: Said) -> Self {
        let (agreed, report, mut said) = (word.agreed.clone(), word.report.clone(), self.said.clone());
        said.pop_if(|last| last.by == word.by);
        let is_new = said.last().map_or(!word.says_nothing(), |last| !last.agrees_with(&word));
        said.extend(is_new.then_some(word));
        said.drain(..said.len().saturating_sub(SAID_MAX));
        Self { agreed, report, said, ..self.clone() }
    }

    /// Who first said what stands of how it went; who reported since only added to that.
    pub fn stands(&self) -> Option<&Said> {
        let last = self.said.last()?;
        self.said.iter().rev().take_while(|said| said.goes_as(last)).last()
    }

    /// What was said of how it went before somebody else said otherwise, the latest first.
    pub fn said_otherwise(&self) -> impl Iterator<Item = &Said> {
        let last = self.said.last();
        self.said.iter().rev().filter(move |before| last.is_some_and(|last| !last.holds(before)))
    }
}

/// How a promise went as somebody says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    /// Who.
    pub by: MemberId,
    /// When, by that one's clock.
    pub at: Timestamp,
    /// How it went.
    pub state: PromiseState,
    /// What was agreed in its place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agreed: Option<Agreed>,
    /// What was done, and how the customer was told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub report: Option<Report>,
}

impl Said {
    /// Whether it says no more than that the promise was made.
    fn says_nothing(&self) -> bool {
        self.state == PromiseState::Open && self.agreed.is_none() && self.report.is_none()
    }

    /// Whether it went the same, whatever is reported of it.
    fn goes_as(&self, other: &Self) -> bool {
        (self.state, &self.agreed) == (other.state, &other.agreed)
    }

    fn agrees_with(&self, other: &Self) -> bool {
        self.goes_as(other) && self.report == other.report
    }

    /// Whether it says all that `other` says, and perhaps more.
    fn holds(&self, other: &Self) -> bool {
        self.goes_as(other) && (other.report.is_none() || self.report == other.report)
    }
}

/// What the keeper says of a colleague's promise.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum KeeperAnswer {
    /// Nothing yet.
    #[default]
    Unsaid,
    /// It can be done.
    Can,
    /// It cannot be done as it was promised.
    Cannot {
        /// Why, for the maker to read.
        why: String,
    },
}

impl KeeperAnswer {
    /// Whether nothing was said yet.
    pub fn is_unsaid(&self) -> bool {
        *self == Self::Unsaid
    }

    pub(super) fn check(&self) -> Result<(), Refusal> {
        match self {
            Self::Unsaid | Self::Can => Ok(()),
            Self::Cannot { why } => text::check_required("why", why, text::LINE_MAX),
        }
    }
}

/// What takes a promise's place, agreed with the customer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agreed {
    /// The id of the promise that it makes.
    pub promise: PromiseId,
    /// What.
    pub what: String,
    /// By when.
    pub due: NaiveDate,
}

impl Agreed {
    pub(super) fn check(&self) -> Result<(), Refusal> {
        text::check_required("what", &self.what, text::LINE_MAX)
    }
}

/// What was done about a promise, for the customer to know.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// What was done.
    pub done: String,
    /// How the customer was told: 'by message on 3 May'.
    pub told: String,
}

impl Report {
    /// Whether nothing is said.
    pub fn is_empty(&self) -> bool {
        self.done.trim().is_empty() && self.told.trim().is_empty()
    }

    pub(super) fn check(&self) -> Result<(), Refusal> {
        text::check("done", &self.done, text::NOTE_MAX)?;
        text::check("told", &self.told, text::LINE_MAX)
    }
}
