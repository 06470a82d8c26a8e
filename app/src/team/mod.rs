//! Teams: they nest, and a manager of one sees it and all below it.

mod model;

pub use model::*;
