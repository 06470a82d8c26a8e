//! Make it right: a customer was let down, and the rep acts first, without asking anybody.
//!
//! A case opens by rule, once per cause and under its cause's id, or by hand. Nothing that a customer said behind a hidden name opens one, since
//! the rep would learn who it was. How fast somebody got in touch and whether it succeeded are derived, never claimed.

mod model;
mod outcome;
#[cfg(feature = "csr")]
mod pages;
mod rule;
mod store;
mod words;

pub use model::*;
pub use outcome::*;
#[cfg(feature = "csr")]
pub use pages::*;
pub use rule::*;
pub use store::*;
pub use words::*;
