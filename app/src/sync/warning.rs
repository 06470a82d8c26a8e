//! What the health card warns of: whatever may cost a person what the phone holds.

use super::client::Health;
use crate::time::Timestamp;

/// Something to do something about.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Warning {
    /// Writing to the phone's storage failed: make room, or restart the phone.
    StorageFails,
    /// The storage granted to the app is nearly used up, as a share of 1.
    StorageNearlyFull(f64),
    /// The browser may clear the app's storage when the phone runs short.
    NotPersisted,
    /// On an iPhone, storage outlives a week of disuse only on the home screen.
    NotInstalled,
    /// The phone's clock is off by this many minutes, positive where it is ahead.
    ClockOff(i64),
    /// Something waits on this phone for days, since then.
    WaitsSince(Timestamp),
    /// This many items were numbered here and are neither here nor on the server.
    Lost(usize),
}

impl Warning {
    /// Whether something is lost or may be soon: that is said wherever the person is, and not only where sync is told about.
    pub fn is_pressing(&self) -> bool {
        match self {
            Self::Lost(_) | Self::StorageFails | Self::StorageNearlyFull(_) | Self::WaitsSince(_) => true,
            Self::NotPersisted | Self::NotInstalled | Self::ClockOff(_) => false,
        }
    }
}

/// What surrounds the store on this phone.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Surroundings {
    /// Whether the last write failed.
    pub storage_fails: bool,
    /// Used share of the storage granted, 0 to 1, where the browser tells.
    pub used: Option<f64>,
    /// Whether the browser promised not to clear it.
    pub persisted: bool,
    /// Whether it is an iPhone or iPad.
    pub ios: bool,
    /// Whether the app was opened from the home screen.
    pub standalone: bool,
    /// How far the phone's clock is ahead of the server's, milliseconds, once the server was heard.
    pub clock_ahead: Option<i64>,
}

/// Storage used from which on the person should know.
const NEARLY_FULL: f64 = 0.8;
/// Minutes that a clock may be off.
const CLOCK_OFF_MAX: i64 = 5;
/// Days that something may wait.
const WAIT_DAYS_MAX: f64 = 3.0;

/// What to warn of at `now`, the most pressing first.
pub fn warnings(health: &Health, around: &Surroundings, now: Timestamp) -> Vec<Warning> {
    let minutes = around.clock_ahead.map(|millis| millis / 60_000).filter(|minutes| minutes.abs() >= CLOCK_OFF_MAX);
    let not_installed = around.ios && !around.standalone;
    [
        (health.lost > 0).then_some(Warning::Lost(health.lost)),
        around.storage_fails.then_some(Warning::StorageFails),
        around.used.filter(|used| *used >= NEARLY_FULL).map(Warning::StorageNearlyFull),
        health.oldest_unsent.filter(|since| now.days_since(*since) > WAIT_DAYS_MAX).map(Warning::WaitsSince),
        not_installed.then_some(Warning::NotInstalled),
        // On the home screen of an iPhone nothing is cleared, and nothing is granted when asked.
        (!around.persisted && !around.ios).then_some(Warning::NotPersisted),
        minutes.map(Warning::ClockOff),
    ]
    .into_iter()
    .flatten()
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp(1_780_000_000_000);

    #[test]
    fn a_phone_in_good_health_is_not_warned_of() {
        let around = Surroundings { persisted: true, used: Some(0.1), clock_ahead: Some(-90_000), ..Surroundings::default() };
        let health = Health { unsent: 3, oldest_unsent: Some(NOW.plus_days(-2)), ..Health::default() };
        assert_eq!(warnings(&health, &around, NOW), []);
    }

    #[test]
    fn whatever_may_cost_what_the_phone_holds_is_named() {
        let around = Surroundings {
            storage_fails: true,
            used: Some(0.9),
            persisted: false,
            ios: true,
            standalone: false,
            clock_ahead: Some(3_600_000),
        };
        let since = NOW.plus_days(-4);
        let health = Health { oldest_unsent: Some(since), lost: 2, ..Health::default() };
        let expected = [
            Warning::Lost(2),
            Warning::StorageFails,
            Warning::StorageNearlyFull(0.9),
            Warning::WaitsSince(since),
            Warning::NotInstalled,
            Warning::ClockOff(60),
        ];
        assert_eq!(warnings(&health, &around, NOW), expected);
        assert_eq!(warnings(&Health::default(), &Surroundings::default(), NOW), [Warning::NotPersisted]);
    }

    #[test]
    fn what_is_said_everywhere_is_what_is_lost_or_may_be_soon() {
        let around =
            Surroundings { storage_fails: true, used: Some(0.9), ios: true, clock_ahead: Some(3_600_000), ..Surroundings::default() };
        let health = Health { oldest_unsent: Some(NOW.plus_days(-4)), lost: 2, ..Health::default() };
        let all = warnings(&health, &around, NOW);
        let pressing: Vec<Warning> = all.iter().copied().filter(Warning::is_pressing).collect();
        assert_eq!(pressing, all[..4], "the most pressing come first");
        assert_eq!(all[4..], [Warning::NotInstalled, Warning::ClockOff(60)]);
        assert!(warnings(&Health::default(), &Surroundings::default(), NOW).iter().all(|warning| !warning.is_pressing()));
    }
}
