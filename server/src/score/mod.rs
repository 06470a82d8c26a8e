//! The score: from released ratings to an estimate with an honest interval per rep and audience, computed in the background.
//!
//! - The formula is pure ([`estimate`], on the model in [`model`]) and knows no database. What all ratings together teach is held in a [`Fit`].
//! - [`reml`] estimates what can be estimated without priors; [`command`] runs it on a file.
//! - Whatever changes what scores rest on calls [`mark_stale`] in its own transaction, and stamps the ratings that it changed with its
//!   sequence (`rating.sequence`); nothing else is needed for them to follow.
//! - What is solved is remembered in a [`Cache`] and kept up to date by a `View` per audience; without it everything is solved anew.

mod batches;
mod cache;
pub mod command;
mod compare;
mod counting;
mod coverage;
mod disagreement;
mod estimate;
mod explain;
mod facts;
mod fit;
mod formula;
mod held;
mod mixture;
pub mod model;
mod months;
mod movement;
mod net_promoter;
mod past;
mod queries;
mod rater;
mod ratings;
mod readings;
mod refit;
mod refresh;
mod reliability;
pub mod reml;
mod rows;
mod signals;
mod solved;
mod staircase;
mod suppression;
mod trend;
mod view;

pub use cache::Cache;
pub use counting::Stay;
pub use disagreement::disagreements;
pub use estimate::{RepScore, Scores, estimate, on_scale};
pub use fit::Fit;
pub use formula::Formula;
pub use mixture::Mixture;
pub use months::{spawn_closing, watch, withheld};
pub use queries::{customers_changed, mark_stale, meeting_changed, promise_changed, rules_changed};
pub use rater::Name;
pub use ratings::{Observation, Ratings};
pub use refresh::{refresh_stale, republish, spawn_refresh};
