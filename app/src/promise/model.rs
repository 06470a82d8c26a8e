use crate::{
    id::{CustomerId, MeetingId, MemberId, PromiseId},
    sync::Refusal,
    text,
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// Where a promise stands, as our side sees it; the customer's own answer is part of a rating.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PromiseState {
    /// Not settled yet.
    #[default]
    Open,
    /// Done by its date.
    Kept,
    /// Done after its date.
    Late,
    /// Changed in agreement with the customer.
    Changed,
    /// Not done.
    NotKept,
}

/// Something promised to a customer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Promise {
    /// Its id.
    pub id: PromiseId,
    /// To whom.
    pub customer: CustomerId,
    /// The meeting at which it was made.
    pub meeting: Option<MeetingId>,
    /// Who promised.
    pub maker: MemberId,
    /// Who keeps it; perhaps a colleague in delivery.
    pub keeper: MemberId,
    /// What.
    pub what: String,
    /// By when, in the maker's time zone.
    pub due: NaiveDate,
    /// How the customer will know.
    #[serde(default)]
    pub evidence: String,
    /// Where it stands.
    #[serde(default)]
    pub state: PromiseState,
}

impl Promise {
    /// Whether it says enough to be kept.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] naming the field.
    pub fn check(&self) -> Result<(), Refusal> {
        text::check_required("what", &self.what, text::LINE_MAX)?;
        text::check("evidence", &self.evidence, text::LINE_MAX)
    }

    /// Whether `member` may say how it went: whoever made it or keeps it.
    pub fn may_settle(&self, member: MemberId) -> bool {
        member == self.maker || member == self.keeper
    }

    /// Whether it is open and its date has passed.
    pub fn is_overdue(&self, today: NaiveDate) -> bool {
        self.state == PromiseState::Open && self.due < today
    }
}
