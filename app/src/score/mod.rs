//! The score: a fair estimate with an honest interval, never a rank.

mod model;

pub use model::*;
