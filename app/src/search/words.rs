//! What was found, in words.

use super::Found;

/// '2 customers, no people, 14 notes': read out as one types, so that nobody has to listen to all of it.
pub fn found_words(found: &Found) -> String {
    let count = |number: usize, one: &str, many: &str| match number {
        0 => format!("no {many}"),
        1 => format!("1 {one}"),
        number => format!("{number} {many}"),
    };
    let Found { customers, people, notes } = found;
    let parts = [count(customers.of, "customer", "customers"), count(people.of, "person", "people"), count(notes.of, "note", "notes")];
    crate::time::words::capitalised(&parts.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::Group;

    #[test]
    fn what_was_found_is_counted() {
        let group = |of| Group { hits: Vec::new(), of };
        let found = Found { customers: group(0), people: group(1), notes: group(14) };
        assert_eq!(found_words(&found), "No customers, 1 person, 14 notes");
    }
}
