use super::{Promise, PromiseState};
use crate::{
    form::Problems,
    id::{CustomerId, MeetingId, MemberId, PromiseId},
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
        };
        problems.check(prefix, promise.check());
        Some(promise)
    }
}
