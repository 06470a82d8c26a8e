//! Teams: they nest, and a manager of one sees it and all below it. Administrators set them up.
//!
//! - People are listed by name and in no other order; averages are told from [`PEOPLE_FOR_AVERAGE`] people on.

mod api;
mod model;
#[cfg(feature = "csr")]
mod pages;
#[cfg(feature = "ssr")]
mod port;
mod store;
mod tree;

pub use api::*;
pub use model::*;
#[cfg(feature = "csr")]
pub use pages::*;
#[cfg(feature = "ssr")]
pub use port::Port;
pub use store::*;
pub use tree::*;
