//! Customers and the people there: who owns them, how often they want to be met, what makes each person special.

mod model;

pub use model::*;
