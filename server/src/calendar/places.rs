use app::{calendar::Places, time::Timestamp};
use chrono::{NaiveDateTime, Offset, TimeDelta, TimeZone};
use chrono_tz::Tz;

/// An organisation's place, from where all zones are known by name.
pub(super) struct Here(pub(super) Tz);

impl Places for Here {
    fn named(&self, zone: &str, wall: NaiveDateTime) -> Option<i16> {
        // Some put who keeps the zones before the zone's name.
        let mut names = std::iter::successors(Some(zone), |name| Some(name.split_once('/')?.1));
        let zone: Tz = names.find_map(|name| name.parse().ok())?;
        Some(offset(zone, wall))
    }

    fn here(&self, wall: NaiveDateTime) -> i16 {
        offset(self.0, wall)
    }

    fn here_at(&self, at: Timestamp) -> i16 {
        minutes(self.0.offset_from_utc_datetime(&at.to_utc().naive_utc()))
    }
}

/// In the hour that the clocks skip it is as before, in the one that they repeat the first time counts.
fn offset(zone: Tz, wall: NaiveDateTime) -> i16 {
    let before = || zone.offset_from_local_datetime(&(wall - TimeDelta::days(1))).latest();
    let found = zone.offset_from_local_datetime(&wall).earliest().or_else(before);
    minutes(found.unwrap_or_else(|| zone.offset_from_utc_datetime(&wall)))
}

fn minutes(offset: impl Offset) -> i16 {
    // An offset is less than a day.
    (offset.fix().local_minus_utc() / 60) as i16
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zones_are_known_by_name_in_summer_and_in_winter() {
        let here = Here(chrono_tz::Europe::Amsterdam);
        let wall = |text: &str| text.parse::<NaiveDateTime>().expect("a time");
        for (zone, at, offset) in [
            ("America/New_York", "2026-07-01T10:00:00", Some(-240)),
            ("America/New_York", "2026-01-01T10:00:00", Some(-300)),
            ("/freeassociation.sourceforge.net/Europe/Amsterdam", "2026-07-01T10:00:00", Some(120)),
            ("Asia/Kolkata", "2026-07-01T10:00:00", Some(330)),
            ("W. Europe Standard Time", "2026-07-01T10:00:00", None),
            ("", "2026-07-01T10:00:00", None),
        ] {
            assert_eq!(here.named(zone, wall(at)), offset, "{zone}");
        }
        assert_eq!((here.here(wall("2026-07-01T10:00:00")), here.here_at(Timestamp(1_767_222_000_000))), (120, 60));
        assert_eq!(here.here(wall("2026-03-29T02:30:00")), 60, "a time that no clock showed");
    }
}
