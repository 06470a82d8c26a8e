//! When a rating reaches whom: the rep the next working morning, the manager a working day later, whoever was asked to get in touch at once.

use super::{Answers, FollowUp};
use crate::{organisation::Rules, time::Timestamp};
use chrono::{Datelike, NaiveDate, Weekday};

/// The organisation's calendar; its time zone lives on the server.
pub trait Calendar {
    /// The date there at an instant.
    fn date(&self, at: Timestamp) -> NaiveDate;

    /// When the working morning of a date begins there.
    fn morning(&self, date: NaiveDate) -> Timestamp;
}

/// When a rating reaches the rep and the rep's managers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Release {
    /// Absent where the contact hid the name: then the rep never gets it singly.
    pub rep: Option<Timestamp>,
    /// Always somebody answers for it.
    pub manager: Timestamp,
}

impl Release {
    /// Of `answers` that arrived at `at`.
    pub fn of(answers: &Answers, at: Timestamp, rules: &Rules, calendar: &impl Calendar) -> Self {
        let rep = nth_working_morning(at, rules.release_to_rep_after, calendar);
        let manager = nth_working_morning(rep, rules.release_to_manager_after, calendar);
        Self {
            rep: (!answers.hide_name).then_some(if answers.follow_up == FollowUp::Rep { at } else { rep }),
            manager: if answers.follow_up == FollowUp::SomeoneElse { at } else { manager },
        }
    }
}

/// The `n`th beginning of a working morning after `at`; `at` itself for 0.
fn nth_working_morning(at: Timestamp, n: u8, calendar: &impl Calendar) -> Timestamp {
    let (mut morning, mut date) = (at, calendar.date(at));
    for _ in 0..n {
        loop {
            let candidate = calendar.morning(date);
            let works = !matches!(date.weekday(), Weekday::Sat | Weekday::Sun);
            let Some(next) = date.succ_opt() else { return morning };
            date = next;
            if works && candidate > morning {
                morning = candidate;
                break;
            }
        }
    }
    morning
}

/// What hiding the name can still do for whoever corrects the answers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Hiding {
    /// All of it: the rep has not read the answers.
    #[default]
    InTime,
    /// The rep has read them. They can go from the rep's phone.
    Late,
    /// The name is hidden for good: the answers may already count together with others', and to show them to the rep would tell what was left
    /// for those.
    Done,
}

impl Hiding {
    /// For answers that have reached the rep, and the managers, or not.
    pub fn of(hide_name: bool, rep_has_read: bool, managers_have_read: bool) -> Self {
        match (rep_has_read, hide_name && managers_have_read) {
            (true, _) => Self::Late,
            (false, true) => Self::Done,
            (false, false) => Self::InTime,
        }
    }
}

/// Hidden names enter the score together, so that no change of it can be traced to one of them.
pub const HIDDEN_BATCH: usize = 3;

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::{NaiveDateTime, NaiveTime, TimeDelta};
    use proptest::prelude::*;

    /// Two hours east of UTC all year; mornings begin at eight.
    struct East;

    impl Calendar for East {
        fn date(&self, at: Timestamp) -> NaiveDate {
            at.date_at(120)
        }

        fn morning(&self, date: NaiveDate) -> Timestamp {
            let eight = date.and_time(NaiveTime::from_hms_opt(8, 0, 0).expect("a time")) - TimeDelta::hours(2);
            Timestamp(eight.and_utc().timestamp_millis())
        }
    }

    fn at(local: &str) -> Timestamp {
        let local = NaiveDateTime::parse_from_str(local, "%Y-%m-%d %H:%M").expect("a time") - TimeDelta::hours(2);
        Timestamp(local.and_utc().timestamp_millis())
    }

    fn of(answers: &Answers, given: &str) -> Release {
        Release::of(answers, at(given), &Rules::default(), &East)
    }

    #[test]
    fn a_rating_reaches_the_rep_the_next_working_morning_and_the_manager_a_working_day_later() {
        for (given, rep, manager) in [
            ("2026-06-01 15:00", "2026-06-02 08:00", "2026-06-03 08:00"),
            ("2026-06-01 07:59", "2026-06-01 08:00", "2026-06-02 08:00"),
            ("2026-06-01 08:00", "2026-06-02 08:00", "2026-06-03 08:00"),
            ("2026-06-04 23:30", "2026-06-05 08:00", "2026-06-08 08:00"),
            ("2026-06-05 15:00", "2026-06-08 08:00", "2026-06-09 08:00"),
            ("2026-06-06 09:00", "2026-06-08 08:00", "2026-06-09 08:00"),
        ] {
            assert_eq!(of(&Answers::default(), given), Release { rep: Some(at(rep)), manager: at(manager) }, "{given}");
        }
    }

    #[test]
    fn whoever_was_asked_to_get_in_touch_sees_it_at_once() {
        let given = "2026-06-05 15:00";
        let with = |follow_up| of(&Answers { follow_up, ..Default::default() }, given);
        assert_eq!(with(FollowUp::Rep), Release { rep: Some(at(given)), manager: at("2026-06-09 08:00") });
        assert_eq!(with(FollowUp::SomeoneElse), Release { rep: Some(at("2026-06-08 08:00")), manager: at(given) });
    }

    #[test]
    fn a_hidden_name_reaches_the_manager_only() {
        let hidden = Answers { hide_name: true, ..Default::default() };
        assert_eq!(of(&hidden, "2026-06-01 15:00"), Release { rep: None, manager: at("2026-06-03 08:00") });
    }

    #[test]
    fn a_name_is_hidden_for_good_once_only_the_managers_have_read_the_answers() {
        for (hide_name, rep, managers, expected) in [
            (false, false, false, Hiding::InTime),
            (false, false, true, Hiding::InTime),
            (true, false, false, Hiding::InTime),
            (true, false, true, Hiding::Done),
            (false, true, true, Hiding::Late),
            (true, true, true, Hiding::Late),
        ] {
            assert_eq!(Hiding::of(hide_name, rep, managers), expected, "{hide_name} {rep} {managers}");
        }
    }

    #[test]
    fn without_delay_everybody_sees_it_at_once() {
        let rules = Rules { release_to_rep_after: 0, release_to_manager_after: 0, ..Default::default() };
        let now = at("2026-06-06 15:00");
        assert_eq!(Release::of(&Answers::default(), now, &rules, &East), Release { rep: Some(now), manager: now });
    }

    proptest! {
        #[test]
        fn nobody_sees_it_before_it_was_given_and_without_a_wish_the_manager_never_before_the_rep(
            given in 0_i64..4_000_000_000_000, rep_after: u8, manager_after: u8,
        ) {
            let rules = Rules { release_to_rep_after: rep_after, release_to_manager_after: manager_after, ..Default::default() };
            let release = Release::of(&Answers::default(), Timestamp(given), &rules, &East);
            let rep = release.rep.expect("the name is not hidden");
            prop_assert!(rep.0 >= given && release.manager >= rep);
        }
    }
}
