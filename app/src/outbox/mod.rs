//! What was saved on this phone and where it is, as people read it: nothing here is sent or decided, that is `sync`.
//!
//! A customer's sealed answers are shown as on their way, never with what is in them, and cannot be removed; where they could not be counted,
//! the administrators have them, and nobody here is asked to do anything.

#[cfg(feature = "csr")]
mod pages;
mod store;
mod text;
mod words;

#[cfg(feature = "csr")]
pub use pages::*;
pub use store::*;
pub use text::*;
pub use words::*;
