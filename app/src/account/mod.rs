//! Accounts: who may sign in, in which roles, and who looked at whom.

mod access;
mod api;
#[cfg(feature = "csr")]
mod device;
mod email;
mod model;
mod password;
#[cfg(feature = "csr")]
mod pin;
#[cfg(feature = "ssr")]
mod port;
#[cfg(feature = "csr")]
mod sign_in_gate;
mod store;
#[cfg(feature = "csr")]
mod welcome_gate;

pub use access::*;
pub use api::*;
#[cfg(feature = "csr")]
pub use device::Device;
pub use email::{check_email, fold_email};
pub use model::*;
pub use password::{PASSWORD_MAX, PASSWORD_MIN, Password};
#[cfg(feature = "csr")]
pub use pin::*;
#[cfg(feature = "ssr")]
pub use port::{Answer, Port};
#[cfg(feature = "csr")]
pub use sign_in_gate::SignInGate;
pub use store::*;
#[cfg(feature = "csr")]
pub use welcome_gate::WelcomeGate;
