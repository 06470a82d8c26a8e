use crate::{sync::Refusal, text};

/// The most characters of an email address (RFC 5321, 4.5.3.1.3).
const EMAIL_MAX: usize = 254;

/// An email address as it is kept and compared.
pub fn fold_email(email: &str) -> String {
    email.trim().to_lowercase()
}

/// Whether `email` can be an address; whether it is one only a message to it would tell.
///
/// # Errors
/// [`Refusal::Invalid`] about `email`.
pub fn check_email(email: &str) -> Result<(), Refusal> {
    text::check_required("email", email, EMAIL_MAX)?;
    let plausible = email.split_once('@').is_some_and(|(person, host)| {
        let named = |part: &str| !part.is_empty() && !part.contains([' ', '@', ',', ';', '<', '>']) && !part.contains(char::is_control);
        named(person) && named(host) && !host.starts_with('.') && !host.ends_with('.')
    });
    if plausible { Ok(()) } else { Err(Refusal::invalid("email", "write it like name@company.com")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_a_person_and_a_host() {
        for (email, plausible) in [
            ("rik@example.test", true),
            ("r.i+k@mail.example.test", true),
            ("rik@intranet", true),
            ("rik", false),
            ("@example.test", false),
            ("rik@", false),
            ("rik@.test", false),
            ("rik jansen@example.test", false),
            ("Rik <rik@example.test>", false),
            ("rik@example.test\n", false),
            ("a@b@c", false),
            ("", false),
        ] {
            assert_eq!(check_email(email).is_ok(), plausible, "{email:?}");
        }
    }
}
