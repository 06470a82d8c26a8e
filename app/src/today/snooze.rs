use crate::{
    id::{MemberId, SubjectId},
    sync::Refusal,
};
use chrono::{Datelike, Days, NaiveDate, Weekday};
use serde::{Deserialize, Serialize};

/// Why something is put off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SnoozeReason {
    /// The customer has the next move.
    WaitingForThem,
    /// Nobody is there.
    TheyAreAway,
    /// Something else matters more now.
    OtherThingsFirst,
}

impl SnoozeReason {
    /// All of them, in the order that people read.
    pub const ALL: [Self; 3] = [Self::OtherThingsFirst, Self::WaitingForThem, Self::TheyAreAway];

    /// As people read it.
    pub fn label(self) -> &'static str {
        match self {
            Self::WaitingForThem => "Waiting for them",
            Self::TheyAreAway => "They are away",
            Self::OtherThingsFirst => "Other things first",
        }
    }
}

/// Something on Today that is put off. Reaches nobody but its author, on all of the author's devices. Since wire 5.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Snooze {
    /// Whose Today it is.
    pub member: MemberId,
    /// What is put off; a member puts a thing off once at a time.
    pub subject: SubjectId,
    /// The day on which it is back.
    pub until: NaiveDate,
    /// Why.
    pub because: SnoozeReason,
}

/// The last year until which something is put off, so that every database and calendar has the day.
const YEAR_MAX: i32 = 9999;

impl Snooze {
    /// Names it among rows.
    pub fn key(member: MemberId, subject: SubjectId) -> String {
        format!("{member}-{subject}")
    }

    /// Whether it can be kept.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] naming the field.
    pub fn check(&self) -> Result<(), Refusal> {
        if (1970..=YEAR_MAX).contains(&self.until.year()) { Ok(()) } else { Err(Refusal::invalid("until", "choose a day of this century")) }
    }

    /// Whether it still puts its thing off on `today`.
    pub fn lasts_on(&self, today: NaiveDate) -> bool {
        today < self.until
    }
}

/// The day after `today`.
pub fn tomorrow(today: NaiveDate) -> NaiveDate {
    today.checked_add_days(Days::new(1)).unwrap_or(today)
}

/// The next Monday after `today`.
pub fn next_week(today: NaiveDate) -> NaiveDate {
    let days = 7 - today.weekday().days_since(Weekday::Mon);
    today.checked_add_days(Days::new(days.into())).unwrap_or(today)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sync::sample::{ME, on};
    use uuid::Uuid;

    #[test]
    fn what_is_put_off_is_back_on_its_day() {
        let snooze = Snooze { member: ME, subject: SubjectId(Uuid::nil()), until: on("2026-06-03"), because: SnoozeReason::TheyAreAway };
        assert_eq!(["2026-06-02", "2026-06-03", "2026-06-04"].map(|today| snooze.lasts_on(on(today))), [true, false, false]);
        assert_eq!(snooze.check(), Ok(()));
        assert!(Snooze { until: NaiveDate::MAX, ..snooze }.check().is_err());
    }

    #[test]
    fn next_week_begins_on_a_monday_to_come() {
        for (today, monday) in [("2026-06-01", "2026-06-08"), ("2026-06-05", "2026-06-08"), ("2026-06-07", "2026-06-08")] {
            assert_eq!(next_week(on(today)), on(monday));
        }
        assert_eq!(tomorrow(on("2026-06-30")), on("2026-07-01"));
    }

    /// As wire 5 sends it; never changed.
    const SENT: &str = r#"{"member":"01a205ab-6c2e-7434-b518-ba6501245526","subject":"01a205ab-6c2e-7434-b518-ba6501245527","until":"2026-06-03","because":"waiting_for_them"}"#;

    #[test]
    fn what_the_first_release_that_has_it_sends_is_still_read() {
        let read: Snooze = serde_json::from_str(SENT).expect("it is read");
        assert_eq!(serde_json::to_string(&read).expect("JSON"), SENT);
    }
}
