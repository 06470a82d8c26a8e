//! Accounts: who may sign in, in which roles, and who looked at whom.

mod access;
mod api;
mod availability;
mod away;
#[cfg(feature = "csr")]
mod device;
mod email;
#[cfg(feature = "csr")]
mod look;
mod model;
#[cfg(feature = "csr")]
mod pages;
mod password;
#[cfg(feature = "csr")]
mod pin;
#[cfg(feature = "ssr")]
mod port;
mod store;
#[cfg(feature = "csr")]
mod told;
mod words;

pub use access::*;
pub use api::*;
pub use availability::*;
pub use away::*;
#[cfg(feature = "csr")]
pub use device::Device;
pub use email::{check_email, fold_email};
#[cfg(feature = "csr")]
pub use look::record_look;
pub use model::*;
#[cfg(feature = "csr")]
pub use pages::{FirstRun, SignedOut, for_administrators, member_address, routes};
pub use password::{PASSWORD_MAX, PASSWORD_MIN, Password};
#[cfg(feature = "csr")]
pub use pin::*;
#[cfg(feature = "ssr")]
pub use port::Port;
pub use store::*;
pub use words::*;
