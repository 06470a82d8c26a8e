//! Customers and the people there: who owns them, how often they want to be met, what makes each person special.

mod model;
mod store;

pub use model::*;
pub use store::*;
