//! Where things are and what to do, in words.

#[cfg(feature = "csr")]
mod carry;
mod item;
mod status;

#[cfg(feature = "csr")]
pub use carry::*;
pub use item::*;
pub use status::*;
