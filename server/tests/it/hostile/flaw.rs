//! Ways to break a mutation that is valid.

use serde_json::{Value, json};
use server::random;
use std::str::FromStr;
use uuid::Uuid;

/// Breaks `mutation` in one of many ways, chosen by `number`; `foreign` are ids of another organisation.
pub(super) fn broken(mutation: &Value, number: u32, foreign: &[String]) -> Value {
    let choice = number as usize / 8;
    let mut broken = mutation.clone();
    match number % 8 {
        0 => broken = json!({ "teleport_customer": fields(&mut broken) }),
        1 => ids(&mut broken, &|_| random::uuid().to_string()),
        2 => ids(&mut broken, &|_| foreign[choice % foreign.len()].clone()),
        3 => drop(fields(&mut broken).remove(&nth_field(mutation, choice))),
        4 => drop(fields(&mut broken).insert(nth_field(mutation, choice), Value::Null)),
        5 => ids(&mut broken, &|id| id[..choice % id.len()].to_owned()),
        // A clock that is off must not cost a customer's answers: the server takes them as given now.
        6 if kind(mutation) == "submit_sealed" => broken = json!("nothing_to_break"),
        6 => numbers(&mut broken, &json!(-1_000_000_000_000_000_i64)),
        _ => texts(&mut broken, ["\0", &"x".repeat(20_000)][choice % 2]),
    }
    // Not every mutation has numbers or text to break.
    if broken == *mutation { json!("nothing_to_break") } else { broken }
}

/// The wire's name of a mutation's kind: the one field of its object.
pub(super) fn kind(mutation: &Value) -> &str {
    mutation.as_object().and_then(|mutation| mutation.keys().next()).expect("a mutation is an object of its kind")
}

fn fields(mutation: &mut Value) -> &mut serde_json::Map<String, Value> {
    let kind = kind(mutation).to_owned();
    mutation[kind].as_object_mut().expect("a kind holds an object")
}

/// One of the mutation's own fields. All that the generator leaves in are required.
fn nth_field(mutation: &Value, choice: usize) -> String {
    let names: Vec<&String> = mutation[kind(mutation)].as_object().expect("a kind holds an object").keys().collect();
    names[choice % names.len()].clone()
}

fn is_id(text: &str) -> bool {
    Uuid::from_str(text).is_ok()
}

fn ids(value: &mut Value, new: &impl Fn(&str) -> String) {
    walk(value, &mut |leaf| {
        if let Value::String(text) = leaf
            && is_id(text)
        {
            *text = new(text);
        }
    });
}

fn numbers(value: &mut Value, new: &Value) {
    walk(value, &mut |leaf| {
        if leaf.is_number() {
            *leaf = new.clone();
        }
    });
}

fn texts(value: &mut Value, new: &str) {
    const FREE: [&str; 9] = ["name", "text", "what", "note", "what_happened", "context", "next_step", "matters", "role"];
    match value {
        Value::Object(fields) => fields.iter_mut().for_each(|(name, value)| {
            if FREE.contains(&name.as_str()) && value.is_string() {
                *value = json!(new);
            } else {
                texts(value, new);
            }
        }),
        Value::Array(items) => items.iter_mut().for_each(|item| texts(item, new)),
        _ => {}
    }
}

fn walk(value: &mut Value, change: &mut impl FnMut(&mut Value)) {
    match value {
        Value::Object(fields) => fields.values_mut().for_each(|value| walk(value, change)),
        Value::Array(items) => items.iter_mut().for_each(|item| walk(item, change)),
        leaf => change(leaf),
    }
}
