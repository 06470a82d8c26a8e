use crate::{
    id::MemberId,
    survey::{Component, Coverage},
    time::Timestamp,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// An estimate on the scale 0 ('not at all') to 100 ('completely').
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Estimate {
    /// The estimate.
    pub value: f64,
    /// Lower end of the 95 % interval.
    pub low: f64,
    /// Upper end of the 95 % interval.
    pub high: f64,
    /// Ratings behind it.
    pub ratings: u32,
    /// Customers who gave them.
    pub customers: u32,
}

/// How an estimate moved against the quarter before, in points of 0 to 100.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct ScoreChange {
    /// By how much.
    pub by: f64,
    /// Lower end of its 95 % interval.
    pub low: f64,
    /// Upper end of its 95 % interval.
    pub high: f64,
}

impl ScoreChange {
    /// Whether the interval leaves no doubt about the direction; 'no clear change' is the usual and honest answer.
    pub fn is_clear(&self) -> bool {
        self.low > 0.0 || self.high < 0.0
    }
}

/// For whom a score was computed: each rests only on the ratings released to that side.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Audience {
    /// The rep, from the first rating on.
    Rep,
    /// The rep's managers, from [`RATINGS_FOR_MANAGER`] ratings by [`CUSTOMERS_FOR_MANAGER`] customers on.
    Manager,
}

/// Ratings before a manager sees a rep's score.
pub const RATINGS_FOR_MANAGER: u32 = 5;
/// Customers before a manager sees a rep's score.
pub const CUSTOMERS_FOR_MANAGER: u32 = 3;

/// A rep's score as one audience sees it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Score {
    /// Whose it is.
    pub member: MemberId,
    /// Who sees it.
    pub audience: Audience,
    /// When it was computed.
    pub computed_at: Timestamp,
    /// Ratings behind it.
    pub ratings: u32,
    /// Customers behind it.
    pub customers: u32,
    /// The score over all components; absent while there are too few ratings for this audience.
    pub overall: Option<Estimate>,
    /// Per component that was rated.
    #[serde(default)]
    pub components: BTreeMap<Component, Estimate>,
    /// How the overall score moved against the quarter before.
    #[serde(default)]
    pub change: Option<ScoreChange>,
    /// How often the rep asked, over the last 90 days.
    #[serde(default)]
    pub coverage: Coverage,
}

impl Score {
    /// Names the score among rows: member and audience.
    pub fn key(member: MemberId, audience: Audience) -> String {
        match audience {
            Audience::Rep => format!("{member}-rep"),
            Audience::Manager => format!("{member}-manager"),
        }
    }
}
