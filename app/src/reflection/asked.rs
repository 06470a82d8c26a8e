//! Whether somebody is asked to reflect: once a day, after a day's first meeting, and never again once the person said no or wrote.

use chrono::NaiveDate;

/// What a member did last, as far as asking goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LastDays {
    /// The day of the last own meeting.
    pub met: Option<NaiveDate>,
    /// The day of the last own reflection.
    pub wrote: Option<NaiveDate>,
    /// The day on which the person last said 'not today', on this device.
    pub skipped: Option<NaiveDate>,
}

/// Whether the person is asked on `today`. There must be something to reflect on, and one word about it, or none, ends it for the day.
pub fn is_asked(last: LastDays, today: NaiveDate) -> bool {
    last.met == Some(today) && last.wrote < Some(today) && last.skipped < Some(today)
}

/// Whether the person is offered it right after saving a meeting, whatever day that was on: once a day, and not once it was answered that day
/// or offered before. `offered` is the day of the last offer on this device.
pub fn is_offered(last: LastDays, offered: Option<NaiveDate>, today: NaiveDate) -> bool {
    is_asked(LastDays { met: Some(today), ..last }, today) && offered < Some(today)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sync::sample::on;
    use proptest::prelude::*;

    #[test]
    fn one_is_asked_once_a_day_and_only_after_a_meeting() {
        let today = on("2026-05-05");
        for (met, wrote, skipped, asked) in [
            (None, None, None, false),
            (Some("2026-05-04"), None, None, false),
            (Some("2026-05-05"), None, None, true),
            (Some("2026-05-05"), Some("2026-05-04"), Some("2026-05-04"), true),
            (Some("2026-05-05"), Some("2026-05-05"), None, false),
            (Some("2026-05-05"), None, Some("2026-05-05"), false),
        ] {
            let last = LastDays { met: met.map(on), wrote: wrote.map(on), skipped: skipped.map(on) };
            assert_eq!(is_asked(last, today), asked, "{last:?}");
        }
    }

    #[test]
    fn one_is_offered_it_once_a_day_after_whatever_meeting() {
        let today = on("2026-05-05");
        for (wrote, skipped, offered, may) in [
            (None, None, None, true),
            (Some("2026-05-04"), Some("2026-05-04"), Some("2026-05-04"), true),
            (Some("2026-05-05"), None, None, false),
            (None, Some("2026-05-05"), None, false),
            (None, None, Some("2026-05-05"), false),
        ] {
            let last = LastDays { met: Some(on("2026-05-01")), wrote: wrote.map(on), skipped: skipped.map(on) };
            assert_eq!(is_offered(last, offered.map(on), today), may, "{last:?} {offered:?}");
        }
    }

    proptest! {
        #[test]
        fn whoever_said_no_today_is_left_in_peace_whatever_else_happened(met in any::<bool>(), wrote in prop::option::of(0_u64..3)) {
            let today = on("2026-05-05");
            let last = LastDays {
                met: met.then_some(today),
                wrote: wrote.map(|days| today - chrono::Days::new(days)),
                skipped: Some(today),
            };
            prop_assert!(!is_asked(last, today));
        }
    }
}
