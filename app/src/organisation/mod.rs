//! The organisation: its name, purpose, time zone and the rules that it sets for itself.

mod api;
mod model;
#[cfg(feature = "csr")]
mod pages;
#[cfg(feature = "ssr")]
mod port;
mod words;

pub use api::*;
pub use model::*;
#[cfg(feature = "csr")]
pub use pages::routes;
#[cfg(feature = "ssr")]
pub use port::Port;
pub use words::*;
