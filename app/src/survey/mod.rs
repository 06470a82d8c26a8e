//! The customer rates: who is asked, with what words, and what comes back.
//!
//! A rating link is consumed by a deliberate submission, never by being opened. One rating per meeting and contact counts.

mod ask;
mod model;
mod seal;

pub use ask::*;
pub use model::*;
pub use seal::*;
