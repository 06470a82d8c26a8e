//! How much what differs: the variances that the model takes as given, and what is believed of them before any rating.

use super::design::Kind;

/// Of the effects and of what is left, in squared points.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Variances {
    /// Between reps.
    pub rep: f64,
    /// Between customers, as their people have it in common; people of one customer differ as much again.
    pub customer: f64,
    /// Of a rep between two windows.
    pub window: f64,
    /// Between ratings of the same.
    pub residual: f64,
}

/// Of formats and channels: known, because five and three of them say little about it. 0.3 points, squared.
const SETTING: f64 = 0.3 * 0.3;
/// Scale of the half-normal priors on the standard deviations between reps and between customers.
const DEVIATION: f64 = 1.0;
/// Prior of the residual variance: scaled inverse chi-square, as if this many ratings had been seen before ...
const RESIDUAL_FREEDOM: f64 = 4.0;
/// ... with this variance.
const RESIDUAL: f64 = 0.65 * 0.65;

impl Variances {
    /// Of people within their customer. Most of what a rating says about its rater is the person's own (Scullen, Mount and Goff, 2000), and
    /// many customers are rated by one person, so that the two cannot be told apart: half of it is taken to be the person's.
    pub(super) fn person(&self) -> f64 {
        self.customer
    }

    /// One over the prior variance of a kept effect.
    pub(super) fn precision(&self, kind: Kind) -> f64 {
        match kind {
            Kind::Mean => 0.0,
            Kind::Rep => 1.0 / self.rep,
            Kind::Window => 1.0 / self.window,
            Kind::Setting => 1.0 / SETTING,
        }
    }

    /// Log of the prior density per unit of the two deviations and of the log of the residual variance; up to a constant. The customer's
    /// deviation is that of customer and person together, which is what one rater is to us.
    pub(super) fn log_prior(&self) -> f64 {
        let rater = self.customer + self.person();
        let deviations = -0.5 * (self.rep + rater) / DEVIATION.powi(2);
        deviations - 0.5 * RESIDUAL_FREEDOM * (self.residual.ln() + RESIDUAL / self.residual)
    }
}
