//! The model of a rating, and what ratings say under it: `y = mean + rep + customer + person + format + channel + e`.
//!
//! - `design`: ratings, summed; `equations`: the mixed-model equations at given variances; `quadrature`: which variances, and how likely;
//!   `posterior`: what that says about a rep.
//! - Random effects are normal. Formats and channels have a known variance; reps, customers, their people and the rest are learned.
//! - Pure: no clock, no database, no randomness.

mod design;
mod equations;
mod posterior;
mod quadrature;
mod simplex;
mod variances;

pub use design::{Row, Shape, Sums};
pub use posterior::{Posterior, aged, plain, window_changes};
pub use quadrature::{Node, nodes, window_nodes};
pub use variances::Variances;

#[cfg(test)]
mod tests;
