//! How it was over time: the author's own taps, laid out for a drawing.

use super::Reflection;
use crate::time::Timestamp;
use chrono::NaiveDate;

/// Days that a course shows.
pub const COURSE_DAYS: i64 = 91;
/// Taps before they are drawn: two say nothing that two words do not.
pub const TAPS_TO_DRAW: usize = 3;

/// What is tapped after a meeting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tapped {
    /// Energy.
    Energy,
    /// Confidence.
    Confidence,
    /// Mood.
    Mood,
}

impl Tapped {
    /// All three, in the order in which they are asked.
    pub const ALL: [Self; 3] = [Self::Energy, Self::Confidence, Self::Mood];

    /// What `reflection` says of it, 1 to 5.
    pub fn of(self, reflection: &Reflection) -> Option<u8> {
        match self {
            Self::Energy => reflection.energy,
            Self::Confidence => reflection.confidence,
            Self::Mood => reflection.mood,
        }
    }
}

/// One tap.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tap {
    /// When.
    pub at: Timestamp,
    /// 1 to 5.
    pub value: u8,
}

/// Taps in percent of a drawing's width and height, and the line through them as SVG's `points`.
#[derive(Clone, Debug, PartialEq)]
pub struct Course {
    /// Each tap: how far along, how far down.
    pub dots: Vec<(f64, f64)>,
    /// The line through them.
    pub line: String,
}

/// The taps of one kind in `reflections`, of the days up to `today`, oldest first.
pub fn taps<'a>(reflections: impl IntoIterator<Item = &'a Reflection>, tapped: Tapped, today: NaiveDate, offset_minutes: i16) -> Vec<Tap> {
    let is_shown = |at: Timestamp| (0..COURSE_DAYS).contains(&(today - at.date_at(offset_minutes)).num_days());
    let tap = |it: &Reflection| tapped.of(it).map(|value| Tap { at: it.written_at, value });
    let mut taps: Vec<Tap> = reflections.into_iter().filter_map(tap).filter(|tap| is_shown(tap.at)).collect();
    taps.sort_by_key(|tap| tap.at);
    taps
}

/// Lays `taps` out, oldest first; nothing while there are too few, or no time between them.
pub fn course(taps: &[Tap]) -> Option<Course> {
    let (first, last) = (taps.first()?.at, taps.last()?.at);
    if taps.len() < TAPS_TO_DRAW || first == last {
        return None;
    }
    let along = |at: Timestamp| 100.0 * at.days_since(first) / last.days_since(first);
    let down = |value: u8| 100.0 * (5.0 - f64::from(value.clamp(1, 5))) / 4.0;
    let dots: Vec<(f64, f64)> = taps.iter().map(|tap| (along(tap.at), down(tap.value))).collect();
    let line = dots.iter().map(|(x, y)| format!("{x:.2},{y:.2}")).collect::<Vec<_>>().join(" ");
    Some(Course { dots, line })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        id::{MemberId, ReflectionId},
        sync::sample::{noon, on},
    };
    use uuid::Uuid;

    fn written(date: &str, energy: Option<u8>, mood: Option<u8>) -> Reflection {
        Reflection {
            id: ReflectionId(Uuid::nil()),
            author: MemberId(Uuid::nil()),
            meeting: None,
            written_at: noon(date),
            what_happened: String::new(),
            so_what: String::new(),
            now_what: String::new(),
            energy,
            confidence: None,
            mood,
            shared: false,
        }
    }

    #[test]
    fn a_course_holds_the_taps_of_a_quarter_oldest_first() {
        let written = [
            written("2026-05-11", Some(5), None),
            written("2026-05-01", Some(3), Some(2)),
            written("2026-01-01", Some(1), None),
            written("2026-05-06", Some(1), None),
        ];
        let of = |tapped| taps(&written, tapped, on("2026-05-11"), 0);
        assert_eq!(of(Tapped::Energy).iter().map(|tap| tap.value).collect::<Vec<_>>(), [3, 1, 5]);
        assert_eq!((of(Tapped::Confidence).len(), of(Tapped::Mood).len()), (0, 1));
        let course = course(&of(Tapped::Energy)).expect("three taps");
        assert_eq!(course.dots, [(0.0, 50.0), (50.0, 100.0), (100.0, 0.0)]);
        assert_eq!(course.line, "0.00,50.00 50.00,100.00 100.00,0.00");
    }

    #[test]
    fn few_taps_and_those_of_one_moment_are_not_drawn() {
        let at = |date, value| Tap { at: noon(date), value };
        assert_eq!(course(&[]), None);
        assert_eq!(course(&[at("2026-05-01", 3), at("2026-05-02", 3)]), None);
        assert_eq!(course(&[at("2026-05-01", 3), at("2026-05-01", 4), at("2026-05-01", 5)]), None);
    }
}
