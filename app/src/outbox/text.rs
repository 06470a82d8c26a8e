//! The whole text of a saved mutation, read from its own JSON so that nothing a person typed can be left out.

use crate::{
    sync::{Replica, protocol::Mutation},
    time::{Timestamp, words},
};
use chrono::NaiveDate;
use serde_json::Value;

/// What nobody typed: bookkeeping.
const BOOKKEEPING: [&str; 12] =
    ["version", "base", "saw", "history", "offset_minutes", "token", "start", "calendar", "data", "width", "height", "bytes"];
/// Fields that hold one of a few words of ours.
const OUR_WORDS: [&str; 8] = ["state", "status", "format", "channel", "component", "tier", "because", "step"];

/// Every field with something in it: its name in words, and what it holds. Instants are told as at `offset_minutes` east of UTC.
/// A customer's sealed answers have none.
pub fn whole_text(mutation: &Mutation, replica: &Replica, offset_minutes: i16, today: NaiveDate) -> Vec<(String, String)> {
    if matches!(mutation, Mutation::SubmitSealed { .. }) {
        return Vec::new();
    }
    let reading = Reading { replica, offset_minutes, today };
    let mut fields = Vec::new();
    // Through its text, which is written anyway: a second serialiser would weigh on every phone.
    let text = serde_json::to_string(mutation).expect("mutations have a JSON form");
    reading.read("", &serde_json::from_str(&text).expect("it was just written"), &mut fields);
    fields
}

struct Reading<'a> {
    replica: &'a Replica,
    offset_minutes: i16,
    today: NaiveDate,
}

impl Reading<'_> {
    fn read(&self, name: &str, value: &Value, fields: &mut Vec<(String, String)>) {
        let text = match value {
            Value::Object(object) => {
                let shown = object.iter().filter(|(name, _)| !BOOKKEEPING.contains(&name.as_str()));
                return shown.for_each(|(name, value)| self.read(name, value, fields));
            }
            Value::Array(items) => return items.iter().for_each(|item| self.read(name, item, fields)),
            Value::Null => None,
            Value::Bool(yes) => Some(if *yes { "Yes" } else { "No" }.to_owned()),
            Value::Number(at) if name == "at" || name.ends_with("_at") => {
                Some(words::moment(Timestamp(at.as_i64().unwrap_or_default()), self.offset_minutes, self.today))
            }
            Value::Number(number) => Some(number.to_string()),
            Value::String(text) => self.text(name, text),
        };
        fields.extend(text.filter(|text| !text.trim().is_empty()).map(|text| (in_words(name), text)));
    }

    /// Text as typed; an id as the name that it stands for, or not at all.
    fn text(&self, name: &str, text: &str) -> Option<String> {
        if uuid::Uuid::parse_str(text).is_err() {
            return Some(if OUR_WORDS.contains(&name) { in_words(text) } else { text.to_owned() });
        }
        let Replica { customers, contacts, members, .. } = self.replica;
        let customer = || text.parse().ok().and_then(|id| customers.get(&id)).map(|customer| customer.name.clone());
        let contact = || text.parse().ok().and_then(|id| contacts.get(&id)).map(|contact| contact.name.clone());
        let member = || text.parse().ok().and_then(|id| members.get(&id)).map(|member| member.name.clone());
        // A thing's own id would only repeat its name.
        (name != "id").then(|| customer().or_else(contact).or_else(member)).flatten()
    }
}

/// A field's name as people read it: 'Length minutes'.
pub fn in_words(name: &str) -> String {
    words::capitalised(&name.replace('_', " "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        customer::{Customer, CustomerEdit},
        id::{CustomerId, MemberId, PromiseId},
        photo::{Photo, PhotoData},
        promise::{Promise, PromiseState},
        sync::{
            protocol::Row,
            sample::{a_customer, a_photo, on},
        },
    };
    use std::collections::BTreeSet;
    use uuid::Uuid;

    #[test]
    fn everything_typed_is_there_and_ids_are_names() {
        let customer = CustomerId(Uuid::from_u128(7));
        let mut replica = Replica::default();
        let today = "2026-06-01".parse().expect("a date");
        replica.put(Row::Customer(Customer {
            id: customer,
            name: "Kestrel Foods".into(),
            place: String::new(),
            industry: String::new(),
            size: Default::default(),
            owner: MemberId(Uuid::nil()),
            co_owners: BTreeSet::new(),
            owned_since: today,
            tier: Default::default(),
            window_days: None,
            ideal_days: None,
            archived: false,
            united: None,
            version: 0,
            history: Default::default(),
        }));
        let promise = Promise {
            id: PromiseId(Uuid::from_u128(1)),
            customer,
            meeting: None,
            maker: MemberId(Uuid::from_u128(2)),
            keeper: MemberId(Uuid::from_u128(2)),
            what: "the new delivery_calendar".into(),
            due: "2026-06-10".parse().expect("a date"),
            evidence: String::new(),
            state: PromiseState::NotKept,
            course: Default::default(),
        };
        let mut text = whole_text(&Mutation::MakePromise { promise }, &replica, 0, today);
        text.sort();
        let expected = [("Customer", "Kestrel Foods"), ("Due", "2026-06-10"), ("State", "Not kept"), ("What", "the new delivery_calendar")];
        assert_eq!(text, expected.map(|(name, text)| (name.to_owned(), text.to_owned())));
    }

    #[test]
    fn an_edit_tells_what_changes_and_not_what_its_author_saw() {
        let before = Customer { place: "Zeist".into(), ..a_customer(1) };
        let edit = CustomerEdit { place: Some("Utrecht".into()), ..CustomerEdit::default() };
        let text = whole_text(&Mutation::edit_customer(&before, edit), &Replica::default(), 0, on("2026-06-01"));
        assert_eq!(text, [("Place".to_owned(), "Utrecht".to_owned())]);
    }

    #[test]
    fn a_photo_is_told_by_its_caption_and_not_by_its_bytes() {
        let photo = Photo { caption: "The valve".into(), ..a_photo(1, 2) };
        let attach = Mutation::AttachPhoto { photo, data: PhotoData::of(b"what it shows") };
        let text = whole_text(&attach, &Replica::default(), 0, on("1970-01-01"));
        assert_eq!(text, [("Added at", "today 00:00"), ("Caption", "The valve")].map(|(name, text)| (name.to_owned(), text.to_owned())));
    }
}
