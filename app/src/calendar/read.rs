//! Reading iCalendar: what comes in, from whomever. What cannot be understood is named, never guessed.

use super::{
    entries::is_ours,
    event::{Event, EventKey, Written},
    line::{Line, unfolded},
    rule::Rule,
    zone::{Clocks, Places, Wall, Where, Zone, Zones},
};
use crate::time::Timestamp;
use chrono::{Days, NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// The largest file, bytes.
pub const CALENDAR_BYTES_MAX: usize = 2 * 1024 * 1024;
/// How far ahead events are read, days.
pub const READ_DAYS: i64 = 60;
/// The most coming events of one calendar.
pub const EVENTS_MAX: usize = 300;
/// The most events that are named because they cannot be read.
const LEFT_OUT_MAX: usize = 20;
/// The most events that are looked at.
const WRITTEN_MAX: usize = 20_000;
/// How deep parts may lie within parts.
const DEPTH_MAX: usize = 8;
/// How long something is that does not say it, minutes.
const LENGTH_USUAL: i64 = 60;
/// The longest visit, minutes.
const LENGTH_MAX: i64 = 24 * 60;

/// What a calendar says of the coming weeks.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading {
    /// By time, at most [`EVENTS_MAX`].
    pub events: Vec<Event>,
    /// What could not be read.
    pub left_out: Vec<LeftOut>,
    /// Whether there was more than is told.
    pub is_more: bool,
}

/// Something that may be coming and cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct LeftOut {
    /// What it says of itself; empty where it is marked as private.
    pub title: String,
    /// Why.
    pub why: WhyLeftOut,
}

/// Why an event cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WhyLeftOut {
    /// It lasts a day or longer, and a visit has a time.
    AllDay,
    /// Its time cannot be made out.
    Time,
    /// It is in a time zone that nobody knows.
    Zone,
    /// It repeats otherwise than by days or weeks.
    Repeats,
}

/// A file that is no calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotRead {
    /// Nothing like a calendar.
    #[error("This is no calendar. Choose a file that ends in .ics, or an address that leads to one.")]
    NotACalendar,
    /// Larger than [`CALENDAR_BYTES_MAX`].
    #[error("This calendar is larger than 2 MB. Take a part of it, such as the coming months.")]
    TooLarge,
}

/// What the calendar in `file` says of the [`READ_DAYS`] days from `now` on.
///
/// # Errors
/// [`NotRead`].
pub fn read(file: &[u8], places: &dyn Places, now: Timestamp) -> Result<Reading, NotRead> {
    if file.len() > CALENDAR_BYTES_MAX {
        return Err(NotRead::TooLarge);
    }
    let Parts { events, zones, is_more } = Parts::read(file)?;
    let span = Span { clocks: Clocks { zones: &zones, places }, from: now, until: now.plus_days(READ_DAYS) };
    let mut moved: BTreeMap<&str, BTreeSet<Timestamp>> = BTreeMap::new();
    for event in &events {
        if let Some(at) = event.instead_of.as_ref().and_then(|line| span.clocks.instant(line)) {
            moved.entry(&event.uid).or_default().insert(at);
        }
    }
    let nothing = BTreeSet::new();
    let (mut told, mut left_out) = (BTreeMap::new(), BTreeSet::new());
    for event in events.iter().filter(|event| !is_ours(&event.uid)) {
        match span.times(event, moved.get(event.uid.as_str()).unwrap_or(&nothing)) {
            Ok(times) => {
                for time in times {
                    let key = EventKey::of(&event.uid, time.planned);
                    // Of two that are called the same the newer one counts, of equally new ones the last.
                    if told.get(&key).is_none_or(|(sequence, _)| event.sequence >= *sequence) {
                        told.insert(key.clone(), (event.sequence, time.event(key, event)));
                    }
                }
            }
            Err(why) => drop(left_out.insert(LeftOut { title: event.shown(), why })),
        }
    }
    let mut events: Vec<Event> = told.into_values().map(|(_, event)| event).collect();
    events.sort_by(|a, b| (a.starts_at, &a.key).cmp(&(b.starts_at, &b.key)));
    let is_more = is_more || events.len() > EVENTS_MAX || left_out.len() > LEFT_OUT_MAX;
    events.truncate(EVENTS_MAX);
    Ok(Reading { events, left_out: left_out.into_iter().take(LEFT_OUT_MAX).collect(), is_more })
}

/// A file taken apart.
#[derive(Debug, Default)]
struct Parts {
    events: Vec<Written>,
    zones: Zones,
    is_more: bool,
}

impl Parts {
    fn read(file: &[u8]) -> Result<Self, NotRead> {
        let mut lines = unfolded(file).filter(|line| !line.trim().is_empty()).peekable();
        if !lines.peek().is_some_and(|line| line.trim_end().eq_ignore_ascii_case("BEGIN:VCALENDAR")) {
            return Err(NotRead::NotACalendar);
        }
        let (mut parts, mut within, mut all_cancelled) = (Self::default(), Vec::<String>::new(), false);
        let (mut event, mut zone) = (Written::default(), Zone::default());
        for line in lines.filter_map(|line| Line::read(&line)) {
            let part = line.value.trim().to_ascii_uppercase();
            let inner = within.last().map_or("", String::as_str);
            match (line.name.as_str(), inner) {
                ("BEGIN", _) => {
                    match part.as_str() {
                        "VEVENT" => event = Written::default(),
                        "VTIMEZONE" => zone = Zone::default(),
                        "STANDARD" | "DAYLIGHT" if inner == "VTIMEZONE" => zone.begin(),
                        _ => {}
                    }
                    if within.len() == DEPTH_MAX {
                        return Err(NotRead::NotACalendar);
                    }
                    within.push(part);
                }
                ("END", _) => {
                    match part.as_str() {
                        "VEVENT" if inner == "VEVENT" => parts.put(std::mem::take(&mut event)),
                        "VTIMEZONE" if inner == "VTIMEZONE" => parts.zones.put(std::mem::take(&mut zone)),
                        _ => {}
                    }
                    within.pop();
                }
                ("METHOD", "VCALENDAR") => all_cancelled = part == "CANCEL",
                (_, "VEVENT") => event.take(line),
                (_, "VTIMEZONE") => zone.take(&line),
                (_, "STANDARD" | "DAYLIGHT") => zone.take_change(&line),
                _ => {}
            }
        }
        if all_cancelled {
            parts.events.iter_mut().for_each(|event| event.cancelled = true);
        }
        Ok(parts)
    }

    fn put(&mut self, event: Written) {
        if self.events.len() == WRITTEN_MAX {
            self.is_more = true;
        } else if !event.uid.is_empty() {
            self.events.push(event);
        }
    }
}

/// One time of an event.
struct Time {
    /// The time that it was once planned for, where it is one of a series.
    planned: Option<Timestamp>,
    starts_at: Timestamp,
    offset_minutes: i16,
    length_minutes: u16,
    cancelled: bool,
}

impl Time {
    fn event(&self, key: EventKey, written: &Written) -> Event {
        let &Self { starts_at, offset_minutes, length_minutes, cancelled, .. } = self;
        let (place, people) = if written.private { Default::default() } else { (written.place.clone(), written.people.clone()) };
        Event { key, title: written.shown(), place, people, starts_at, offset_minutes, length_minutes, cancelled }
    }
}

/// From when until when events are told.
struct Span<'a> {
    clocks: Clocks<'a>,
    from: Timestamp,
    until: Timestamp,
}

impl Span<'_> {
    /// When `event` is in this span; not at the times in `moved`, which are told of elsewhere.
    fn times(&self, event: &Written, moved: &BTreeSet<Timestamp>) -> Result<Vec<Time>, WhyLeftOut> {
        let start = event.start.as_ref().ok_or(WhyLeftOut::Time)?;
        let (wall, place) = Clocks::read(start).ok_or(WhyLeftOut::Time)?;
        let start = match wall {
            Wall::Time(time) | Wall::Utc(time) => time,
            Wall::Day(day) => return self.all_day(event, day),
        };
        if event.rule.is_none() && !event.also && !self.is_near(start.date()) {
            return Ok(Vec::new());
        }
        let Some((starts_at, offset_minutes)) = self.clocks.at(start, &place) else { return Err(WhyLeftOut::Zone) };
        let length_minutes = self.length(event, starts_at)?;
        let cancelled = event.cancelled;
        let instead_of = event.instead_of.as_ref().map(|line| match line.parameter("RANGE") {
            // It says so of all that come after, too.
            Some(_) => Err(WhyLeftOut::Repeats),
            None => self.clocks.instant(line).ok_or(WhyLeftOut::Time),
        });
        let once = |planned| Time { planned, starts_at, offset_minutes, length_minutes, cancelled };
        let times = match (instead_of.transpose()?, &event.rule, event.also) {
            (Some(planned), _, _) => vec![once(Some(planned))],
            (None, None, false) => vec![once(None)],
            (None, Some(rule), false) => self.series(event, rule, start, &place, length_minutes)?,
            (None, _, true) => return Err(WhyLeftOut::Repeats),
        };
        let is_told = |time: &Time| !(event.instead_of.is_none() && time.planned.is_some_and(|planned| moved.contains(&planned)));
        Ok(times.into_iter().filter(|time| (self.from..=self.until).contains(&time.starts_at) && is_told(time)).collect())
    }

    /// Says that something has no time, where it is in this span.
    fn all_day(&self, event: &Written, day: NaiveDate) -> Result<Vec<Time>, WhyLeftOut> {
        if event.rule.is_some() || event.also || self.is_near(day) { Err(WhyLeftOut::AllDay) } else { Ok(Vec::new()) }
    }

    /// Whether something that day may be in this span, wherever it is.
    fn is_near(&self, day: NaiveDate) -> bool {
        (self.from.plus_days(-1).date_at(0)..=self.until.plus_days(1).date_at(0)).contains(&day)
    }

    fn series(
        &self,
        event: &Written,
        rule: &str,
        start: NaiveDateTime,
        place: &Where,
        length_minutes: u16,
    ) -> Result<Vec<Time>, WhyLeftOut> {
        let rule = Rule::read(rule, start).ok_or(WhyLeftOut::Repeats)?;
        let (from, to) = (self.from.date_at(0) - Days::new(1), self.until.date_at(0) + Days::new(1));
        let mut except = BTreeSet::new();
        for line in &event.except {
            for value in line.value.split(',') {
                except.insert(self.clocks.instant(&line.with_value(value)).ok_or(WhyLeftOut::Repeats)?);
            }
        }
        let mut times = Vec::new();
        for wall in rule.times(start, from, to) {
            let (starts_at, offset_minutes) = self.clocks.at(wall, place).ok_or(WhyLeftOut::Zone)?;
            let is_over = match rule.until {
                Some(Wall::Day(until)) => wall.date() > until,
                Some(Wall::Time(until)) => wall > until,
                Some(Wall::Utc(until)) => starts_at.0 > until.and_utc().timestamp_millis(),
                None => false,
            };
            if is_over {
                break;
            }
            let cancelled = event.cancelled || except.contains(&starts_at);
            times.push(Time { planned: Some(starts_at), starts_at, offset_minutes, length_minutes, cancelled });
        }
        Ok(times)
    }

    /// How long, minutes.
    fn length(&self, event: &Written, starts_at: Timestamp) -> Result<u16, WhyLeftOut> {
        let minutes = match (&event.end, &event.duration) {
            (Some(end), _) => {
                let (wall, _) = Clocks::read(end).ok_or(WhyLeftOut::Time)?;
                if matches!(wall, Wall::Day(_)) {
                    return Err(WhyLeftOut::AllDay);
                }
                (self.clocks.instant(end).ok_or(WhyLeftOut::Zone)?.0 - starts_at.0) / 60_000
            }
            (None, Some(duration)) => read_duration(duration).ok_or(WhyLeftOut::Time)?,
            (None, None) => LENGTH_USUAL,
        };
        match minutes {
            ..0 => Err(WhyLeftOut::Time),
            LENGTH_MAX.. => Err(WhyLeftOut::AllDay),
            minutes => Ok(minutes.max(1) as u16),
        }
    }
}

/// Reads `P1DT2H30M` or `P2W`, in minutes.
fn read_duration(text: &str) -> Option<i64> {
    let text = text.trim();
    let rest = text.strip_prefix('+').unwrap_or(text).strip_prefix('P')?;
    let (mut seconds, mut number, mut is_time) = (0_i64, None::<i64>, false);
    for letter in rest.chars() {
        let unit = match (letter, is_time) {
            ('0'..='9', _) => {
                let digit = i64::from(letter as u32 - '0' as u32);
                number = Some(number.unwrap_or(0) * 10 + digit).filter(|number| *number < 10_000_000);
                number?;
                continue;
            }
            ('T', false) if number.is_none() => {
                is_time = true;
                continue;
            }
            ('W', false) => 7 * 86_400,
            ('D', false) => 86_400,
            ('H', true) => 3_600,
            ('M', true) => 60,
            ('S', true) => 1,
            _ => return None,
        };
        seconds += number.take()? * unit;
    }
    (number.is_none() && rest.len() > 1).then_some(seconds / 60)
}

#[cfg(test)]
mod tests;
