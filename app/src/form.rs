//! What is still to be mended in a form, by field, in words that say what to do.

use crate::sync::Refusal;
use std::collections::BTreeMap;

/// What to do about which field; empty where the form can be saved.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Problems(BTreeMap<String, String>);

impl Problems {
    /// Notes what to do about `field`; the first word on a field stays.
    pub fn add(&mut self, field: impl Into<String>, what_to_do: impl Into<String>) {
        self.0.entry(field.into()).or_insert_with(|| what_to_do.into());
    }

    /// Notes what a rule of the model says, under `prefix` and the field's own name.
    pub fn check(&mut self, prefix: &str, checked: Result<(), Refusal>) {
        match checked {
            Err(Refusal::Invalid { field, message }) => self.add(format!("{prefix}{field}"), sentence(&message)),
            Err(other) => self.add(prefix.trim_end_matches('-'), sentence(&other.to_string())),
            Ok(()) => {}
        }
    }

    /// What to do about `field`.
    pub fn about(&self, field: &str) -> Option<String> {
        self.0.get(field).cloned()
    }

    /// Whether there is nothing to mend.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The first field to mend, by name.
    pub fn first(&self) -> Option<&str> {
        self.0.keys().next().map(String::as_str)
    }
}

/// A rule's words as a sentence: 'fill this in' becomes 'Fill this in.'
pub fn sentence(words: &str) -> String {
    format!("{}.", crate::time::words::capitalised(words))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_word_on_a_field_stays() {
        let mut problems = Problems::default();
        problems.check("promise-1-", Err(Refusal::invalid("what", "fill this in")));
        problems.check("promise-1-", Err(Refusal::invalid("what", "at most 500 characters")));
        problems.check("customer-", Ok(()));
        assert_eq!(problems.about("promise-1-what").as_deref(), Some("Fill this in."));
        assert_eq!((problems.is_empty(), problems.first()), (false, Some("promise-1-what")));
    }
}
