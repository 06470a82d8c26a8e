//! Sync: what a phone says to the server and hears from it.
//!
//! Screen -> [`Mutation`](protocol::Mutation) -> outbox -> push; pull -> replica -> screen. See ARCHITECTURE.md, 'a meeting is logged
//! offline and syncs'. What is decided is decided without I/O, in [`client`]; what needs a browser is a thin layer around it.

pub mod answer;
#[cfg(feature = "csr")]
mod clashes;
pub mod client;
#[cfg(feature = "csr")]
pub mod device;
pub mod earlier;
pub mod holdings;
pub mod merge;
pub mod outbox;
pub mod protocol;
mod refusal;
pub mod replica;
#[cfg(test)]
pub(crate) mod sample;
#[cfg(feature = "csr")]
mod saving;
#[cfg(feature = "csr")]
mod status;
#[cfg(feature = "csr")]
mod still_reading;
pub mod stored;
#[cfg(feature = "csr")]
mod typing;
pub mod warning;

#[cfg(feature = "csr")]
pub use clashes::*;
#[cfg(feature = "csr")]
pub use device::{Opening, Phone};
pub use refusal::Refusal;
pub use replica::Replica;
#[cfg(feature = "csr")]
pub use saving::*;
#[cfg(feature = "csr")]
pub use status::*;
#[cfg(feature = "csr")]
pub use still_reading::*;
#[cfg(feature = "csr")]
pub use typing::*;
