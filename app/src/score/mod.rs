//! The score: a fair estimate with an honest interval, never a rank.
//!
//! - Every number opens up to the ratings behind it and comes with its meaning in words.
//! - What there is not enough of is said to be so; nothing is shown in its place.
//! - A manager who looks is recorded, and the one looked at sees it.

mod model;
mod movement;
#[cfg(feature = "csr")]
mod pages;
pub mod plot;
mod store;
pub mod words;

pub use model::*;
pub use movement::*;
#[cfg(feature = "csr")]
pub use pages::*;
pub use store::*;
