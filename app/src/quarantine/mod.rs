//! What could not be saved: mutations that the server refused, whole, and what administrators decide about each.
//!
//! - Whoever made a mutation stays its author: tried again, it is applied by the author's rights, through the same code as a push.
//! - A decision is final and kept with who made it and when. The receipt stays what it was: a retry gets the first answer, and the decision
//!   reaches the author's phones as a row beside it.
//! - A customer's answers, and what reaches nobody but its author, are never shown to anybody here.

mod api;
mod model;
#[cfg(feature = "csr")]
mod pages;
#[cfg(feature = "ssr")]
mod port;
mod words;

pub use api::*;
pub use model::*;
#[cfg(feature = "csr")]
pub use pages::*;
#[cfg(feature = "ssr")]
pub use port::Port;
pub use words::*;
