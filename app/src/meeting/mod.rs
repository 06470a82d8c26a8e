//! Meetings and touches: planned, held, logged.
//!
//! Only held meetings are rated and counted. Once a request to rate is out, customer, contacts, format and date change only
//! through the rep's manager, with a reason that everybody sees.

mod clashes;
mod draft;
mod model;
#[cfg(feature = "csr")]
mod pages;
mod store;
mod summary;
mod undo;
mod words;

pub use clashes::*;
pub use draft::*;
pub use model::*;
#[cfg(feature = "csr")]
pub use pages::*;
pub use store::*;
pub use summary::*;
pub use undo::*;
pub use words::*;
