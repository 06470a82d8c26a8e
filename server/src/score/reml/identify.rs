//! What the ratings cannot tell apart, whatever they are.
//!
//! Restricted likelihood sees contrasts only. Two variances are told apart unless what they add to the contrasts' variance is
//! proportional, which by rank takes the same levels, or as many levels as ratings. (Ratings of different weights would tell a level of
//! their own each from the residual; too little hangs on that to rest a variance on it, and lme4 refuses it, too.)

use super::design::Design;

/// A variance that cannot be estimated from who rated whom, and is therefore fixed at 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Unidentified {
    /// There is one rep; or each rating is of another rep, so that the residual variance holds the reps'.
    Rep,
    /// There is one customer; or each rating is by another customer, so that the residual variance holds the customers'; or each rep has a
    /// customer of their own, so that the reps' variance holds the customers'; or there are three ratings, which cannot tell three
    /// variances.
    Customer,
    /// There is one rating.
    Residual,
}

/// In the order of the enumeration.
pub(super) fn unidentified(design: &Design) -> Vec<Unidentified> {
    let (reps, customers) = if design.swapped { (&design.eliminated, &design.kept) } else { (&design.kept, &design.eliminated) };
    let cannot = |levels: usize| levels == 1 || levels == design.ratings;
    let one_to_one = design.weights.len() == reps.observed && reps.observed == customers.observed;
    let mut found = Vec::new();
    if cannot(reps.observed) {
        found.push(Unidentified::Rep);
    }
    let too_many = design.ratings == 3 && found.is_empty();
    if cannot(customers.observed) || one_to_one || too_many {
        found.push(Unidentified::Customer);
    }
    if design.ratings == 1 {
        found.push(Unidentified::Residual);
    }
    found
}
