//! Today: what to do now, never more than fits in a glance. Above the features: it reads them all, none reads it.

mod agenda;
#[cfg(feature = "csr")]
mod pages;
mod unfinished;

pub use agenda::*;
#[cfg(feature = "csr")]
pub use pages::*;
pub use unfinished::unfinished;
