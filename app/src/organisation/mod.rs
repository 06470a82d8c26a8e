//! The organisation: its name, purpose, time zone and the rules that it sets for itself.

mod api;
mod model;
#[cfg(feature = "ssr")]
mod port;

pub use api::*;
pub use model::*;
#[cfg(feature = "ssr")]
pub use port::Port;
