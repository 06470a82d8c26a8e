//! Promises: what phones may change, and who is told.

mod apply;

pub use apply::{delete, make, settle};
