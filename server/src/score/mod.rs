//! The score: from released ratings to an estimate with an honest interval per rep and audience, computed in the background.
//!
//! - The formula is pure ([`estimate`]) and knows no database.
//! - [`reml`] estimates what can be estimated without priors; [`command`] runs it on a file.
//! - Whatever changes what scores rest on calls [`mark_stale`] in its own transaction; nothing else is needed for them to follow.

mod change;
pub mod command;
mod coverage;
mod estimate;
mod mixture;
mod points;
mod queries;
mod ratings;
mod refresh;
pub mod reml;
mod shrinkage;

pub use estimate::{RepScore, Scores, estimate};
pub use queries::mark_stale;
pub use ratings::{Observation, Ratings, batched};
pub use refresh::{refresh_stale, republish, spawn_refresh};
