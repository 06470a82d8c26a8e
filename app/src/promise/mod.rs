//! Promises: what somebody of ours said would happen, by when, and who keeps it.

mod draft;
mod model;
#[cfg(feature = "csr")]
mod pages;

pub use draft::*;
pub use model::*;
#[cfg(feature = "csr")]
pub use pages::*;
