use super::{Agreed, Course, KeeperAnswer, Report, Said};
use crate::{
    id::{CustomerId, MeetingId, MemberId, PromiseId},
    sync::Refusal,
    text,
    time::Timestamp,
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// Where a promise stands, as our side sees it; the customer's own answer is part of a rating.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
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

impl PromiseState {
    /// Every state.
    pub const ALL: [Self; 5] = [Self::Open, Self::Kept, Self::Late, Self::Changed, Self::NotKept];

    /// As addresses write it.
    pub fn key(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Kept => "kept",
            Self::Late => "late",
            Self::Changed => "changed",
            Self::NotKept => "not-kept",
        }
    }
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
    /// What was said about it between making and settling it. Since wire 5.
    #[serde(default, skip_serializing_if = "Course::is_empty")]
    pub course: Course,
}

/// What settling a promise makes of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Settled {
    /// The promise after it.
    pub promise: Promise,
    /// What was agreed in its place: a promise of its own, to be kept or not.
    pub instead: Option<Promise>,
    /// What had been agreed in its place and is not any more, if it is as it was made ([`Promise::is_untouched_instead_of`]).
    pub given_up: Option<PromiseId>,
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

    /// Whether `member` made it just now: nobody has said anything about it yet.
    pub fn is_new_of(&self, member: MemberId) -> bool {
        self.maker == member && self.state == PromiseState::Open && self.course.is_empty()
    }

    /// Whether `member` may say how it went: whoever made it or keeps it.
    pub fn may_settle(&self, member: MemberId) -> bool {
        member == self.maker || member == self.keeper
    }

    /// Whether it is open and its date has passed.
    pub fn is_overdue(&self, today: NaiveDate) -> bool {
        self.state == PromiseState::Open && self.due < today
    }

    /// Whether its keeper, a colleague of its maker, has not said yet that it can be done.
    pub fn awaits_keeper(&self) -> bool {
        self.state == PromiseState::Open && self.keeper != self.maker && self.course.answer == KeeperAnswer::Unsaid
    }

    /// Why its keeper cannot do it, where it is open and the keeper said so.
    pub fn why_not(&self) -> Option<&str> {
        match &self.course.answer {
            KeeperAnswer::Cannot { why } if self.state == PromiseState::Open => Some(why),
            _ => None,
        }
    }

    /// Whose reliability it tells of: the keeper's, so that another team's failure is not the rep's. Where the keeper said that it could not
    /// be done, the maker's, who let it stand.
    pub fn answerable(&self) -> MemberId {
        match self.course.answer {
            KeeperAnswer::Cannot { .. } => self.maker,
            KeeperAnswer::Unsaid | KeeperAnswer::Can => self.keeper,
        }
    }

    /// Itself once `by`, its keeper, said whether it can be done. The last word stands; unsaid again takes it back.
    ///
    /// # Errors
    /// [`Refusal::NotYours`] for anybody else and where the maker keeps it; [`Refusal::Invalid`] where it is settled or no reason is given.
    pub fn answered(&self, by: MemberId, answer: KeeperAnswer) -> Result<Self, Refusal> {
        if by != self.keeper || self.keeper == self.maker {
            return Err(Refusal::NotYours);
        }
        self.check_open()?;
        answer.check()?;
        Ok(Self { course: Course { answer, ..self.course.clone() }, ..self.clone() })
    }

    /// Itself once `by`, its maker, gave it to `keeper`, who is asked anew.
    ///
    /// # Errors
    /// [`Refusal::NotYours`] for anybody else; [`Refusal::Invalid`] where it is settled.
    pub fn handed(&self, by: MemberId, keeper: MemberId) -> Result<Self, Refusal> {
        if by != self.maker {
            return Err(Refusal::NotYours);
        }
        self.check_open()?;
        let answer = if keeper == self.keeper { self.course.answer.clone() } else { KeeperAnswer::Unsaid };
        Ok(Self { keeper, course: Course { answer, ..self.course.clone() }, ..self.clone() })
    }

    /// Itself once `by` said `at` that time how it went, with what was `agreed` in its place where it was changed. Any state may follow any
    /// other, so that whatever was said can be corrected and taken back; what another said before stays in [`Course::said`].
    ///
    /// # Errors
    /// [`Refusal::NotYours`] for anybody but maker and keeper; [`Refusal::Invalid`] where something is agreed about what was not changed, or
    /// what was agreed cannot be kept.
    pub fn settled(&self, by: MemberId, state: PromiseState, agreed: Option<Agreed>, at: Timestamp) -> Result<Settled, Refusal> {
        if !self.may_settle(by) {
            return Err(Refusal::NotYours);
        }
        if let Some(agreed) = &agreed {
            agreed.check()?;
            if state != PromiseState::Changed || agreed.promise == self.id {
                return Err(Refusal::invalid("state", "say what was agreed only where it was changed together"));
            }
        }
        let before = self.course.agreed.as_ref().map(|agreed| agreed.promise);
        let given_up = before.filter(|before| agreed.as_ref().is_none_or(|agreed| agreed.promise != *before));
        let instead = agreed.as_ref().map(|agreed| self.instead(by, agreed));
        let course = self.course.with(Said { by, at, state, agreed, report: self.course.report.clone() });
        Ok(Settled { promise: Self { state, course, ..self.clone() }, instead, given_up })
    }

    /// What takes its place: the same between the same people, but for what was agreed.
    fn instead(&self, by: MemberId, agreed: &Agreed) -> Self {
        // Who says that it was agreed need not be asked whether it can be done.
        let answer = if by == self.keeper && self.keeper != self.maker { KeeperAnswer::Can } else { KeeperAnswer::Unsaid };
        let course = Course { customer_name: self.course.customer_name.clone(), answer, instead_of: Some(self.id), ..Course::default() };
        Self { id: agreed.promise, what: agreed.what.clone(), due: agreed.due, state: PromiseState::Open, course, ..self.clone() }
    }

    /// Whether it was agreed in the place of `promise` and is still to be kept: it goes where that agreement is taken back.
    pub fn is_untouched_instead_of(&self, promise: PromiseId) -> bool {
        self.course.instead_of == Some(promise) && self.state == PromiseState::Open
    }

    /// Itself once `by` said `at` that time what was done and how the customer was told; with neither, nothing is reported any more. What
    /// another reported before stays in [`Course::said`].
    ///
    /// # Errors
    /// [`Refusal::NotYours`] for anybody but maker and keeper; [`Refusal::Invalid`] where it is still open or the words are too long.
    pub fn reported(&self, by: MemberId, report: Report, at: Timestamp) -> Result<Self, Refusal> {
        if !self.may_settle(by) {
            return Err(Refusal::NotYours);
        }
        if self.state == PromiseState::Open {
            return Err(Refusal::invalid("state", "say first how it went"));
        }
        report.check()?;
        let report = Some(report).filter(|report| !report.is_empty());
        // Who reports on an own word said how it went when that was said.
        let at = self.course.said.last().filter(|last| last.by == by).map_or(at, |last| last.at);
        let said = Said { by, at, state: self.state, agreed: self.course.agreed.clone(), report };
        Ok(Self { course: self.course.with(said), ..self.clone() })
    }

    fn check_open(&self) -> Result<(), Refusal> {
        match self.state {
            PromiseState::Open => Ok(()),
            _ => Err(Refusal::invalid("state", "it is settled already; say first that it is open again")),
        }
    }
}

#[cfg(test)]
mod tests;
