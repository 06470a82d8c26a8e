//! Accounts: who may sign in, in which roles, and who looked at whom.

#[cfg(feature = "csr")]
mod device;
mod model;
#[cfg(feature = "csr")]
mod pin;
mod store;

#[cfg(feature = "csr")]
pub use device::Device;
pub use model::*;
#[cfg(feature = "csr")]
pub use pin::*;
pub use store::*;
