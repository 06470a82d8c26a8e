//! Today: what members put off, kept for their own phones alone. What Today shows, phones work out by themselves.

mod apply;

pub use apply::{snooze, wake};
