//! Promises: what somebody of ours said would happen, by when, and who keeps it.

mod draft;
mod model;
#[cfg(feature = "csr")]
mod pages;
mod store;
mod words;

pub use draft::*;
pub use model::*;
#[cfg(feature = "csr")]
pub use pages::*;
pub use store::*;
pub use words::*;
