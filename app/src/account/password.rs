use crate::{sync::Refusal, text};
use serde::{Deserialize, Serialize};
use std::fmt;

/// The fewest characters of a password.
pub const PASSWORD_MIN: usize = 10;
/// The most: enough for any sentence, and bounds the work of hashing one.
pub const PASSWORD_MAX: usize = 200;

/// A password on its way; never written to a log.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Password(pub String);

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(..)")
    }
}

impl Password {
    /// Whether it can be set by somebody of that name and email address. Length is what counts; no kinds of characters are asked for
    /// (NIST SP 800-63B, 3.1.1.2), but what anybody would try first is refused.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] with what to do.
    pub fn check(&self, name: &str, email: &str) -> Result<(), Refusal> {
        let invalid = |message: &str| Err(Refusal::invalid("password", message));
        let length = self.0.chars().count();
        if length < PASSWORD_MIN {
            return invalid(&format!("use at least {PASSWORD_MIN} characters: a few words that only you put together"));
        }
        if length > PASSWORD_MAX {
            return invalid(&format!("use at most {PASSWORD_MAX} characters"));
        }
        let folded = text::fold(&self.0).replace(' ', "");
        // 'Rik Jansen 2026' is still the name.
        let bare = |text: &str| text::fold(text).replace(' ', "").trim_matches(|c: char| c.is_ascii_digit()).to_owned();
        let person = email.split('@').next().unwrap_or_default();
        if [name, email, person].iter().any(|known| bare(known).chars().count() > 3 && bare(&self.0) == bare(known)) {
            return invalid("use something other than your name or email address");
        }
        if is_guessed_first(&folded) {
            return invalid("many people use this one; use a few words that only you put together");
        }
        Ok(())
    }
}

/// Whether it is one sign or one short pattern over and over, a run along the keyboard, or a favourite with digits around it.
fn is_guessed_first(folded: &str) -> bool {
    const RUNS: [&str; 5] = [
        "01234567890123456789",
        "98765432109876543210",
        "abcdefghijklmnopqrstuvwxyz",
        "qwertyuiopasdfghjklzxcvbnm",
        "qazwsxedcrfvtgbyhnujmikolp",
    ];
    const FAVOURITES: [&str; 14] = [
        "password",
        "passw0rd",
        "wachtwoord",
        "passwort",
        "motdepasse",
        "welcome",
        "welkom",
        "willkommen",
        "letmein",
        "iloveyou",
        "qwerty",
        "administrator",
        "changeme",
        "qdos",
    ];
    let signs: Vec<char> = folded.chars().collect();
    let repeats = (1..=3).any(|period| signs.iter().zip(signs.iter().skip(period)).all(|(a, b)| a == b));
    let bare = folded.trim_matches(|c: char| c.is_ascii_digit());
    repeats || RUNS.iter().any(|run| run.contains(folded)) || FAVOURITES.iter().any(|it| bare == *it || bare == format!("{it}{it}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_that_anybody_would_try_first_is_refused() {
        for (password, usable) in [
            ("three blue teapots", true),
            ("correct horse", true),
            ("Tr0ub4dor&3x", true),
            ("short", false),
            ("aaaaaaaaaaaa", false),
            ("abcabcabcabc", false),
            ("1234567890", false),
            ("Password2026", false),
            ("qwertyuiop", false),
            ("rik.jansen1", false),
            ("Rik Jansen 2026", false),
            ("rik.jansen@example.test", false),
            ("", false),
        ] {
            let checked = Password(password.into()).check("Rik Jansen", "rik.jansen@example.test");
            assert_eq!(checked.is_ok(), usable, "{password}: {checked:?}");
        }
        assert!(Password("x y".repeat(100)).check("Rik", "rik@example.test").is_err(), "too long");
    }

    #[test]
    fn a_password_never_shows_in_a_log() {
        assert_eq!(format!("{:?}", Password("three blue teapots".into())), "Password(..)");
    }
}
