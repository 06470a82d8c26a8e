//! Wall-clock times as iCalendar writes them, and time zones: those that a file describes itself (VTIMEZONE), and those that whoever reads
//! it knows by name.

use super::line::Line;
use crate::time::Timestamp;
use chrono::{Datelike, Days, NaiveDate, NaiveDateTime, Weekday};
use std::collections::HashMap;

/// What whoever reads a calendar knows of places.
pub trait Places {
    /// Minutes east of UTC when a clock in the zone of that name shows `wall`; nothing where the zone is not known.
    fn named(&self, zone: &str, wall: NaiveDateTime) -> Option<i16>;
    /// Minutes east of UTC when a clock here shows `wall`.
    fn here(&self, wall: NaiveDateTime) -> i16;
    /// Minutes east of UTC here at an instant.
    fn here_at(&self, at: Timestamp) -> i16;
}

/// The most changes of a zone's clocks that are read.
const CHANGES_MAX: usize = 200;

/// When a zone's clocks are set, once or every year.
#[derive(Clone, Debug, Default)]
struct Change {
    start: Option<NaiveDateTime>,
    from: Option<i16>,
    to: Option<i16>,
    yearly: Option<Yearly>,
    also: Vec<NaiveDateTime>,
    /// Set in a way that is not read here.
    unknown: bool,
}

/// The n-th weekday of a month, from the end where n is negative.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Yearly {
    month: u32,
    nth: i8,
    weekday: Weekday,
    until: Option<NaiveDate>,
}

impl Yearly {
    /// Reads `FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU`.
    fn read(rule: &str) -> Option<Self> {
        let mut parts: HashMap<&str, &str> = rule.split(';').filter_map(|part| part.split_once('=')).collect();
        let day = parts.remove("BYDAY")?;
        let (nth, weekday) = day.split_at_checked(day.len().checked_sub(2)?)?;
        let until = match parts.remove("UNTIL") {
            Some(until) => Some(Wall::read(until)?.date()),
            None => None,
        };
        let yearly = Self {
            month: parts.remove("BYMONTH")?.parse().ok().filter(|month| (1..=12).contains(month))?,
            nth: nth.parse().ok().filter(|nth| (1..=4).contains(nth) || (-4..=-1).contains(nth))?,
            weekday: read_weekday(weekday)?,
            until,
        };
        let is_yearly = parts.remove("FREQ") == Some("YEARLY") && parts.remove("INTERVAL").is_none_or(|every| every == "1");
        parts.remove("WKST");
        (is_yearly && parts.is_empty()).then_some(yearly)
    }

    fn in_year(self, year: i32) -> Option<NaiveDate> {
        let day = match self.nth {
            nth @ 1.. => NaiveDate::from_weekday_of_month_opt(year, self.month, self.weekday, nth as u8)?,
            nth => {
                let next = NaiveDate::from_ymd_opt(year, self.month, 1)?.checked_add_months(chrono::Months::new(1))?;
                let last = next.pred_opt()?;
                let back = last.weekday().days_since(self.weekday) + 7 * (nth.unsigned_abs() as u32 - 1);
                last.checked_sub_days(Days::new(back.into()))?
            }
        };
        self.until.is_none_or(|until| day <= until).then_some(day)
    }
}

impl Change {
    fn take(&mut self, line: &Line) {
        match line.name.as_str() {
            "DTSTART" => self.start = Wall::read(&line.value).map(Wall::time),
            "TZOFFSETFROM" => self.from = read_offset(&line.value),
            "TZOFFSETTO" => self.to = read_offset(&line.value),
            "RRULE" => {
                self.yearly = Yearly::read(&line.value);
                self.unknown |= self.yearly.is_none();
            }
            "RDATE" => self.also.extend(line.value.split(',').take(CHANGES_MAX).filter_map(Wall::read).map(Wall::time)),
            _ => {}
        }
    }

    /// The last time at or before `wall` that the clocks were set so.
    fn last_before(&self, wall: NaiveDateTime) -> Option<NaiveDateTime> {
        let start = self.start.filter(|start| *start <= wall)?;
        let yearly = self.yearly.and_then(|yearly| {
            let years = [wall.year(), wall.year() - 1].into_iter();
            let days = years.filter_map(|year| Some(yearly.in_year(year)?.and_time(start.time())));
            days.filter(|at| (start..=wall).contains(at)).max()
        });
        self.also.iter().copied().filter(|at| *at <= wall).chain(yearly).chain([start]).max()
    }
}

/// The zones that a file describes, by name.
#[derive(Debug, Default)]
pub(super) struct Zones(HashMap<String, Vec<Change>>);

/// A zone that is being read.
#[derive(Debug, Default)]
pub(super) struct Zone {
    name: String,
    changes: Vec<Change>,
}

impl Zone {
    /// A STANDARD or DAYLIGHT begins.
    pub(super) fn begin(&mut self) {
        if self.changes.len() < CHANGES_MAX {
            self.changes.push(Change::default());
        }
    }

    /// Takes a line in that stands in the zone itself.
    pub(super) fn take(&mut self, line: &Line) {
        if line.name == "TZID" {
            self.name = line.value.clone();
        }
    }

    /// Takes a line in that stands in its last STANDARD or DAYLIGHT.
    pub(super) fn take_change(&mut self, line: &Line) {
        if let Some(change) = self.changes.last_mut() {
            change.take(line);
        }
    }
}

impl Zones {
    /// Takes a zone in that was read.
    pub(super) fn put(&mut self, zone: Zone) {
        if self.0.len() < CHANGES_MAX {
            self.0.insert(zone.name, zone.changes);
        }
    }

    /// Minutes east of UTC in a zone that the file describes.
    fn offset(&self, zone: &str, wall: NaiveDateTime) -> Option<i16> {
        let changes = self.0.get(zone)?;
        if changes.iter().any(|change| change.unknown || change.to.is_none()) {
            return None;
        }
        let last = changes.iter().filter_map(|change| Some((change.last_before(wall)?, change.to?))).max_by_key(|(at, _)| *at);
        // Before the first change it is as it was until then.
        let before = || changes.iter().min_by_key(|change| change.start).and_then(|change| change.from.or(change.to));
        last.map(|(_, to)| to).or_else(before)
    }
}

/// Where a wall-clock time is meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Where {
    /// At Greenwich.
    Utc,
    /// Wherever whoever reads it is.
    Here,
    /// In a zone, by its name.
    Zone(String),
}

/// A time on a wall, not yet known where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wall {
    Day(NaiveDate),
    Time(NaiveDateTime),
    Utc(NaiveDateTime),
}

impl Wall {
    /// Reads `20260601`, `20260601T100000` or `20260601T100000Z`.
    pub(super) fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        let digits = |from: usize, to: usize| text.get(from..to).filter(|it| it.bytes().all(|b| b.is_ascii_digit()))?.parse::<u32>().ok();
        let day = NaiveDate::from_ymd_opt(i32::try_from(digits(0, 4)?).ok()?, digits(4, 6)?, digits(6, 8)?)?;
        // Outlook's zones begin in 1601. Further away nothing is counted, and no count runs over.
        if !(1600..=9000).contains(&day.year()) {
            return None;
        }
        if text.len() == 8 {
            return Some(Self::Day(day));
        }
        let second = digits(13, 15)?.min(59);
        let time = day.and_hms_opt(digits(9, 11)?, digits(11, 13)?, second)?;
        match (text.get(8..9)?, text.get(15..)?) {
            ("T", "") => Some(Self::Time(time)),
            ("T", "Z") => Some(Self::Utc(time)),
            _ => None,
        }
    }

    pub(super) fn date(self) -> NaiveDate {
        match self {
            Self::Day(day) => day,
            Self::Time(time) | Self::Utc(time) => time.date(),
        }
    }

    fn time(self) -> NaiveDateTime {
        match self {
            Self::Day(day) => day.and_time(chrono::NaiveTime::MIN),
            Self::Time(time) | Self::Utc(time) => time,
        }
    }
}

/// What is needed to tell when a wall-clock time is.
pub(super) struct Clocks<'a> {
    pub(super) zones: &'a Zones,
    pub(super) places: &'a dyn Places,
}

impl Clocks<'_> {
    /// Instant and minutes east of UTC of a time on a wall; nothing where the zone is not known.
    pub(super) fn at(&self, wall: NaiveDateTime, place: &Where) -> Option<(Timestamp, i16)> {
        let offset = match place {
            Where::Utc => {
                let at = Timestamp(wall.and_utc().timestamp_millis());
                return Some((at, self.places.here_at(at)));
            }
            Where::Here => self.places.here(wall),
            Where::Zone(name) => self.places.named(name, wall).or_else(|| self.zones.offset(name, wall))?,
        };
        Some((Timestamp(wall.and_utc().timestamp_millis()).plus_millis(-i64::from(offset) * 60_000), offset))
    }

    /// The time on a property's wall and where that is; nothing where it has none that can be read. A day has no time.
    pub(super) fn read(line: &Line) -> Option<(Wall, Where)> {
        let wall = Wall::read(&line.value)?;
        let place = match (wall, line.parameter("TZID")) {
            (Wall::Utc(_), _) => Where::Utc,
            (_, Some(zone)) => Where::Zone(zone.to_owned()),
            (_, None) => Where::Here,
        };
        Some((wall, place))
    }

    /// The instant of a property that has one.
    pub(super) fn instant(&self, line: &Line) -> Option<Timestamp> {
        match Self::read(line)? {
            (Wall::Day(_), _) => None,
            (wall, place) => self.at(wall.time(), &place).map(|(at, _)| at),
        }
    }
}

/// Reads `MO`.
pub(super) fn read_weekday(text: &str) -> Option<Weekday> {
    let all = [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri, Weekday::Sat, Weekday::Sun];
    let position = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"].iter().position(|it| *it == text)?;
    Some(all[position])
}

/// Reads `+0200`, in minutes; seconds, which old zones have, are left out.
fn read_offset(text: &str) -> Option<i16> {
    let (sign, digits) = match text.trim().split_at_checked(1)? {
        ("+", digits) => (1, digits),
        ("-", digits) => (-1, digits),
        _ => return None,
    };
    let part = |from: usize| digits.get(from..from + 2)?.parse::<i16>().ok();
    let minutes = part(0)? * 60 + part(2)?;
    (minutes < 24 * 60).then_some(sign * minutes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::line::unfolded;

    struct Nowhere;

    impl Places for Nowhere {
        fn named(&self, _: &str, _: NaiveDateTime) -> Option<i16> {
            None
        }
        fn here(&self, _: NaiveDateTime) -> i16 {
            60
        }
        fn here_at(&self, _: Timestamp) -> i16 {
            60
        }
    }

    fn zone(name: &str, parts: &[&str]) -> Zone {
        let mut zone = Zone { name: name.to_owned(), changes: Vec::new() };
        for part in parts {
            zone.begin();
            unfolded(part.as_bytes()).filter_map(|line| Line::read(&line)).for_each(|line| zone.take_change(&line));
        }
        zone
    }

    /// As Outlook describes it, under a name that only Windows knows.
    fn zones() -> Zones {
        let mut zones = Zones::default();
        let standard = "DTSTART:16010101T030000\nTZOFFSETFROM:+0200\nTZOFFSETTO:+0100\nRRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10";
        let daylight = "DTSTART:19700101T020000\nTZOFFSETFROM:+0100\nTZOFFSETTO:+0200\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3";
        zones.put(zone("W. Europe Standard Time", &[standard, daylight]));
        zones.put(zone("Odd", &["DTSTART:19700101T020000\nTZOFFSETFROM:+0100\nTZOFFSETTO:+0200\nRRULE:FREQ=YEARLY;BYMONTHDAY=7"]));
        zones
    }

    #[test]
    fn a_zone_that_the_file_describes_tells_summer_from_winter() {
        let zones = zones();
        for (day, offset) in [
            ("2026-01-15T12:00:00", 60),
            ("2026-03-29T01:59:00", 60),
            ("2026-03-29T03:00:00", 120),
            ("2026-07-15T12:00:00", 120),
            ("2026-10-25T04:00:00", 60),
            ("2026-12-31T23:59:00", 60),
        ] {
            let wall: NaiveDateTime = day.parse().expect("a time");
            assert_eq!(zones.offset("W. Europe Standard Time", wall), Some(offset), "{day}");
            assert_eq!(zones.offset("Odd", wall), None, "what is not read is not guessed");
        }
    }

    #[test]
    fn a_time_is_told_where_it_is_meant() {
        let zones = zones();
        let clocks = Clocks { zones: &zones, places: &Nowhere };
        for (line, at) in [
            ("DTSTART:20260601T100000Z", Some((1_780_308_000_000, 60))),
            ("DTSTART:20260601T100000", Some((1_780_304_400_000, 60))),
            ("DTSTART;TZID=W. Europe Standard Time:20260601T120000", Some((1_780_308_000_000, 120))),
            ("DTSTART;TZID=Europe/Nowhere:20260601T120000", None),
        ] {
            let (wall, place) = Clocks::read(&Line::read(line).expect("a line")).expect("a time");
            assert_eq!(clocks.at(wall.time(), &place).map(|(at, offset)| (at.0, offset)), at, "{line}");
        }
        for not in ["", "2026", "20261301", "20260601T1000", "20260601T100000X", "20260601 100000", "00000101", "２０２６０６０１"]
        {
            assert_eq!(Wall::read(not), None, "{not}");
        }
    }

    #[test]
    fn offsets_are_read_in_minutes() {
        for (text, offset) in
            [("+0200", Some(120)), ("-0330", Some(-210)), ("+001732", Some(17)), ("0200", None), ("+2", None), ("+9900", None)]
        {
            assert_eq!(read_offset(text), offset, "{text}");
        }
    }
}
