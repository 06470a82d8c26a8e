//! The score: from released ratings to an estimate with an honest interval per rep and audience, computed in the background.
//!
//! The formula is pure ([`estimate`]) and knows no database.

mod change;
mod estimate;
mod mixture;
mod points;
mod ratings;
mod shrinkage;

pub use estimate::{RepScore, Scores, estimate};
pub use ratings::{Observation, Ratings, batched};
