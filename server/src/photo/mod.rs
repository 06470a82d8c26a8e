//! Photos of meetings and promises: checked, kept apart from their rows, seen by whoever sees what they are attached to.

mod apply;
mod queries;
mod routes;

pub use apply::{attach, delete, follow, remove_of, republish_at_customer, republish_one};
pub use routes::routes;
