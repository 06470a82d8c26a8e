//! What another app shares with Qdos: a text, which becomes a note on a customer, a meeting's log, a promise or a question to a colleague.
//!
//! The service worker answers the address without network, and the address is cleared as soon as the text is kept as a draft: it stands neither
//! in the history nor in what is asked of the server.

mod model;
#[cfg(feature = "csr")]
mod pages;

pub use model::*;
#[cfg(feature = "csr")]
pub use pages::*;
