//! Reflection: what a rep makes of a meeting, private until shared, and the one thing to do differently next time.

mod model;

pub use model::*;
