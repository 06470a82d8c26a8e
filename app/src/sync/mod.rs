//! Sync: what a phone says to the server and hears from it.
//!
//! Screen -> [`Mutation`](protocol::Mutation) -> outbox -> push; pull -> replica -> screen. See ARCHITECTURE.md, 'a meeting is logged
//! offline and syncs'.

#[cfg(feature = "csr")]
pub mod device;
pub mod outbox;
pub mod protocol;
mod refusal;
pub mod replica;
#[cfg(feature = "csr")]
mod saving;
#[cfg(feature = "csr")]
mod typing;

#[cfg(feature = "csr")]
pub use device::Phone;
pub use refusal::Refusal;
pub use replica::Replica;
#[cfg(feature = "csr")]
pub use saving::*;
#[cfg(feature = "csr")]
pub use typing::*;
