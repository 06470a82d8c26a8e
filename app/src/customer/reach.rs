//! How somebody at a customer is reached.

use super::Contact;

/// A way to reach somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WayToReach {
    /// By telephone: the number, as it was typed.
    Phone(String),
    /// By email: the address.
    Email(String),
}

impl WayToReach {
    /// The number or the address itself.
    pub fn words(&self) -> &str {
        match self {
            Self::Phone(it) | Self::Email(it) => it,
        }
    }

    /// What opens the telephone or the mail program with it.
    pub fn href(&self) -> String {
        match self {
            Self::Phone(number) => {
                // From abroad nobody dials the zero that people write in between.
                let number = if number.starts_with('+') { number.replace("(0)", "") } else { number.clone() };
                let dialled: String = number.chars().filter(|it| it.is_ascii_digit() || *it == '+').collect();
                format!("tel:{dialled}")
            }
            Self::Email(address) => format!("mailto:{address}"),
        }
    }
}

/// How `contact` is reached, as far as it is known: the telephone first.
pub fn ways_to_reach(contact: &Contact) -> Vec<WayToReach> {
    let known = |typed: &String| Some(typed.trim().to_owned()).filter(|typed| !typed.is_empty());
    [known(&contact.phone).map(WayToReach::Phone), known(&contact.email).map(WayToReach::Email)].into_iter().flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sync::sample::a_contact;

    #[test]
    fn somebody_is_reached_by_what_is_known() {
        let contact = Contact { phone: "+31 (0)6-12 34".into(), email: "anna@example.test".into(), ..a_contact(1, 1) };
        let ways = ways_to_reach(&contact);
        assert_eq!(ways.iter().map(WayToReach::words).collect::<Vec<_>>(), ["+31 (0)6-12 34", "anna@example.test"]);
        assert_eq!(ways.iter().map(WayToReach::href).collect::<Vec<_>>(), ["tel:+3161234", "mailto:anna@example.test"]);
        assert!(ways_to_reach(&Contact { phone: " ".into(), ..a_contact(1, 1) }).is_empty());
    }
}
