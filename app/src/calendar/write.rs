//! Writing iCalendar (RFC 5545): what goes out, as a file or as a feed.

use super::line::{escaped, push};
use crate::time::Timestamp;
use chrono::{Days, NaiveDate};

/// How often whoever reads a feed is to ask again.
const REFRESH: &str = "PT1H";

/// What goes out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Medium<'a> {
    /// A file that is taken over once.
    File,
    /// What is read again and again, under a name.
    Feed(&'a str),
}

/// One thing in a calendar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The same for the same thing for ever, and nothing else's.
    pub uid: String,
    /// Grows when the thing changes.
    pub sequence: u32,
    /// When.
    pub when: EntryTime,
    /// What it is, in one line.
    pub title: String,
    /// Where it leads to.
    pub address: String,
    /// Whether it is called off.
    pub cancelled: bool,
    /// Whether those with whom the calendar is shared are not to see it.
    pub private: bool,
}

/// When something is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EntryTime {
    /// At an instant, for some minutes.
    At {
        /// The instant.
        starts_at: Timestamp,
        /// How long.
        length_minutes: u16,
    },
    /// On a day, without a time.
    On(NaiveDate),
}

/// `entries` as an iCalendar file of `now`.
pub fn write(medium: Medium<'_>, entries: &[Entry], now: Timestamp) -> String {
    let mut file = String::new();
    for line in ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Qdos//Qdos//EN", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"] {
        push(&mut file, line);
    }
    if let Medium::Feed(name) = medium {
        let name = escaped(name);
        // Each said twice: as RFC 7986 has it, and as calendars read it that are older.
        for line in [format!("NAME:{name}"), format!("X-WR-CALNAME:{name}")] {
            push(&mut file, &line);
        }
        push(&mut file, &format!("REFRESH-INTERVAL;VALUE=DURATION:{REFRESH}"));
        push(&mut file, &format!("X-PUBLISHED-TTL:{REFRESH}"));
    }
    entries.iter().for_each(|entry| entry.write(&mut file, now));
    push(&mut file, "END:VCALENDAR");
    file
}

impl Entry {
    fn write(&self, file: &mut String, now: Timestamp) {
        let mut line = |line: &str| push(file, line);
        line("BEGIN:VEVENT");
        line(&format!("UID:{}", escaped(&self.uid)));
        line(&format!("DTSTAMP:{}", instant(now)));
        line(&format!("SEQUENCE:{}", self.sequence));
        match self.when {
            EntryTime::At { starts_at, length_minutes } => {
                line(&format!("DTSTART:{}", instant(starts_at)));
                line(&format!("DTEND:{}", instant(starts_at.plus_millis(i64::from(length_minutes) * 60_000))));
            }
            EntryTime::On(day) => {
                line(&format!("DTSTART;VALUE=DATE:{}", date(day)));
                line(&format!("DTEND;VALUE=DATE:{}", date(day.checked_add_days(Days::new(1)).unwrap_or(day))));
                // Something to do on a day leaves the day free.
                line("TRANSP:TRANSPARENT");
            }
        }
        line(&format!("SUMMARY:{}", escaped(&self.title)));
        line(&format!("DESCRIPTION:{}", escaped(&self.address)));
        line(&format!("URL:{}", self.address));
        line(if self.cancelled { "STATUS:CANCELLED" } else { "STATUS:CONFIRMED" });
        if self.private {
            line("CLASS:PRIVATE");
        }
        line("END:VEVENT");
    }
}

fn instant(at: Timestamp) -> String {
    at.to_utc().format("%Y%m%dT%H%M%SZ").to_string()
}

fn date(day: NaiveDate) -> String {
    day.format("%Y%m%d").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    const AT: Timestamp = Timestamp(1_780_308_000_000); // 2026-06-01T10:00:00Z

    fn entry(when: EntryTime) -> Entry {
        Entry {
            uid: "7@qdos".into(),
            sequence: 3,
            when,
            title: "Bakker, Dekker & Söhne; Discovery".into(),
            address: "https://qdos.example/app/meetings/7".into(),
            cancelled: false,
            private: false,
        }
    }

    #[test]
    fn a_feed_has_a_name_and_says_when_to_ask_again() {
        let visit = Entry { cancelled: true, ..entry(EntryTime::At { starts_at: AT, length_minutes: 90 }) };
        let expected = [
            "BEGIN:VCALENDAR",
            "VERSION:2.0",
            "PRODID:-//Qdos//Qdos//EN",
            "CALSCALE:GREGORIAN",
            "METHOD:PUBLISH",
            "NAME:Qdos\\, Rik",
            "X-WR-CALNAME:Qdos\\, Rik",
            "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
            "X-PUBLISHED-TTL:PT1H",
            "BEGIN:VEVENT",
            "UID:7@qdos",
            "DTSTAMP:20260601T100000Z",
            "SEQUENCE:3",
            "DTSTART:20260601T100000Z",
            "DTEND:20260601T113000Z",
            "SUMMARY:Bakker\\, Dekker & Söhne\\; Discovery",
            "DESCRIPTION:https://qdos.example/app/meetings/7",
            "URL:https://qdos.example/app/meetings/7",
            "STATUS:CANCELLED",
            "END:VEVENT",
            "END:VCALENDAR",
            "",
        ];
        assert_eq!(write(Medium::Feed("Qdos, Rik"), &[visit], AT).split("\r\n").collect::<Vec<_>>(), expected);
    }

    #[test]
    fn what_is_due_on_a_day_takes_no_time() {
        let due = Entry { private: true, ..entry(EntryTime::On("2026-12-31".parse().expect("a date"))) };
        let file = write(Medium::File, &[due], AT);
        for line in ["DTSTART;VALUE=DATE:20261231", "DTEND;VALUE=DATE:20270101", "TRANSP:TRANSPARENT", "CLASS:PRIVATE"] {
            assert!(file.contains(&format!("\r\n{line}\r\n")), "{line}");
        }
        assert!(!file.contains("NAME"), "a file has no name to be shown under");
    }
}
