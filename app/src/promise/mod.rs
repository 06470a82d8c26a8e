//! Promises: what somebody of ours said would happen, by when, and who keeps it.

mod model;

pub use model::*;
