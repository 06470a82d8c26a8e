//! Photos attached to a meeting or a promise.
//!
//! A photo is made small on the phone and says nothing but what it shows: no place, no device, no time (`jpeg`). Its bytes travel inside the
//! mutation that attaches it and share its guarantees; afterwards phones hold what is known of it ([`Photo`]) and ask for the bytes when
//! somebody looks.

mod draft;
pub mod jpeg;
mod model;
#[cfg(feature = "csr")]
mod pages;
mod store;
mod words;

pub use draft::*;
pub use model::*;
#[cfg(feature = "csr")]
pub use pages::*;
pub use store::*;
pub use words::*;
