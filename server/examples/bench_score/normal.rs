//! What made-up ratings are made of.

use std::f64::consts::TAU;

/// A standard normal draw (Box and Muller, 1958).
pub(super) fn draw(random: &mut fastrand::Rng) -> f64 {
    (-2.0 * (1.0 - random.f64()).ln()).sqrt() * (TAU * random.f64()).cos()
}
