//! Engagement: where somebody's time with customers goes, and a look in the mirror. One's own, and nobody else's.
//!
//! - Worked out on the phone from what was logged; nothing of it is ever sent, and no location, call or screen time is looked at.
//! - Told as patterns and never as targets: there is no number here to reach.

mod model;
#[cfg(feature = "csr")]
mod pages;
mod self_check;
mod store;
mod words;

pub use model::*;
#[cfg(feature = "csr")]
pub use pages::*;
pub use self_check::*;
pub use store::*;
pub use words::*;
