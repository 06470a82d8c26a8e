//! The promise screens.

mod row;

pub use row::PromiseRow;
