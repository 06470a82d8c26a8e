//! Reflection: what a rep makes of a meeting, private until shared, and the one thing to do differently next time.

mod draft;
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
