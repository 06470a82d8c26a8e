//! Promises: what somebody of ours said would happen, by when, and who keeps it.

mod draft;
mod model;

pub use draft::*;
pub use model::*;
