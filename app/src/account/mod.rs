//! Accounts: who may sign in, in which roles, and who looked at whom.

mod model;

pub use model::*;
