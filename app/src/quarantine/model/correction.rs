use super::{Readership, readership};
use crate::sync::{Refusal, protocol::Mutation};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A field of a mutation, and what stands in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Correction {
    /// Which, as the refusal names it.
    pub field: String,
    /// What is to stand in it, as a person types it.
    pub value: String,
}

/// The field of `mutation` that `refusal` is about, as it is, where a person can mend it by typing. No other field: the words stay the author's.
pub fn correctable(mutation: &Mutation, refusal: &Refusal) -> Option<Correction> {
    let Refusal::Invalid { field, .. } = refusal else { return None };
    if readership(mutation) != Readership::Administrators {
        return None;
    }
    let value = match find(&mut as_value(mutation), field)? {
        Value::String(text) => text.clone(),
        number => number.to_string(),
    };
    Some(Correction { field: field.clone(), value })
}

impl Correction {
    /// `mutation`, which was refused for `refusal`, with this corrected.
    ///
    /// # Errors
    /// [`Refusal::NotYours`] where the refusal is not about this field, or it is not to be typed; [`Refusal::Invalid`] where it cannot hold that.
    pub fn of(&self, mutation: &Mutation, refusal: &Refusal) -> Result<Mutation, Refusal> {
        if correctable(mutation, refusal).is_none_or(|it| it.field != self.field) {
            return Err(Refusal::NotYours);
        }
        let mut corrected = as_value(mutation);
        let unfit = || Refusal::invalid(&self.field, "write it in the same form as it was");
        let place = find(&mut corrected, &self.field).ok_or(Refusal::NotYours)?;
        *place = match place {
            Value::Number(_) => Value::from(self.value.trim().parse::<i64>().map_err(|_| unfit())?),
            _ => Value::from(self.value.as_str()),
        };
        // Through text: read from a value, a mutation would have to be compiled a second time for every phone.
        serde_json::from_str(&corrected.to_string()).map_err(|_| unfit())
    }
}

fn as_value(mutation: &Mutation) -> Value {
    let text = serde_json::to_string(mutation).expect("mutations have a JSON form");
    serde_json::from_str(&text).expect("it was just written")
}

/// The first field of that name that holds what a person types: words, a date, a quantity; no id, no instant and no word of ours.
fn find<'a>(value: &'a mut Value, name: &str) -> Option<&'a mut Value> {
    let typed = |value: &Value| match value {
        Value::String(text) => uuid::Uuid::parse_str(text).is_err() && !["state", "status", "format", "channel", "tier"].contains(&name),
        Value::Number(_) => ["length_minutes", "window_days", "ideal_days"].contains(&name),
        _ => false,
    };
    match value {
        Value::Object(object) => {
            if object.get(name).is_some_and(typed) {
                return object.get_mut(name);
            }
            object.values_mut().find_map(|inner| find(inner, name))
        }
        Value::Array(items) => items.iter_mut().find_map(|inner| find(inner, name)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sync::sample::customer;

    fn correction(field: &str, value: &str) -> Correction {
        Correction { field: field.into(), value: value.into() }
    }

    #[test]
    fn the_field_that_was_refused_is_corrected_and_nothing_else() {
        let refusal = Refusal::invalid("name", "fill this in");
        let sent = customer(1);
        assert_eq!(correctable(&sent, &refusal), Some(correction("name", "Customer 1")));
        let corrected = correction("name", "Kestrel").of(&sent, &refusal).expect("a name can be corrected");
        let (Mutation::CreateCustomer { customer: before }, Mutation::CreateCustomer { customer: after }) = (sent, corrected) else {
            panic!("the kind stays");
        };
        assert_eq!(after, crate::customer::Customer { name: "Kestrel".into(), ..before });
    }

    #[test]
    fn what_the_refusal_does_not_name_stays_the_authors() {
        let sent = customer(1);
        for (field, refusal) in [
            ("place", Refusal::invalid("name", "fill this in")),
            ("owner", Refusal::invalid("owner", "choose somebody")),
            ("name", Refusal::NotYours),
            ("nothing", Refusal::invalid("nothing", "fill this in")),
        ] {
            assert_eq!(correction(field, "x").of(&sent, &refusal), Err(Refusal::NotYours), "{field} {refusal}");
        }
    }
}
