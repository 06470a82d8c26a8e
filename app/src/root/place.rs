//! Which tab a screen belongs to.

/// The address whose tab a screen belongs to, where its own address does not say so. `before` is where one was: what is reached from several
/// tabs stays with the one that it was reached from.
pub(crate) fn place(path: &str, manages: bool, before: Option<&str>) -> String {
    let starts = |with: &[&str]| with.iter().any(|start| path.starts_with(start));
    // A manager's last tab is the team, from where More is reached.
    let more = if manages { "/app/team" } else { "/app/more" };
    match path {
        _ if starts(&["/app/engagement"]) => "/app/feedback".to_owned(),
        _ if starts(&["/app/meetings/", "/app/contacts/", "/app/search"]) => "/app/customers".to_owned(),
        // What administrators do with customers is under More.
        _ if starts(&["/app/more", "/app/calendar", "/app/customers/assign", "/app/customers/import"]) => more.to_owned(),
        // Whoever begins with one of these comes from nowhere; logging is done and over.
        _ if starts(&["/app/promises", "/app/recovery", "/app/outbox"]) => {
            before.filter(|before| !before.starts_with("/app/log")).unwrap_or(more).to_owned()
        }
        _ => path.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_reached_from_several_tabs_stays_with_the_one_it_was_reached_from() {
        for (path, before, at) in [
            ("/app/promises", Some("/app"), "/app"),
            ("/app/promises/7", Some("/app/customers/7"), "/app/customers/7"),
            ("/app/recovery/7", Some("/app/more"), "/app/more"),
            ("/app/outbox", None, "/app/more"),
            ("/app/outbox", Some("/app/log/customer/7"), "/app/more"),
            ("/app/customers/7", Some("/app/more"), "/app/customers/7"),
            ("/app/meetings/7", Some("/app"), "/app/customers"),
        ] {
            assert_eq!(place(path, false, before), at, "{path} from {before:?}");
        }
        assert_eq!(place("/app/recovery", true, None), "/app/team");
    }
}
