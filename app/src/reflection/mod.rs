//! Reflection: what a rep makes of a meeting, private until shared, and the one thing to do differently next time.
//!
//! - Asked once a day; one line suffices, and saying no leaves no trace but a hint in this browser.
//! - Energy, confidence and mood are asked only of those who want to see their own course.
//! - An action keeps from where its component is to move; whether it did is computed on the phone, from ratings that its author reads anyway.

mod asked;
mod course;
mod draft;
mod model;
mod moved;
#[cfg(feature = "csr")]
mod pages;
mod store;
mod words;

pub use asked::*;
pub use course::*;
pub use draft::*;
pub use model::*;
pub use moved::*;
#[cfg(feature = "csr")]
pub use pages::*;
pub use store::*;
pub use words::*;
