use super::{Course, InsideAsk, InsideAskState, Promise, PromiseState};
use crate::{
    form::Problems,
    id::{CustomerId, InsideAskId, MeetingId, MemberId, PromiseId},
    time::Timestamp,
};
use serde::{Deserialize, Serialize};

/// A promise as typed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PromiseDraft {
    /// The id that it gets.
    pub id: PromiseId,
    /// What.
    pub what: String,
    /// By when, `YYYY-MM-DD`.
    pub due: String,
    /// How the customer will know.
    pub evidence: String,
    /// Who keeps it, where it is not whoever makes it.
    pub keeper: Option<MemberId>,
}

impl PromiseDraft {
    /// An empty one, due at `due`.
    pub fn new(id: PromiseId, due: String) -> Self {
        Self { id, what: String::new(), due, evidence: String::new(), keeper: None }
    }

    /// Whether nothing was said yet, so that it is left out.
    pub fn is_blank(&self) -> bool {
        self.what.trim().is_empty() && self.evidence.trim().is_empty()
    }

    /// The promise of `maker` to `customer`. What is to be mended goes to `problems` under `prefix`.
    pub fn promise(
        &self,
        customer: CustomerId,
        meeting: Option<MeetingId>,
        maker: MemberId,
        prefix: &str,
        problems: &mut Problems,
    ) -> Option<Promise> {
        let Ok(due) = self.due.parse() else {
            problems.add(format!("{prefix}due"), "Choose the day by which it will be done.");
            return None;
        };
        let promise = Promise {
            id: self.id,
            customer,
            meeting,
            maker,
            keeper: self.keeper.unwrap_or(maker),
            what: self.what.trim().to_owned(),
            due,
            evidence: self.evidence.trim().to_owned(),
            state: PromiseState::Open,
            course: Course::default(),
        };
        problems.check(prefix, promise.check());
        Some(promise)
    }
}

/// A question to a colleague as typed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InsideAskDraft {
    /// The id that it gets.
    pub id: InsideAskId,
    /// Who is asked.
    pub to: Option<MemberId>,
    /// What the customer wishes.
    pub what: String,
    /// By when an answer is needed, `YYYY-MM-DD`.
    pub by: String,
}

impl InsideAskDraft {
    /// An empty one, to be answered by `by`.
    pub fn new(id: InsideAskId, by: String) -> Self {
        Self { id, to: None, what: String::new(), by }
    }

    /// The question of `from` about `customer`, asked at `now`.
    ///
    /// # Errors
    /// What is to be mended.
    pub fn ask(&self, customer: CustomerId, from: MemberId, now: Timestamp) -> Result<InsideAsk, Problems> {
        let mut problems = Problems::default();
        let by = self.by.parse().map_err(|_| problems.add("by", "Choose the day by which you need an answer.")).ok();
        if self.to.is_none() {
            problems.add("to", "Choose a colleague.");
        }
        let ask = InsideAsk {
            id: self.id,
            customer,
            from,
            to: self.to.unwrap_or(from),
            what: self.what.trim().to_owned(),
            by: by.unwrap_or_default(),
            asked_at: now,
            customer_name: String::new(),
            state: InsideAskState::Open,
            answer: String::new(),
        };
        problems.check("", ask.check(from));
        if problems.is_empty() { Ok(ask) } else { Err(problems) }
    }
}
