use crate::sync::Refusal;
use data_encoding::BASE64URL_NOPAD;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// What a device may remind of; all of it is on Today.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReminderKind {
    /// Visits of today and tomorrow, and those still to be logged.
    Visits,
    /// What is to be made right with customers.
    Cases,
    /// Promises that come due, and colleagues' questions.
    Promises,
    /// What the member set out to do.
    Actions,
    /// Ratings that were released.
    Ratings,
    /// Customers whose window has passed.
    Customers,
}

impl ReminderKind {
    /// All, in the order of Today.
    pub const ALL: [Self; 6] = [Self::Visits, Self::Cases, Self::Promises, Self::Actions, Self::Ratings, Self::Customers];
}

/// The longest address at which a browser is reached.
pub const ENDPOINT_MAX: usize = 1_000;
/// The most devices on which one member is reminded.
pub const SUBSCRIPTIONS_MAX: usize = 10;
/// Bytes of a point on P-256, written out.
pub const POINT_BYTES: usize = 65;
/// Bytes of what a browser and the server share beside their keys.
pub const AUTH_BYTES: usize = 16;

/// Where a browser is reached and how it is written to, as the browser itself writes it down (`PushSubscription.toJSON()`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subscription {
    /// The address, at the browser's own service; whoever has it can write there.
    pub endpoint: String,
    /// What to encrypt with.
    pub keys: SubscriptionKeys,
}

/// What a message to a browser is encrypted with (RFC 8291), each in base 64 for addresses.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SubscriptionKeys {
    /// The browser's public key, a point on P-256.
    pub p256dh: String,
    /// What only the browser and the server know.
    pub auth: String,
}

impl Subscription {
    /// The browser's public key and what is shared with it. Whether the key is a point of the curve is found by using it.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] where no browser makes such a one.
    pub fn parse(&self) -> Result<([u8; POINT_BYTES], [u8; AUTH_BYTES]), Refusal> {
        let refused = || Refusal::invalid("subscription", "this browser gave no address to send to; update it or use another");
        if self.endpoint.len() > ENDPOINT_MAX || !self.endpoint.is_ascii() {
            return Err(refused());
        }
        // Some browsers pad.
        let read = |text: &str| BASE64URL_NOPAD.decode(text.trim_end_matches('=').as_bytes()).map_err(|_| refused());
        let point: [u8; POINT_BYTES] = read(&self.keys.p256dh)?.try_into().map_err(|_| refused())?;
        let auth = read(&self.keys.auth)?.try_into().map_err(|_| refused())?;
        // 4: written out, both coordinates.
        if point[0] == 4 { Ok((point, auth)) } else { Err(refused()) }
    }
}

/// What a device is to be reminded of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wanted {
    /// The kinds of things.
    pub kinds: BTreeSet<ReminderKind>,
    /// How many ratings the member has looked at on the device, so that only others are told of.
    pub seen: usize,
}

impl Wanted {
    /// Whether it can be kept.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] naming the field.
    pub fn check(&self) -> Result<(), Refusal> {
        if self.kinds.is_empty() { Err(Refusal::invalid("kinds", "choose at least one")) } else { Ok(()) }
    }
}

/// What the server knows of reminders on the device that asks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reminders {
    /// The server's public key, in base 64 for addresses: browsers take messages from nobody else.
    pub key: String,
    /// Present where they are on.
    pub here: Option<RemindedHere>,
}

/// A device on which reminders are on, as the server knows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RemindedHere {
    /// Where the server sends to.
    pub endpoint: String,
    /// What of.
    pub wanted: Wanted,
}

/// What a device shows, numbers alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reminder {
    /// In bold.
    pub title: String,
    /// Beneath.
    pub body: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As a browser writes it down, with the keys of RFC 8291's example.
    const WRITTEN: &str = r#"{"endpoint":"https://push.example.net/push/JzLQ3raZJfFBR0aqvOMsLrt54w4rJUsV","expirationTime":null,"keys":{"p256dh":"BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4","auth":"BTBZMqHH6r4Tts7J_aSIgg"}}"#;

    fn written() -> Subscription {
        serde_json::from_str(WRITTEN).expect("it is read")
    }

    #[test]
    fn what_a_browser_writes_down_is_read() {
        let (point, auth) = written().parse().expect("valid");
        assert_eq!((point[0], point[64], auth[0], auth[15]), (4, 0x0e, 5, 0x82));
        let mut padded = written();
        padded.keys.auth.push_str("==");
        assert_eq!(padded.parse(), written().parse());
    }

    #[test]
    fn what_no_browser_writes_down_is_refused() {
        let with = |change: fn(&mut Subscription)| {
            let mut subscription = written();
            change(&mut subscription);
            subscription
        };
        for broken in [
            with(|it| it.endpoint.push_str(&"x".repeat(ENDPOINT_MAX))),
            with(|it| it.endpoint.push('é')),
            with(|it| it.keys.p256dh.clear()),
            with(|it| it.keys.p256dh.push('A')),
            with(|it| it.keys.p256dh.replace_range(..2, "AA")),
            with(|it| it.keys.auth.truncate(20)),
            with(|it| it.keys.auth.replace_range(..1, "+")),
        ] {
            assert!(broken.parse().is_err(), "{broken:?}");
        }
    }

    #[test]
    fn who_wants_to_be_reminded_of_nothing_stops() {
        assert!(Wanted { kinds: BTreeSet::new(), seen: 0 }.check().is_err());
        assert_eq!(Wanted { kinds: BTreeSet::from([ReminderKind::Visits]), seen: 0 }.check(), Ok(()));
    }
}
