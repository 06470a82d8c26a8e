//! What goes in.

/// One rating of a rep by a customer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rating {
    /// Who was rated: an index from 0.
    pub rep: u32,
    /// Who rated: an index from 0.
    pub customer: u32,
    /// The rating; any finite number.
    pub y: f64,
    /// Its precision relative to the others': its error has the residual variance over this. Finite, at least 0; at 0 it counts nowhere.
    pub weight: f64,
}

/// Why ratings cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unusable {
    /// There is none, or none of a weight above 0.
    #[error("no rating counts")]
    NoRating,
    /// The rating at this index is not finite.
    #[error("rating {0} is not a finite number")]
    Rating(usize),
    /// The weight at this index is negative or not finite.
    #[error("weight {0} is not a finite number of at least 0")]
    Weight(usize),
    /// The rating at this index names a rep or customer beyond those there are.
    #[error("rating {0} is of a rep or by a customer that is not there")]
    Level(usize),
}
