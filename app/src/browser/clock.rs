//! What time it is here: the only place that reads the clock.

#![expect(clippy::disallowed_methods, reason = "this is the edge that reads the clock")]

use chrono::{Datelike, NaiveDate, NaiveDateTime, Timelike};
use js_sys::Date;

use crate::time::Timestamp;

/// Now, by this device's clock, which may be wrong: for display and for waiting, never for ordering.
pub fn now() -> Timestamp {
    // A date's milliseconds are whole and far below 2^53.
    Timestamp(Date::now() as i64)
}

/// The local zone's distance from UTC now, in minutes, east positive: 120 in Berlin in summer.
pub fn offset_minutes() -> i16 {
    // JavaScript counts the other way: what must be added to local time to reach UTC.
    -(Date::new_0().get_timezone_offset() as i16)
}

/// The local zone's distance from UTC at an instant, in minutes, east positive.
pub fn offset_minutes_at(at: Timestamp) -> i16 {
    -(Date::new(&(at.0 as f64).into()).get_timezone_offset() as i16)
}

/// Today's date where the device is.
pub fn today() -> NaiveDate {
    let date = Date::new_0();
    NaiveDate::from_ymd_opt(date.get_full_year() as i32, date.get_month() + 1, date.get_date())
        .expect("the browser's calendar is Gregorian")
}

/// What a clock on the wall shows here and now.
pub fn wall() -> NaiveDateTime {
    now().at_offset(offset_minutes()).naive_local()
}

/// The instant at which a clock on the wall here shows `wall`, and the local zone's distance from UTC then, in minutes.
/// In the hour that the clock skips or repeats, the browser chooses.
pub fn instant(wall: NaiveDateTime) -> (Timestamp, i16) {
    let date = Date::new_with_year_month_day_hr_min(
        wall.year() as u32,
        wall.month0() as i32,
        wall.day() as i32,
        wall.hour() as i32,
        wall.minute() as i32,
    );
    (Timestamp(date.get_time() as i64), -(date.get_timezone_offset() as i16))
}

/// The device's IANA time zone, such as `Europe/Berlin`.
pub fn time_zone() -> Option<String> {
    let options = js_sys::Intl::DateTimeFormat::new(&js_sys::Array::new(), &js_sys::Object::new()).resolved_options();
    js_sys::Reflect::get(&options, &"timeZone".into()).ok()?.as_string()
}
