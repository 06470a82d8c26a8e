//! Where things are and what to do, in words.

mod item;
mod status;

pub use item::*;
pub use status::*;
