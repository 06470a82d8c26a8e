//! Limits on what people type, the same on the phone and on the server.

use crate::sync::Refusal;

/// The most characters of a name.
pub const NAME_MAX: usize = 200;
/// The most characters of a line.
pub const LINE_MAX: usize = 500;
/// The most characters of a note.
pub const NOTE_MAX: usize = 5_000;

/// Whether `value` has at most `max` characters and none that a database or a screen cannot hold (NUL).
///
/// # Errors
/// [`Refusal::Invalid`] naming `field`.
pub fn check(field: &str, value: &str, max: usize) -> Result<(), Refusal> {
    if value.chars().count() > max {
        return Err(Refusal::invalid(field, &format!("at most {max} characters")));
    }
    if value.contains('\0') {
        return Err(Refusal::invalid(field, "remove the invisible character"));
    }
    Ok(())
}

/// [`check`], and something must be there.
///
/// # Errors
/// [`Refusal::Invalid`] naming `field`.
pub fn check_required(field: &str, value: &str, max: usize) -> Result<(), Refusal> {
    if value.trim().is_empty() {
        return Err(Refusal::invalid(field, "fill this in"));
    }
    check(field, value, max)
}

/// `text` for comparison: lower case, letters and digits only, single spaces.
pub fn fold(text: &str) -> String {
    let words: String = text.to_lowercase().chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}
