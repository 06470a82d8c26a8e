//! Making it right: what phones may change, what opens a case by itself, and who is told.

mod apply;
mod rule;

pub use apply::{close, delete, open, record, reopen};
pub use rule::{promise_settled, rating_reached};
