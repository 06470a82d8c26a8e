//! A text locked by a passphrase, as a file holds it: plain data. Locking and opening it is the browser's, in `vault`.

use data_encoding::BASE64;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The only form so far.
const FORM: u8 = 1;
/// More stretching than this is no file of ours, but one that keeps a phone busy.
const ITERATIONS_MAX: u32 = 10_000_000;

/// Locked with AES-256-GCM, by a key that PBKDF2 with SHA-256 makes of the passphrase.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Locked {
    /// What PBKDF2 mixes with the passphrase.
    #[serde(with = "Base64")]
    pub salt: Vec<u8>,
    /// How often PBKDF2 stretches.
    pub iterations: u32,
    /// Used once with this key; 12 bytes.
    #[serde(with = "Base64")]
    pub nonce: Vec<u8>,
    /// The text, and the tag that tells whether it is whole.
    #[serde(with = "Base64")]
    pub ciphertext: Vec<u8>,
}

/// The text is no file of ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a locked file of this form")]
pub struct NotLocked;

#[derive(Serialize, Deserialize)]
struct File {
    qdos_locked: u8,
    locked: Locked,
}

impl Locked {
    /// As a file holds it.
    pub fn write(self) -> String {
        serde_json::to_string(&File { qdos_locked: FORM, locked: self }).expect("bytes and numbers have a JSON form")
    }

    /// Reads what [`Locked::write`] wrote.
    ///
    /// # Errors
    /// [`NotLocked`].
    pub fn read(text: &str) -> Result<Self, NotLocked> {
        let File { qdos_locked, locked } = serde_json::from_str(text).map_err(|_| NotLocked)?;
        let ours = qdos_locked == FORM && (1..=ITERATIONS_MAX).contains(&locked.iterations) && locked.nonce.len() == 12;
        if ours { Ok(locked) } else { Err(NotLocked) }
    }
}

/// How bytes stand in a text.
struct Base64;

impl Base64 {
    fn serialize<S: Serializer>(bytes: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&BASE64.encode(bytes))
    }

    fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u8>, D::Error> {
        BASE64.decode(String::deserialize(deserializer)?.as_bytes()).map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As the first release writes them; never changed.
    const FILE: &str = r#"{"qdos_locked":1,"locked":{"salt":"AQID","iterations":600000,"nonce":"AAAAAAAAAAAAAAAA","ciphertext":"/+8="}}"#;

    #[test]
    fn a_file_of_the_first_release_is_still_read() {
        let locked = Locked { salt: vec![1, 2, 3], iterations: 600_000, nonce: vec![0; 12], ciphertext: vec![0xff, 0xef] };
        assert_eq!(Locked::read(FILE).as_ref(), Ok(&locked));
        assert_eq!(locked.write(), FILE);
    }

    #[test]
    fn what_is_no_file_of_ours_is_not_tried() {
        for (ours, other) in [
            ("\"qdos_locked\":1", "\"qdos_locked\":2"),
            ("600000", "0"),
            ("600000", "4000000000"),
            ("AAAAAAAAAAAAAAAA", "AAAA"),
            ("/+8=", "no base64"),
            ("{", "["),
        ] {
            assert_eq!(Locked::read(&FILE.replace(ours, other)), Err(NotLocked), "{other}");
        }
    }
}
