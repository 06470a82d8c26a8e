use crate::{
    customer::bare_name,
    id::CustomerId,
    sync::Replica,
    text::{LINE_MAX, NOTE_MAX, fold},
};
use serde::{Deserialize, Serialize};
use std::{cmp::Reverse, collections::BTreeMap};

/// What a shared text becomes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Becomes {
    /// A message from or to the customer, with the text as its note: it counts as contact.
    #[default]
    Message,
    /// What was said at a meeting that is to be logged.
    Meeting,
    /// What is promised.
    Promise,
    /// What the customer wishes, put to a colleague.
    Question,
}

impl Becomes {
    /// All of them, the nearest first.
    pub const ALL: [Self; 4] = [Self::Message, Self::Meeting, Self::Promise, Self::Question];

    /// As people choose it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Message => "A message, noted",
            Self::Meeting => "A meeting to log",
            Self::Promise => "A promise",
            Self::Question => "A question inside",
        }
    }

    /// The most characters that fit.
    pub fn max(self) -> usize {
        match self {
            Self::Promise => LINE_MAX,
            Self::Message | Self::Meeting | Self::Question => NOTE_MAX,
        }
    }

    /// `text` as it goes there: a promise is one line.
    pub fn fitted(self, text: &str) -> String {
        match self {
            Self::Promise => text.split_whitespace().collect::<Vec<_>>().join(" "),
            Self::Message | Self::Meeting | Self::Question => text.trim().to_owned(),
        }
    }

    /// What to do where `text` does not fit; it is never cut without a word.
    pub fn too_long(self, text: &str) -> Option<String> {
        let (count, max) = (self.fitted(text).chars().count(), self.max());
        (count > max).then(|| format!("These are {count} characters, and {max} fit. Shorten it, or choose something else to make of it."))
    }
}

/// What was shared, while it waits for what it becomes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShareDraft {
    /// The text.
    pub text: String,
    /// Whom it is about.
    pub customer: Option<CustomerId>,
    /// What it becomes.
    pub becomes: Becomes,
}

/// The text that another app shared, read from what stands behind the address's question mark, as a form writes it: title, text and link, each
/// once. Empty where there is none.
pub fn shared_text(query: &str) -> String {
    let mut parts: Vec<String> = Vec::new();
    for name in ["title", "text", "url"] {
        let part = query.trim_start_matches('?').split('&').filter_map(|pair| pair.split_once('=')).find(|(key, _)| *key == name);
        let part = part.map(|(_, value)| plain(&decoded(value))).unwrap_or_default();
        // Browsers repeat the link in the text, and some apps the title.
        if !part.is_empty() && !parts.iter().any(|before| before.contains(&part)) {
            parts.retain(|before| !part.contains(before.as_str()));
            parts.push(part);
        }
    }
    parts.join("\n")
}

/// `later` below `before`, unless it is there already.
pub fn joined(before: &str, later: &str) -> String {
    match (before.trim(), later.trim()) {
        ("", later) => later.to_owned(),
        (before, later) if before.contains(later) => before.to_owned(),
        (before, later) => format!("{before}\n\n{later}"),
    }
}

/// The customers that `text` names, the surest first: by an address or the whole name of somebody there, or by the customer's own name.
pub fn customers_named(replica: &Replica, text: &str) -> Vec<CustomerId> {
    let (lower, words) = (text.to_lowercase(), format!(" {} ", fold(text)));
    // A name of two letters is in too many texts, and so is a first name alone.
    let says = |name: &str| name.chars().count() >= 3 && words.contains(&format!(" {name} "));
    let mut found: BTreeMap<CustomerId, usize> = BTreeMap::new();
    let mut find = |customer: CustomerId, sureness: usize| {
        let best = found.entry(customer).or_default();
        *best = (*best).max(sureness);
    };
    for customer in replica.customers.values().filter(|it| !it.archived) {
        let name = bare_name(&customer.name);
        if says(&name) {
            find(customer.id, name.chars().count());
        }
    }
    for contact in replica.contacts.values().filter(|it| !it.archived && replica.customers.contains_key(&it.customer)) {
        let name = fold(&contact.name);
        if contact.email.contains('@') && lower.contains(&contact.email.to_lowercase()) {
            find(contact.customer, 1_000);
        } else if name.contains(' ') && says(&name) {
            find(contact.customer, name.chars().count());
        }
    }
    let mut found: Vec<(CustomerId, usize)> = found.into_iter().collect();
    found.sort_by_key(|(_, sureness)| Reverse(*sureness));
    found.into_iter().map(|(customer, _)| customer).collect()
}

/// A form's value as it was meant.
fn decoded(value: &str) -> String {
    let mut bytes = Vec::with_capacity(value.len());
    let mut rest = value.bytes();
    while let Some(byte) = rest.next() {
        let pair = (byte == b'%').then(|| rest.clone().take(2).filter_map(|digit| char::from(digit).to_digit(16)).collect::<Vec<_>>());
        match (byte, pair.as_deref()) {
            (b'+', _) => bytes.push(b' '),
            (_, Some([high, low])) => {
                bytes.push((high * 16 + low) as u8);
                rest.nth(1);
            }
            _ => bytes.push(byte),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Without what no screen shows: control characters but line ends, and more than one empty line at once.
fn plain(text: &str) -> String {
    let text: String = text.replace("\r\n", "\n").replace('\t', " ").chars().filter(|c| *c == '\n' || !c.is_control()).collect();
    let mut lines: Vec<&str> = Vec::new();
    for line in text.lines().map(str::trim_end) {
        if !line.is_empty() || lines.last().is_some_and(|last| !last.is_empty()) {
            lines.push(line);
        }
    }
    lines.join("\n").trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        customer::{Contact, Customer},
        sync::{
            protocol::Row,
            sample::{a_contact, a_customer},
        },
    };
    use proptest::prelude::*;

    #[test]
    fn a_text_is_read_as_it_was_shared() {
        for (query, text) in [
            ("", ""),
            ("?", ""),
            ("?other=1", ""),
            ("?text=Hello+Anna%2C%20100%25+sure%3F", "Hello Anna, 100% sure?"),
            ("?title=Order&text=Two+crates&url=https%3A%2F%2Fx.test%2F1", "Order\nTwo crates\nhttps://x.test/1"),
            ("?title=&text=See+https%3A%2F%2Fx.test&url=https%3A%2F%2Fx.test", "See https://x.test"),
            ("?title=Order&text=Order+42", "Order 42"),
            ("?text=a%0D%0A%0D%0A%0D%0Ab%00%07%09c", "a\n\nb c"),
            ("?text=%E2%82%AC+%ff+50%", "€ \u{fffd} 50%"),
            ("?text=%4&title=%zz", "%zz\n%4"),
        ] {
            assert_eq!(shared_text(query), text, "{query}");
        }
    }

    #[test]
    fn what_waits_is_joined_once() {
        for (before, later, both) in
            [("", " new ", "new"), ("old", "", "old"), ("old", "new", "old\n\nnew"), ("old\n\nnew", "new", "old\n\nnew")]
        {
            assert_eq!(joined(before, later), both);
        }
    }

    #[test]
    fn customers_are_suggested_by_their_name_their_people_and_their_addresses() {
        let mut replica = Replica::default();
        for (n, name) in [(1, "Kestrel Foods B.V."), (2, "Dam"), (3, "Oy"), (4, "Marsh")] {
            replica.put(Row::Customer(Customer { name: name.into(), ..a_customer(n) }));
        }
        replica.put(Row::Customer(Customer { name: "Kestrel Foods".into(), archived: true, ..a_customer(5) }));
        replica.put(Row::Contact(Contact { name: "Cora".into(), email: "Cora@Marsh.test".into(), ..a_contact(11, 4) }));
        replica.put(Row::Contact(Contact { name: "Anna de Wit".into(), ..a_contact(12, 2) }));
        let named = |text: &str| customers_named(&replica, text).iter().map(|it| it.0.as_u128()).collect::<Vec<_>>();
        assert_eq!(named("Hello, KESTREL FOODS asks again"), [1]);
        assert_eq!(named("From: cora@marsh.test, about Kestrel Foods"), [4, 1], "an address is surest");
        assert_eq!(named("Anna de  Wit called"), [2]);
        assert_eq!(named("Amsterdam, Cora, Oy!"), [0; 0], "part of a word, a first name, two letters");
    }

    #[test]
    fn what_does_not_fit_is_said_and_a_promise_is_one_line() {
        let long = "word ".repeat(101);
        assert_eq!(
            Becomes::Promise.too_long(&long).as_deref(),
            Some("These are 504 characters, and 500 fit. Shorten it, or choose something else to make of it.")
        );
        assert_eq!(Becomes::Message.too_long(&long), None);
        assert_eq!(Becomes::Promise.fitted(" Send\n it  soon "), "Send it soon");
        assert!(
            Becomes::ALL.iter().all(|it| it.too_long(&"x".repeat(it.max())).is_none() && it.too_long(&"x".repeat(it.max() + 1)).is_some())
        );
    }

    proptest! {
        #[test]
        fn whatever_stands_in_the_address_is_read(query in ".{0,200}", bytes in prop::collection::vec(any::<u8>(), 0..60)) {
            let text = shared_text(&query);
            prop_assert!(!text.contains('\0'));
            let written: String = bytes.iter().map(|byte| format!("%{byte:02x}")).collect();
            let shown = shared_text(&format!("?text={written}"));
            prop_assert_eq!(&shown, &plain(&String::from_utf8_lossy(&bytes)));
            prop_assert!(shown.chars().all(|c| c == '\n' || !c.is_control()));
        }
    }
}
