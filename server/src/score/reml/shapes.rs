//! Other shapes of the same model: one factor, and one nested in the other.

use super::{
    design::Design,
    rating::{Rating, Unusable},
};

impl Design {
    /// Ratings of `reps` reps by nobody in particular, each `(rep, y, weight)`; the one customer there is has an effect of 0.
    ///
    /// # Errors
    /// Where a rating is not usable, or none counts.
    pub fn of_one_factor(reps: usize, ratings: &[(u32, f64, f64)]) -> Result<Self, Unusable> {
        let ratings: Vec<Rating> = ratings.iter().map(|&(rep, y, weight)| Rating { rep, customer: 0, y, weight }).collect();
        Self::new(reps, 1, &ratings)
    }

    /// Ratings by customers who are numbered anew under each rep, such as casks of batches. Returned beside the design: whom each customer
    /// of the result stands for, as `(rep, customer)`, in rising order.
    ///
    /// # Errors
    /// Where a rating is not usable, or none counts.
    pub fn nested(reps: usize, ratings: &[Rating]) -> Result<(Self, Vec<(u32, u32)>), Unusable> {
        let mut pairs: Vec<(u32, u32)> = ratings.iter().map(|rating| (rating.rep, rating.customer)).collect();
        pairs.sort_unstable();
        pairs.dedup();
        let customer = |rating: &Rating| pairs.partition_point(|pair| *pair < (rating.rep, rating.customer));
        let number = |rating: &Rating| u32::try_from(customer(rating)).expect("no more customers than an index counts");
        let apart: Vec<Rating> = ratings.iter().map(|rating| Rating { customer: number(rating), ..*rating }).collect();
        Ok((Self::new(reps, pairs.len(), &apart)?, pairs))
    }
}
