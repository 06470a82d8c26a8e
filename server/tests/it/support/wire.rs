use serde::Serialize;

/// What goes over the wire.
pub fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("wire types write as JSON")
}
