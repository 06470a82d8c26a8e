//! When a member works: the hours of a week, and the days away with whoever covers. Everybody in the organisation sees it, never why.

use crate::{
    id::{AbsenceId, MemberId},
    sync::Refusal,
};
use chrono::{Datelike, NaiveDate, NaiveDateTime, TimeDelta, Timelike, Weekday};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// A day of the week.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "everybody knows the days of the week")]
pub enum WorkDay {
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday,
}

impl WorkDay {
    /// All seven.
    pub const ALL: [Self; 7] = [Self::Monday, Self::Tuesday, Self::Wednesday, Self::Thursday, Self::Friday, Self::Saturday, Self::Sunday];

    /// As people shorten it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Monday => "Mon",
            Self::Tuesday => "Tue",
            Self::Wednesday => "Wed",
            Self::Thursday => "Thu",
            Self::Friday => "Fri",
            Self::Saturday => "Sat",
            Self::Sunday => "Sun",
        }
    }

    fn of(weekday: Weekday) -> Self {
        Self::ALL[weekday.num_days_from_monday() as usize]
    }
}

/// Minutes of a day.
pub const DAY_MINUTES: u16 = 24 * 60;

/// The hours of a week in which somebody works, by the clock on the wall.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkingHours {
    /// On which days.
    pub days: BTreeSet<WorkDay>,
    /// From when, minutes after midnight.
    pub from_minute: u16,
    /// Until when, minutes after midnight; later than `from_minute`.
    pub until_minute: u16,
}

impl WorkingHours {
    /// Monday to Friday, the days on which ratings are released, too.
    pub fn on_working_days(from_hour: u8, until_hour: u8) -> Self {
        let days = WorkDay::ALL[..5].iter().copied().collect();
        Self { days, from_minute: u16::from(from_hour) * 60, until_minute: u16::from(until_hour) * 60 }
    }

    /// What is offered to whoever keeps to none.
    pub fn suggested() -> Self {
        Self::on_working_days(8, 18)
    }

    /// Whether they can be kept.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] naming the field.
    pub fn check(&self) -> Result<(), Refusal> {
        if self.days.is_empty() {
            return Err(Refusal::invalid("days", "choose at least one day"));
        }
        if self.until_minute > DAY_MINUTES || self.from_minute >= self.until_minute {
            return Err(Refusal::invalid("until_minute", "choose a time later than the beginning"));
        }
        Ok(())
    }

    /// Whether what a clock on the wall shows lies within them.
    pub fn include(&self, wall: NaiveDateTime) -> bool {
        self.days.contains(&WorkDay::of(wall.weekday())) && (self.from_minute..self.until_minute).contains(&minute_of_day(wall))
    }
}

/// Minutes since midnight on a clock on the wall.
pub fn minute_of_day(wall: NaiveDateTime) -> u16 {
    u16::try_from(wall.hour() * 60 + wall.minute()).unwrap_or(0)
}

/// Whose hours a member keeps.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Hours {
    /// The organisation's.
    #[default]
    Usual,
    /// The member's own.
    Own(WorkingHours),
}

/// The most days of one absence.
pub const ABSENCE_DAYS_MAX: i64 = 366;
/// The most absences that are kept of a member.
pub const ABSENCES_MAX: usize = 200;

/// Days on which a member does not work.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Absence {
    /// Its id.
    pub id: AbsenceId,
    /// The first day, in the member's time zone.
    pub from: NaiveDate,
    /// The last day.
    pub until: NaiveDate,
    /// Who looks after what is due meanwhile.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cover: Option<MemberId>,
}

impl Absence {
    /// Whether it can be kept for `member`. Whether the cover sees any of the member's customers only the caller knows.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] naming the field.
    pub fn check(&self, member: MemberId) -> Result<(), Refusal> {
        if self.until < self.from {
            return Err(Refusal::invalid("until", "choose a day that is not before the first"));
        }
        if self.until - self.from >= TimeDelta::days(ABSENCE_DAYS_MAX) {
            return Err(Refusal::invalid("until", "choose at most a year"));
        }
        if self.cover == Some(member) {
            return Err(Refusal::invalid("cover", "choose a colleague"));
        }
        Ok(())
    }

    /// Whether `day` is one of its days.
    pub fn includes(&self, day: NaiveDate) -> bool {
        self.from <= day && day <= self.until
    }
}

/// When a member works. Since wire 5.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Availability {
    /// Whose.
    pub member: MemberId,
    /// The hours of a week.
    #[serde(default)]
    pub hours: Hours,
    /// Days away, past ones too: windows rest on them.
    #[serde(default)]
    pub absences: Vec<Absence>,
}

impl Availability {
    /// Of somebody who has said nothing.
    pub fn of(member: MemberId) -> Self {
        Self { member, hours: Hours::default(), absences: Vec::new() }
    }

    /// The absence of which `day` is one, the longest of several.
    pub fn absence_on(&self, day: NaiveDate) -> Option<&Absence> {
        self.absences.iter().filter(|absence| absence.includes(day)).max_by_key(|absence| absence.until)
    }

    /// With other hours.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] naming the field.
    pub fn with_hours(&self, hours: &Hours) -> Result<Self, Refusal> {
        if let Hours::Own(own) = hours {
            own.check()?;
        }
        Ok(Self { hours: hours.clone(), ..self.clone() })
    }

    /// With an absence; the same id again replaces it.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] naming the field.
    pub fn with_absence(&self, absence: &Absence) -> Result<Self, Refusal> {
        absence.check(self.member)?;
        let mut absences: Vec<Absence> = self.absences.iter().filter(|it| it.id != absence.id).cloned().collect();
        if absences.len() >= ABSENCES_MAX {
            return Err(Refusal::invalid("from", "remove an old absence first"));
        }
        absences.push(absence.clone());
        absences.sort_by_key(|it| (it.from, it.id));
        Ok(Self { absences, ..self.clone() })
    }

    /// Without an absence.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] where there is none of that id.
    pub fn without_absence(&self, id: AbsenceId) -> Result<Self, Refusal> {
        let absences: Vec<Absence> = self.absences.iter().filter(|it| it.id != id).cloned().collect();
        if absences.len() == self.absences.len() {
            return Err(Refusal::not_found("absence"));
        }
        Ok(Self { absences, ..self.clone() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    const ME: MemberId = MemberId(Uuid::from_u128(1));

    fn on(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    fn absence(id: u128, from: &str, until: &str) -> Absence {
        Absence { id: AbsenceId(Uuid::from_u128(id)), from: on(from), until: on(until), cover: None }
    }

    #[test]
    fn hours_include_their_first_minute_and_not_their_last() {
        let hours = WorkingHours::on_working_days(8, 18);
        // 1 June 2026 is a Monday.
        for (wall, included) in [
            ("2026-06-01T08:00:00", true),
            ("2026-06-01T07:59:00", false),
            ("2026-06-05T17:59:00", true),
            ("2026-06-05T18:00:00", false),
            ("2026-06-06T12:00:00", false),
        ] {
            assert_eq!(hours.include(wall.parse().expect("a time")), included, "{wall}");
        }
    }

    #[test]
    fn hours_have_a_day_and_end_after_they_begin() {
        let hours = WorkingHours::on_working_days(8, 18);
        assert_eq!(hours.check(), Ok(()));
        for broken in [
            WorkingHours { days: BTreeSet::new(), ..hours.clone() },
            WorkingHours { until_minute: 480, ..hours.clone() },
            WorkingHours { until_minute: DAY_MINUTES + 1, ..hours.clone() },
        ] {
            assert!(Availability::of(ME).with_hours(&Hours::Own(broken.clone())).is_err(), "{broken:?}");
        }
    }

    #[test]
    fn an_absence_is_planned_changed_and_cancelled() {
        let planned = Availability::of(ME).with_absence(&absence(1, "2026-06-01", "2026-06-14")).expect("valid");
        let longer = planned.with_absence(&absence(1, "2026-06-01", "2026-06-20")).expect("valid");
        assert_eq!((longer.absences.len(), longer.absence_on(on("2026-06-20")).is_some()), (1, true));
        assert_eq!(longer.absence_on(on("2026-06-21")), None);
        assert_eq!(longer.without_absence(AbsenceId(Uuid::from_u128(1))), Ok(Availability::of(ME)));
        assert!(longer.without_absence(AbsenceId(Uuid::from_u128(2))).is_err());
    }

    #[test]
    fn an_absence_ends_after_it_begins_and_is_covered_by_somebody_else() {
        for broken in [
            absence(1, "2026-06-14", "2026-06-01"),
            absence(1, "2026-06-14", "2027-06-15"),
            Absence { cover: Some(ME), ..absence(1, "2026-06-01", "2026-06-14") },
        ] {
            assert!(broken.check(ME).is_err(), "{broken:?}");
        }
        assert_eq!(absence(1, "2026-06-01", "2026-06-01").check(ME), Ok(()));
    }

    /// As wire 5 sends it; never changed.
    const SENT: &str = r#"{"member":"01a205ab-6c2e-7434-b518-ba6501245526","hours":{"own":{"days":["monday","friday"],"from_minute":480,"until_minute":1020}},"absences":[{"id":"01a205ab-6c2e-7434-b518-ba6501245527","from":"2026-06-01","until":"2026-06-14","cover":"01a205ab-6c2e-7434-b518-ba6501245528"}]}"#;

    #[test]
    fn what_the_first_release_that_has_it_sends_is_still_read() {
        let read: Availability = serde_json::from_str(SENT).expect("it is read");
        assert_eq!(serde_json::to_string(&read).expect("JSON"), SENT);
    }
}
