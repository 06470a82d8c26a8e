//! Customers and the people there: who owns them, how often they want to be met, what makes each person special.

mod api;
mod assignment;
mod book;
mod clashes;
mod draft;
mod explain;
mod import;
mod last_contact;
mod model;
#[cfg(feature = "csr")]
mod pages;
mod people;
#[cfg(feature = "ssr")]
mod port;
mod reach;
mod store;
mod tier;
mod uniting;
mod window;
mod words;

pub use api::*;
pub use assignment::*;
pub use book::*;
pub use clashes::*;
pub use draft::*;
pub use explain::*;
pub use import::*;
pub use last_contact::{ContactKind, LastContact};
pub use model::*;
#[cfg(feature = "csr")]
pub use pages::*;
pub use people::*;
#[cfg(feature = "ssr")]
pub use port::Port;
pub use reach::*;
pub use store::*;
pub use tier::Tier;
pub use uniting::*;
pub use window::*;
pub use words::*;
