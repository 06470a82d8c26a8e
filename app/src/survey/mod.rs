//! The customer rates: who is asked, with what words, and what comes back.
//!
//! A rating link is consumed by a deliberate submission, never by being opened. One rating per meeting and contact counts.

mod ask;
#[cfg(any(feature = "csr", feature = "ssr"))]
mod form;
mod lock;
mod model;
mod parse;
mod questionnaire;
mod release;
mod seal;
pub mod wording;

pub use ask::*;
#[cfg(any(feature = "csr", feature = "ssr"))]
pub use form::*;
pub use lock::*;
pub use model::*;
pub use parse::{CANT_SAY_VALUE, FormError, field, pairs, parse, parse_so_far};
pub use questionnaire::*;
pub use release::*;
pub use seal::*;
