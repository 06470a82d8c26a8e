//! Promises: what somebody of ours said would happen, by when, and who keeps it; and what colleagues are asked so that it can.
//!
//! Our side and the customer each say how a promise went; neither overwrites the other (`sides`).

mod course;
mod draft;
mod inside;
mod model;
mod outcome;
#[cfg(feature = "csr")]
mod pages;
mod sides;
mod store;
mod words;

pub use course::*;
pub use draft::*;
pub use inside::*;
pub use model::*;
pub use outcome::*;
#[cfg(feature = "csr")]
pub use pages::*;
pub use sides::*;
pub use store::*;
pub use words::*;
