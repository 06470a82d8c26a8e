//! Promises and questions to colleagues: what phones may change, and who is told.

mod apply;
mod inside;

pub use apply::{answer, audience, delete, hand, make, own, report, settle};
pub use inside::{answer_inside_ask, ask_inside, delete_inside_ask};
