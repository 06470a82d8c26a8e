//! Teams: they nest, and a manager of one sees it and all below it.
//!
//! - People are listed by name and in no other order; averages are told from [`PEOPLE_FOR_AVERAGE`] people on.

mod model;
mod store;

pub use model::*;
pub use store::*;
