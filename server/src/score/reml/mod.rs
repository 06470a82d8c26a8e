//! Restricted maximum likelihood for crossed or nested effects of reps and customers: `y = mean + rep + customer + e`, `e` of the residual
//! variance over the rating's weight.
//!
//! - [`Design`] sums the ratings up. Every result is a function of it, without clock or chance, on one processor.
//! - [`fit`] estimates the variances, [`solve`] only the effects at variances that are held, [`Held`] the same rating by rating.
//! - A variance is exactly 0 where the likelihood falls from there; what the ratings cannot tell is 0 and named ([`Unidentified`]).
//! - From outside in: `fit` asks `search` for the optimum, on the boundary (`one_way`), without a residual (`exact`) and inside (`newton`);
//!   a `point` there is solved by way of `equations`, whose matrix is factored (`blocks`) or not (`conjugate`), with `traces` for the
//!   gradient.
//!
//! The likelihood and its scale are those of lme4 (Bates, Mächler, Bolker and Walker, 2015, Fitting linear mixed-effects models using
//! lme4), which tests/it/score/reference holds it to.

mod blocks;
mod conjugate;
mod design;
mod equations;
mod estimates;
mod exact;
mod fit;
mod groups;
mod held;
mod identify;
mod newton;
mod objective;
mod one_way;
mod point;
mod rating;
mod scale;
mod search;
mod shapes;
#[cfg(test)]
mod tests;
mod traces;

pub use design::Design;
pub use estimates::{Detail, Effects, Estimates};
pub use fit::{Fit, Variances, fit, solve};
pub(super) use groups::Linked;
pub use held::Held;
pub use identify::Unidentified;
pub use rating::{Rating, Unusable};
