//! Customers and the people there: who owns them, how often they want to be met, what makes each person special.

mod model;
#[cfg(feature = "csr")]
mod pages;
mod store;
mod words;

pub use model::*;
#[cfg(feature = "csr")]
pub use pages::*;
pub use store::*;
pub use words::*;
