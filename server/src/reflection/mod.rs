//! Reflections and actions. Unshared, they reach nobody but their author.

mod apply;

pub use apply::{settle_action, share, take_action, write};
