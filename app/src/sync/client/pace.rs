//! When to try again.

use crate::time::Timestamp;
use std::time::Duration;

/// The longest wait after a failure.
pub const WAIT_MAX: Duration = Duration::from_secs(5 * 60);
/// The wait after the first failure.
const WAIT_MIN: Duration = Duration::from_secs(2);

/// How the last exchanges went, and when the next may start.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pace {
    failures: u32,
    not_before: Timestamp,
}

impl Pace {
    /// An exchange succeeded, or the world changed: start at once.
    pub fn reset(&mut self) {
        *self = Self::default();
    }

    /// An exchange failed at `now`: waits twice as long as the last time, or as long as the server asks. `fraction` (0 to 1) spreads
    /// phones that failed together over half of the wait.
    pub fn failed(&mut self, now: Timestamp, fraction: f64, asked: Option<Duration>) {
        let doubled = WAIT_MIN.saturating_mul(1 << self.failures.min(16)).min(WAIT_MAX);
        let wait = doubled.mul_f64(0.5 + fraction / 2.0).max(asked.unwrap_or_default()).min(WAIT_MAX);
        self.failures += 1;
        self.not_before = now.plus_millis(wait.as_millis() as i64);
    }

    /// When the next exchange may start; `None` for now. A clock set back does not make the wait longer than it can be.
    pub fn next(&self, now: Timestamp) -> Option<Timestamp> {
        let latest = now.plus_millis(WAIT_MAX.as_millis() as i64);
        Some(self.not_before).filter(|at| *at > now && *at <= latest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp(1_780_000_000_000);

    fn waits(fraction: f64) -> Vec<i64> {
        let mut pace = Pace::default();
        let wait = |_| {
            pace.failed(NOW, fraction, None);
            pace.next(NOW).map_or(0, |at| at.0 - NOW.0) / 1000
        };
        (0..10).map(wait).collect()
    }

    #[test]
    fn each_failure_waits_twice_as_long_up_to_five_minutes() {
        assert_eq!(waits(1.0), [2, 4, 8, 16, 32, 64, 128, 256, 300, 300]);
        assert_eq!(waits(0.0), [1, 2, 4, 8, 16, 32, 64, 128, 150, 150]);
    }

    #[test]
    fn a_server_that_asks_for_more_time_gets_it_within_reason() {
        for (asked, waits) in [(1, 2_000), (60, 60_000), (86_400, 300_000)] {
            let mut pace = Pace::default();
            pace.failed(NOW, 1.0, Some(Duration::from_secs(asked)));
            assert_eq!(pace.next(NOW), Some(NOW.plus_millis(waits)));
        }
    }

    #[test]
    fn success_starts_over() {
        let mut pace = Pace::default();
        pace.failed(NOW, 1.0, None);
        pace.failed(NOW, 1.0, None);
        pace.reset();
        assert_eq!(pace.next(NOW), None);
        pace.failed(NOW, 1.0, None);
        assert_eq!(pace.next(NOW), Some(NOW.plus_millis(2_000)));
    }

    #[test]
    fn a_clock_that_is_set_back_does_not_hold_up_the_queue() {
        let mut pace = Pace::default();
        pace.failed(NOW, 1.0, None);
        assert_eq!(pace.next(NOW.plus_days(-1)), None);
    }
}
