//! Reminders: once a day, at the beginning of the member's working hours, a phone says how much waits on Today. Above Today, from which it counts.
//!
//! - Off until somebody turns it on, for each device and each kind of thing.
//! - A reminder holds numbers and nothing else: whoever looks over a shoulder at a locked phone learns of no customer and no rating.
//! - Who is away is reminded of nothing.

mod api;
mod model;
#[cfg(feature = "csr")]
mod pages;
#[cfg(feature = "csr")]
mod phone;
#[cfg(feature = "ssr")]
mod port;
mod rule;
mod words;

pub use api::*;
pub use model::*;
#[cfg(feature = "csr")]
pub use pages::*;
#[cfg(feature = "csr")]
pub use phone::keep_up;
#[cfg(feature = "ssr")]
pub use port::Port;
pub use rule::*;
