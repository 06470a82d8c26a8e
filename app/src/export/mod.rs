//! What a member takes along: everything that the phone holds about the member and by the member, in one file.
//!
//! - Made on the phone from what it holds, so also without a network, and with what is still to be sent.
//! - An unshared reflection is in its author's export and in no other. Ratings whose customer hides the name are left out, and sealed
//!   answers, which nobody on a phone can read.

mod model;
#[cfg(feature = "csr")]
mod pages;

pub use model::*;
#[cfg(feature = "csr")]
pub use pages::*;
