//! Screens that need the server: what they ask of it, and what they say where it does not answer. All else reads from the replica.

mod asking;
mod confirm;
mod hand_over;
mod loaded;
mod needs_network;

pub use asking::{Asking, FailureBanner};
pub use confirm::Confirm;
pub use hand_over::HandOver;
pub use loaded::{Load, Loaded};
pub use needs_network::NeedsNetwork;
