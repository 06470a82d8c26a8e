//! The customer rates: who is asked, with what words, and what comes back.
//!
//! A rating link is consumed by a deliberate submission, never by being opened. One rating per meeting and contact counts.

mod ask;
#[cfg(feature = "csr")]
mod asking;
mod exclusion;
#[cfg(any(feature = "csr", feature = "ssr"))]
mod form;
#[cfg(feature = "csr")]
mod handover;
#[cfg(feature = "csr")]
mod invite;
mod lock;
mod model;
mod parse;
#[cfg(feature = "csr")]
mod qr;
mod questionnaire;
mod release;
mod seal;
#[cfg(feature = "csr")]
mod stock;
mod store;
pub mod wording;

pub use ask::*;
#[cfg(feature = "csr")]
pub use asking::*;
pub use exclusion::*;
#[cfg(any(feature = "csr", feature = "ssr"))]
pub use form::*;
#[cfg(feature = "csr")]
pub use handover::HandoverScreen;
#[cfg(feature = "csr")]
pub use invite::*;
pub use lock::*;
pub use model::*;
pub use parse::{CANT_SAY_VALUE, FormError, field, pairs, parse, parse_so_far};
#[cfg(feature = "csr")]
pub use qr::*;
pub use questionnaire::*;
pub use release::*;
pub use seal::*;
#[cfg(feature = "csr")]
pub use stock::{address_of, keep_stocked};
pub use store::*;
