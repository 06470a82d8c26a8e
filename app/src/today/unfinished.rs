/// What the draft kept under `key` is, and where it goes on. Changes of what is saved already wait on their own screens.
pub fn unfinished(key: &str) -> Option<(&'static str, String)> {
    // What belongs to a draft, as its photos do, is kept under the draft's key and more.
    if key.contains('+') {
        return None;
    }
    let (kind, rest) = key.split_once('/').unwrap_or((key, ""));
    let at = |screen: &str| format!("/app/{screen}{}{rest}", if rest.is_empty() { "" } else { "/" });
    match (kind, rest.split_once('/')) {
        ("log", _) => Some(("You were logging a meeting.", at("log"))),
        ("plan", _) => Some(("You were planning a visit.", at("plan"))),
        ("promise", Some(("customer", customer))) => {
            Some(("You were writing down a promise.", format!("/app/customers/{customer}/promise")))
        }
        ("ask", Some(("customer", customer))) => Some(("You were asking a colleague.", format!("/app/customers/{customer}/ask"))),
        ("customer", None) if rest.is_empty() => Some(("You were adding a customer.", "/app/customers/new".to_owned())),
        ("contact", Some(("customer", customer))) => Some(("You were adding a person.", format!("/app/customers/{customer}/contacts/new"))),
        ("share", _) => Some(("Something shared with Qdos waits.", "/app/share".to_owned())),
        ("reflection", Some(("meeting", meeting))) => Some(("You were reflecting on a meeting.", format!("/app/reflect/{meeting}"))),
        ("reflection", None) if rest.is_empty() => Some(("You were reflecting.", at("reflect"))),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_draft_leads_back_to_where_it_was_begun() {
        let cases = [
            ("log", Some("/app/log")),
            ("log/customer/7", Some("/app/log/customer/7")),
            ("log/plan/7", Some("/app/log/plan/7")),
            ("plan", Some("/app/plan")),
            ("plan/customer/7", Some("/app/plan/customer/7")),
            ("promise/customer/7", Some("/app/customers/7/promise")),
            ("ask/customer/7", Some("/app/customers/7/ask")),
            ("customer", Some("/app/customers/new")),
            ("customer/7", None),
            ("contact/customer/7", Some("/app/customers/7/contacts/new")),
            ("contact/7", None),
            ("share", Some("/app/share")),
            ("reflection", Some("/app/reflect")),
            ("reflection/meeting/7", Some("/app/reflect/7")),
            ("reflection/7", None),
            ("edit/7", None),
            ("log+photo/7", None),
            ("log/customer/7+photo/8", None),
        ];
        for (key, address) in cases {
            assert_eq!(unfinished(key).map(|(_, address)| address).as_deref(), address, "{key}");
        }
    }
}
