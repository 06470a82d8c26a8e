//! Seeded chance: every run draws the same.

use app::time::Timestamp;
use uuid::Uuid;

/// The generator, with the few shapes of chance that the story needs.
pub(super) struct Chance(fastrand::Rng);

impl Chance {
    pub(super) fn new(seed: u64) -> Self {
        Self(fastrand::Rng::with_seed(seed))
    }

    /// An id as a phone makes it at that instant.
    pub(super) fn id(&mut self, at: Timestamp) -> Uuid {
        let millis = u64::try_from(at.0).unwrap_or(0);
        uuid::Builder::from_unix_timestamp_millis(millis, &std::array::from_fn(|_| self.0.u8(..))).into_uuid()
    }

    /// Whether something of that probability happens.
    pub(super) fn happens(&mut self, probability: f64) -> bool {
        self.0.f64() < probability
    }

    /// A whole number from `low` to `high`, both included.
    pub(super) fn between(&mut self, low: i64, high: i64) -> i64 {
        self.0.i64(low..=high)
    }

    /// One of several.
    pub(super) fn one<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.0.usize(..of.len())]
    }

    /// Normal around 0.
    pub(super) fn normal(&mut self, deviation: f64) -> f64 {
        let (a, b) = (1.0 - self.0.f64(), self.0.f64());
        deviation * (-2.0 * a.ln()).sqrt() * (std::f64::consts::TAU * b).cos()
    }

    /// Puts things into another order.
    pub(super) fn shuffle<T>(&mut self, things: &mut [T]) {
        self.0.shuffle(things);
    }
}
