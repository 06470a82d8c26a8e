//! Search over everything that a phone holds in words: customers, people, notes. Offline, as one types.
//!
//! Every text is kept ready beside the replica ([`Index`]): reading 50,000 meetings anew for each letter would be felt.

mod index;
#[cfg(feature = "csr")]
mod pages;
mod snippet;
mod words;

pub use index::*;
#[cfg(feature = "csr")]
pub use pages::*;
pub use snippet::*;
pub use words::*;
