use super::line::Line;
use crate::{sync::Refusal, text, time::Timestamp};
use serde::{Deserialize, Serialize};

/// Names an event of somebody's calendar, and each time that it repeats: 32 hexadecimal digits that tell nothing of what the calendar calls
/// it, since it stays with the visit that is made of it, which others see.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct EventKey(String);

impl EventKey {
    /// Of an event that the calendar calls `uid`, at the time that the calendar once planned it for, where it repeats.
    pub fn of(uid: &str, planned: Option<Timestamp>) -> Self {
        let planned = planned.map(|at| at.0.to_string()).unwrap_or_default();
        Self(format!("{:032x}", hash(uid.bytes().chain([0]).chain(planned.bytes()))))
    }

    /// Whether it can be one.
    ///
    /// # Errors
    /// [`Refusal::Invalid`].
    pub fn check(&self) -> Result<(), Refusal> {
        let hexadecimal = self.0.len() == 32 && self.0.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
        if hexadecimal { Ok(()) } else { Err(Refusal::invalid("calendar", "not an event's name")) }
    }
}

/// FNV-1a of 128 bits, by Fowler, Noll and Vo: nobody gains by making two of the own events look like one.
fn hash(bytes: impl Iterator<Item = u8>) -> u128 {
    let (basis, prime) = (0x6c62_272e_07bb_0142_62b8_2175_6295_c58d, 0x0000_0000_0100_0000_0000_0000_0000_013b);
    bytes.fold(basis, |hash: u128, byte| (hash ^ u128::from(byte)).wrapping_mul(prime))
}

/// Something in somebody's calendar that may become a visit. It reaches nobody but its owner.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// Which.
    pub key: EventKey,
    /// What it says of itself; empty where it is marked as private.
    pub title: String,
    /// Where; empty where it is marked as private.
    pub place: String,
    /// The email addresses of those who take part, lower case.
    pub people: Vec<String>,
    /// When it begins.
    pub starts_at: Timestamp,
    /// Minutes east of UTC there and then.
    pub offset_minutes: i16,
    /// How long.
    pub length_minutes: u16,
    /// Whether it is called off.
    pub cancelled: bool,
}

/// The most people of an event that are read.
const PEOPLE_MAX: usize = 12;
/// The longest email address of theirs.
const EMAIL_MAX: usize = 100;

/// One VEVENT as it is written, line by line.
#[derive(Clone, Debug, Default)]
pub(super) struct Written {
    pub(super) uid: String,
    pub(super) title: String,
    pub(super) place: String,
    pub(super) people: Vec<String>,
    pub(super) start: Option<Line>,
    pub(super) end: Option<Line>,
    pub(super) duration: Option<String>,
    pub(super) rule: Option<String>,
    pub(super) except: Vec<Line>,
    pub(super) also: bool,
    /// The time of a series that this is in the place of.
    pub(super) instead_of: Option<Line>,
    pub(super) cancelled: bool,
    pub(super) private: bool,
    pub(super) sequence: u32,
}

impl Written {
    /// Takes a line in.
    pub(super) fn take(&mut self, line: Line) {
        match line.name.as_str() {
            "UID" => self.uid = line.text(),
            "SUMMARY" => self.title = short(&line),
            "LOCATION" => self.place = short(&line),
            "ATTENDEE" | "ORGANIZER" if self.people.len() < PEOPLE_MAX => self.people.extend(email(&line)),
            "DTSTART" => self.start = Some(line),
            "DTEND" => self.end = Some(line),
            "DURATION" => self.duration = Some(line.value),
            // Two rules are one too many.
            "RRULE" if self.rule.is_some() => self.also = true,
            "RRULE" => self.rule = Some(line.value),
            "RDATE" | "EXRULE" => self.also = true,
            "EXDATE" => self.except.push(line),
            "RECURRENCE-ID" => self.instead_of = Some(line),
            "STATUS" => self.cancelled = line.value.eq_ignore_ascii_case("CANCELLED"),
            "CLASS" => self.private = !line.value.eq_ignore_ascii_case("PUBLIC"),
            "SEQUENCE" => self.sequence = line.value.trim().parse().unwrap_or(0),
            _ => {}
        }
    }

    /// The title, unless it is private.
    pub(super) fn shown(&self) -> String {
        if self.private { String::new() } else { self.title.clone() }
    }
}

/// A text in one line that is not too long.
fn short(line: &Line) -> String {
    let words = line.text().split_whitespace().collect::<Vec<_>>().join(" ");
    words.chars().take(text::NAME_MAX).collect()
}

fn email(line: &Line) -> Option<String> {
    let address = line.value.trim().to_lowercase();
    let address = address.strip_prefix("mailto:")?;
    (address.len() <= EMAIL_MAX && address.contains('@')).then(|| address.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_is_named_by_what_the_calendar_calls_it_and_when() {
        let keys = [("a", None), ("b", None), ("a", Some(Timestamp(1))), ("a", Some(Timestamp(2))), ("a1", None)];
        let keys: std::collections::BTreeSet<_> = keys.map(|(uid, planned)| EventKey::of(uid, planned)).into();
        assert_eq!(keys.len(), 5);
        assert!(keys.iter().all(|key| key.check().is_ok()));
        // As its authors publish it.
        assert_eq!(hash("a".bytes()), 0xd228_cb69_6f1a_8caf_7891_2b70_4e4a_8964);
        for not in ["", "d228cb69", "D228CB696F1A8CAF78912B704E4A8964", "zz28cb696f1a8caf78912b704e4a8964"] {
            assert!(EventKey(not.to_owned()).check().is_err(), "{not}");
        }
    }
}
