//! Screens that need the server: what they ask of it, and what they say where it does not answer. All else reads from the replica.

mod asking;
mod loaded;

pub use asking::{Asking, FailureBanner};
pub use loaded::{Load, Loaded};
