use super::*;
use crate::{
    calendar::{Entry, EntryTime, Medium, write},
    sync::sample::noon,
};
use proptest::prelude::*;

/// Two hours east of Greenwich, where one zone is known by name.
struct East;

impl Places for East {
    fn named(&self, zone: &str, _: NaiveDateTime) -> Option<i16> {
        (zone == "Europe/Amsterdam").then_some(120)
    }
    fn here(&self, _: NaiveDateTime) -> i16 {
        120
    }
    fn here_at(&self, _: Timestamp) -> i16 {
        120
    }
}

fn now() -> Timestamp {
    noon("2026-06-01")
}

/// A file of these events, each its lines.
fn file(events: &[&str]) -> String {
    let events: String = events.iter().map(|event| format!("BEGIN:VEVENT\r\n{}\r\nEND:VEVENT\r\n", event.replace('\n', "\r\n"))).collect();
    format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{events}END:VCALENDAR\r\n")
}

fn reading(events: &[&str]) -> Reading {
    read(file(events).as_bytes(), &East, now()).expect("it is a calendar")
}

/// 'Title 06-03T10:00', with a mark where it is called off.
fn told(reading: &Reading) -> Vec<String> {
    let one = |event: &Event| {
        let at = event.starts_at.at_offset(event.offset_minutes).format("%m-%dT%H:%M");
        format!("{} {at}{}", event.title, if event.cancelled { " off" } else { "" })
    };
    reading.events.iter().map(one).collect()
}

#[test]
fn an_event_is_read_with_everything_that_tells_whom_it_is_with() {
    let reading = reading(&[
        "UID:1\nSUMMARY:Bakker\\, Utrecht\nLOCATION:Kade 1\\nUtrecht\nATTENDEE;CN=Cora:mailto:Cora@Bakker.example\nORGANIZER:mailto:rik@us.example\nDTSTART;TZID=Europe/Amsterdam:20260603T100000\nDTEND;TZID=Europe/Amsterdam:20260603T113000",
    ]);
    let event = &reading.events[0];
    assert_eq!((event.title.as_str(), event.place.as_str(), event.length_minutes), ("Bakker, Utrecht", "Kade 1 Utrecht", 90));
    assert_eq!(event.people, ["cora@bakker.example", "rik@us.example"]);
    assert_eq!((event.starts_at, event.offset_minutes), (noon("2026-06-03").plus_millis(-4 * 3_600_000), 120));
}

#[test]
fn only_the_coming_weeks_are_told_in_their_order() {
    let at = |uid: u8, day: &str| format!("UID:{uid}\nSUMMARY:{uid}\nDTSTART:{day}\nDURATION:PT1H");
    let events = [at(1, "20260710T080000Z"), at(2, "20260602T080000"), at(3, "20260531T080000Z"), at(4, "20260901T080000Z")];
    assert_eq!(told(&reading(&events.each_ref().map(String::as_str))), ["2 06-02T08:00", "1 07-10T10:00"]);
}

#[test]
fn a_series_is_told_time_by_time_with_what_was_moved_or_taken_out() {
    let series = "UID:s\nSUMMARY:Weekly\nDTSTART;TZID=Europe/Amsterdam:20260601T093000\nDURATION:PT45M\nRRULE:FREQ=WEEKLY;UNTIL=20260630T000000Z\nEXDATE;TZID=Europe/Amsterdam:20260615T093000,20260101T093000";
    let moved = "UID:s\nSUMMARY:Moved\nRECURRENCE-ID;TZID=Europe/Amsterdam:20260622T093000\nDTSTART;TZID=Europe/Amsterdam:20260623T140000\nDURATION:PT45M";
    let reading = reading(&[series, moved]);
    assert_eq!(told(&reading), ["Weekly 06-08T09:30", "Weekly 06-15T09:30 off", "Moved 06-23T14:00", "Weekly 06-29T09:30"]);
    let planned = noon("2026-06-22").plus_millis(-(4 * 3_600_000 + 30 * 60_000));
    assert_eq!(reading.events[2].key, EventKey::of("s", Some(planned)), "it stays the same one of the series");
}

#[test]
fn the_newer_of_two_that_are_called_the_same_counts() {
    let old = "UID:1\nSUMMARY:Old\nSEQUENCE:1\nDTSTART:20260603T080000Z";
    let new = "UID:1\nSUMMARY:New\nSEQUENCE:2\nDTSTART:20260604T080000Z\nSTATUS:CANCELLED";
    for events in [[old, new], [new, old]] {
        assert_eq!(told(&reading(&events)), ["New 06-04T10:00 off"]);
    }
    let called_off = file(&[old]).replace("VERSION:2.0", "METHOD:CANCEL");
    assert_eq!(told(&read(called_off.as_bytes(), &East, now()).expect("a calendar")), ["Old 06-03T10:00 off"]);
}

#[test]
fn what_cannot_be_understood_is_named() {
    for (event, why) in [
        ("UID:1\nSUMMARY:X\nDTSTART;VALUE=DATE:20260603", Some(WhyLeftOut::AllDay)),
        ("UID:1\nSUMMARY:X\nDTSTART:20260603T080000Z\nDTEND:20260605T080000Z", Some(WhyLeftOut::AllDay)),
        ("UID:1\nSUMMARY:X\nDTSTART;VALUE=DATE:20250603", None),
        ("UID:1\nSUMMARY:X", Some(WhyLeftOut::Time)),
        ("UID:1\nSUMMARY:X\nDTSTART:soon", Some(WhyLeftOut::Time)),
        ("UID:1\nSUMMARY:X\nDTSTART:20260603T080000Z\nDTEND:20260603T070000Z", Some(WhyLeftOut::Time)),
        ("UID:1\nSUMMARY:X\nDTSTART;TZID=Mars:20260603T080000", Some(WhyLeftOut::Zone)),
        ("UID:1\nSUMMARY:X\nDTSTART;TZID=Mars:20240603T080000", None),
        ("UID:1\nSUMMARY:X\nDTSTART:20260603T080000Z\nRRULE:FREQ=MONTHLY", Some(WhyLeftOut::Repeats)),
        ("UID:1\nSUMMARY:X\nDTSTART:20260603T080000Z\nRDATE:20260604T080000Z", Some(WhyLeftOut::Repeats)),
        ("UID:1\nSUMMARY:X\nRECURRENCE-ID;RANGE=THISANDFUTURE:20260603T080000Z\nDTSTART:20260603T090000Z", Some(WhyLeftOut::Repeats)),
    ] {
        let Reading { events, left_out, is_more } = reading(&[event]);
        assert_eq!((left_out.first().map(|it| it.why), events.len(), is_more), (why, 0, false), "{event}");
    }
}

#[test]
fn what_is_private_says_when_and_nothing_else() {
    let reading =
        reading(&["UID:1\nCLASS:PRIVATE\nSUMMARY:Doctor\nLOCATION:Clinic\nATTENDEE:mailto:a@clinic.example\nDTSTART:20260603T080000Z"]);
    let text = serde_json::to_string(&reading).expect("JSON").to_lowercase();
    assert_eq!((reading.events.len(), text.contains("doctor") || text.contains("clinic")), (1, false));
}

#[test]
fn what_came_from_here_and_what_is_around_an_event_is_left_alone() {
    let own = format!("UID:{}@qdos\nSUMMARY:Own\nDTSTART:20260603T080000Z", uuid::Uuid::nil());
    let alarm = "UID:1\nSUMMARY:Visit\nBEGIN:VALARM\nSUMMARY:Alarm\nDTSTART:20260602T080000Z\nEND:VALARM\nDTSTART:20260603T080000Z";
    assert_eq!(told(&reading(&[&own, alarm])), ["Visit 06-03T10:00"]);
}

#[test]
fn what_is_no_calendar_or_too_much_is_said() {
    for file in [&b""[..], b"<html>", b"name,place\n", b"\xff\xfe", b"BEGIN:VCARD\r\nEND:VCARD"] {
        assert_eq!(read(file, &East, now()), Err(NotRead::NotACalendar));
    }
    assert_eq!(read(&vec![b'\n'; CALENDAR_BYTES_MAX + 1], &East, now()), Err(NotRead::TooLarge));
    let deep = "BEGIN:VCALENDAR\r\n".repeat(DEPTH_MAX + 1);
    assert_eq!(read(deep.as_bytes(), &East, now()), Err(NotRead::NotACalendar));
    let many: Vec<String> = (0..EVENTS_MAX + 5).map(|n| format!("UID:{n}\nDTSTART:20260603T080000Z")).collect();
    let reading = reading(&many.iter().map(String::as_str).collect::<Vec<_>>());
    assert_eq!((reading.events.len(), reading.is_more), (EVENTS_MAX, true));
}

#[test]
fn lengths_are_read_in_minutes() {
    for (text, minutes) in [
        ("PT1H30M", Some(90)),
        ("P1D", Some(1440)),
        ("P1W", Some(10_080)),
        ("+PT90S", Some(1)),
        ("P1DT1H", Some(1500)),
        ("-PT1H", None),
        ("PT", None),
        ("P", None),
        ("P1", None),
        ("PT1", None),
        ("P1H", None),
        ("PT99999999999999999999H", None),
    ] {
        assert_eq!(read_duration(text), minutes, "{text}");
    }
}

proptest! {
    #[test]
    fn what_is_written_here_is_read_here(title in "[a-zA-Zéß,;\\\\ ]{1,60}", minutes in 0..(READ_DAYS * 24 * 60), length in 1..1440_u16, cancelled: bool, private: bool) {
        let starts_at = now().plus_millis(minutes * 60_000);
        let when = EntryTime::At { starts_at, length_minutes: length };
        let entry = Entry { uid: "7@elsewhere".into(), sequence: 1, when, title: title.clone(), address: "https://a.example".into(), cancelled, private };
        let reading = read(write(Medium::Feed("Qdos"), &[entry], now()).as_bytes(), &East, now()).expect("a calendar");
        let title = if private { String::new() } else { title.split_whitespace().collect::<Vec<_>>().join(" ") };
        let expected = Event { key: EventKey::of("7@elsewhere", None), title, place: String::new(), people: vec![], starts_at, offset_minutes: 120, length_minutes: length, cancelled };
        prop_assert_eq!(reading, Reading { events: vec![expected], left_out: vec![], is_more: false });
    }

    #[test]
    fn whatever_comes_is_read_or_refused_without_a_panic(
        lines in prop::collection::vec(
            prop_oneof![
                Just("BEGIN:VEVENT".to_owned()), Just("END:VEVENT".to_owned()), Just("BEGIN:VTIMEZONE".to_owned()), Just("END:VTIMEZONE".to_owned()),
                Just("BEGIN:STANDARD".to_owned()), Just("END:STANDARD".to_owned()), Just("TZID:Z".to_owned()), Just("UID:1".to_owned()),
                "(DTSTART|DTEND|EXDATE|RECURRENCE-ID|RDATE)(;TZID=(Z|Europe/Amsterdam)|;VALUE=DATE)?:[0-9]{4}(0[1-9]|1[0-2])[0-3][0-9](T[0-2][0-9][0-5][0-9]00Z?)?",
                "RRULE:FREQ=(DAILY|WEEKLY|YEARLY)(;INTERVAL=[0-9]{1,4})?(;COUNT=[0-9]{1,20})?(;UNTIL=[0-9]{8})?(;BYDAY=-?[0-9]?(MO|SU))?(;BYMONTH=[0-9]{1,2})?",
                "TZOFFSET(FROM|TO):[+-][0-9]{4}", "DURATION:P(T)?[0-9]{1,9}[DHMWS]", "[A-Z]{1,10}[;:=]{0,3}.{0,30}",
            ],
            0..60,
        ),
    ) {
        let file = format!("BEGIN:VCALENDAR\r\n{}\r\n", lines.join("\r\n"));
        if let Ok(reading) = read(file.as_bytes(), &East, now()) {
            for event in reading.events {
                prop_assert!(event.starts_at >= now() && (1..=1440).contains(&event.length_minutes));
            }
        }
    }
}
