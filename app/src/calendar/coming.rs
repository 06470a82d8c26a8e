use super::Reading;
use crate::{id::MemberId, sync::Refusal, time::Timestamp};
use serde::{Deserialize, Serialize};

/// What the server last read at the address of a member's calendar; for that member's phones alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ComingEvents {
    /// Whose.
    pub member: MemberId,
    /// What the calendar says.
    pub reading: Reading,
    /// Why it could not be read the last time, in words; then the rest is as it was before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub problem: Option<String>,
}

/// The member's feed, as far as the server knows it: the address itself is shown only when it is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Feed {
    /// When it was made.
    pub made_at: Timestamp,
}

/// The address of the member's feed, once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct IssuedFeed {
    /// Whoever has it reads the feed.
    pub address: String,
}

/// A calendar elsewhere that the server reads for a member.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// Where it is.
    pub address: String,
    /// When it was last asked.
    pub asked_at: Timestamp,
}

/// The longest address of a calendar.
pub const ADDRESS_MAX: usize = 2_000;

/// The address of a calendar as it is asked for: `webcal` is how calendars call what is read over `https`.
///
/// # Errors
/// [`Refusal::Invalid`] naming `address`.
pub fn calendar_address(typed: &str) -> Result<String, Refusal> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Err(Refusal::invalid("address", "paste the address of your calendar"));
    }
    if typed.len() > ADDRESS_MAX || typed.chars().any(|letter| letter.is_control() || letter.is_whitespace()) {
        return Err(Refusal::invalid("address", "this is not an address; copy it once more"));
    }
    let (scheme, rest) = typed.split_once("://").unwrap_or(("", typed));
    match scheme.to_ascii_lowercase().as_str() {
        "https" | "webcal" | "webcals" | "" => Ok(format!("https://{rest}")),
        // Only where the server was told so, for its own tests, is it read.
        "http" => Ok(typed.to_owned()),
        _ => Err(Refusal::invalid("address", "the address of a calendar begins with https")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_taken_as_calendars_hand_it_out() {
        for (typed, address) in [
            (" https://c.example/a.ics ", Some("https://c.example/a.ics")),
            ("webcal://c.example/a.ics?x=1", Some("https://c.example/a.ics?x=1")),
            ("WEBCAL://c.example/a.ics", Some("https://c.example/a.ics")),
            ("c.example/a.ics", Some("https://c.example/a.ics")),
            ("http://127.0.0.1:1/a.ics", Some("http://127.0.0.1:1/a.ics")),
            ("file:///etc/passwd", None),
            ("ftp://c.example", None),
            ("two words", None),
            ("https://c.example/\u{0}", None),
            ("", None),
        ] {
            assert_eq!(calendar_address(typed).ok().as_deref(), address, "{typed}");
        }
    }
}
