//! Preparation: what to know before a visit, on one card, from what this phone holds. Reads the other features, changes nothing.

mod card;
#[cfg(feature = "csr")]
mod pages;
mod questions;
mod ratings;
mod words;

pub use card::*;
#[cfg(feature = "csr")]
pub use pages::*;
pub use questions::questions;
pub use ratings::*;
pub use words::*;
