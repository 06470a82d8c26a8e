//! Meetings and touches: what phones may change, and who is told.

mod apply;
mod following;

pub use apply::{audience, create, delete, delete_touch, edit, own_or_managed, record_touch};
