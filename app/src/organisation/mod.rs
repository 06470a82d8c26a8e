//! The organisation: its name, purpose, time zone and the rules that it sets for itself.

mod model;

pub use model::*;
