//! What customers hold, and calendars: `CODE-SECRET`, the organisation's code before 128 random bits. Links, receipts and feeds look the same.

use crate::random;
use app::survey::{StockToken, TokenHash};

/// Characters of the secret: 128 bits in Crockford's base 32.
const SECRET_LENGTH: usize = 26;
/// The longest organisation's code.
const CODE_MAX: usize = 32;

/// A link's or receipt's text, taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Link {
    /// The whole text, in lower case.
    pub(crate) text: String,
    /// Whose customer holds it.
    pub(crate) code: String,
}

impl Link {
    /// A new one of the organisation with that code.
    pub(crate) fn new(code: &str) -> Self {
        Self::of(code, &random::secret())
    }

    /// The one with that secret, if it can be one.
    pub(crate) fn with_secret(code: &str, secret: &str) -> Option<Self> {
        is_secret(secret).then(|| Self::of(code, secret))
    }

    /// Reads what somebody followed or typed; nothing where it cannot be one of ours.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let (code, secret) = text.rsplit_once('-')?;
        let plain = (1..=CODE_MAX).contains(&code.len()) && code.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        (plain && is_secret(&secret.to_ascii_lowercase())).then(|| Self::of(code, secret))
    }

    /// What names it at rest.
    pub(crate) fn hash(&self) -> String {
        random::sha256(&self.text)
    }

    /// The part after the code.
    pub(crate) fn secret(&self) -> &str {
        &self.text[self.code.len() + 1..]
    }

    fn of(code: &str, secret: &str) -> Self {
        let text = format!("{code}-{secret}").to_ascii_lowercase();
        Self { code: text[..code.len()].to_owned(), text }
    }
}

impl From<Link> for StockToken {
    fn from(link: Link) -> Self {
        Self { hash: TokenHash(link.hash()), token: link.text }
    }
}

fn is_secret(text: &str) -> bool {
    text.len() == SECRET_LENGTH && text.bytes().all(|b| b.is_ascii_digit() || (b.is_ascii_lowercase() && !b"ilou".contains(&b)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_link_reads_back_in_any_case() {
        let link = Link::new("noord");
        assert_eq!(Link::read(&link.text), Some(link.clone()));
        assert_eq!(Link::read(&link.text.to_uppercase()), Some(link.clone()));
        assert_eq!(Link::with_secret("noord", link.secret()), Some(link));
    }

    #[test]
    fn what_cannot_be_a_link_of_ours_is_none() {
        let secret = "0123456789abcdefghjkmnpqrs";
        for (text, ours) in [
            (format!("noord-{secret}"), true),
            (format!("noord-west-{secret}"), true),
            (secret.to_owned(), false),
            (format!("-{secret}"), false),
            (format!("noord-{}", &secret[1..]), false),
            (format!("noord-{}u", &secret[1..]), false),
            (format!("no%rd-{secret}"), false),
            (format!("{}-{secret}", "n".repeat(33)), false),
        ] {
            assert_eq!(Link::read(&text).is_some(), ours, "{text}");
        }
    }

    proptest! {
        #[test]
        fn reading_never_panics(text in ".*") {
            if let Some(link) = Link::read(&text) {
                prop_assert_eq!(link.secret().len(), SECRET_LENGTH);
            }
        }
    }
}
