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

/// What names are put in order by: [`fold`]ed, letters with marks beside those without, as people look for them.
pub fn alphabetical(name: &str) -> String {
    fold(name).chars().fold(String::new(), |mut key, letter| {
        match bare(letter) {
            "" => key.push(letter),
            plain => key.push_str(plain),
        }
        key
    })
}

/// The plain letters of a European letter with marks; nothing for any other.
fn bare(letter: char) -> &'static str {
    match letter {
        'à'..='å' | 'ā' | 'ă' | 'ą' => "a",
        'æ' => "ae",
        'ç' | 'ć' | 'č' => "c",
        'ď' | 'đ' | 'ð' => "d",
        'è'..='ë' | 'ē' | 'ė' | 'ę' | 'ě' => "e",
        'ğ' | 'ģ' => "g",
        'ì'..='ï' | 'ī' | 'į' | 'ı' => "i",
        'ķ' => "k",
        'ĺ' | 'ļ' | 'ľ' | 'ł' => "l",
        'ñ' | 'ń' | 'ņ' | 'ň' => "n",
        'ò'..='ö' | 'ø' | 'ō' | 'ő' => "o",
        'œ' => "oe",
        'ŕ' | 'ř' => "r",
        'ś' | 'ş' | 'š' | 'ș' => "s",
        'ß' => "ss",
        'ţ' | 'ť' | 'ț' => "t",
        'ù'..='ü' | 'ū' | 'ů' | 'ű' | 'ų' => "u",
        'ý' | 'ÿ' => "y",
        'ź' | 'ż' | 'ž' => "z",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_in_order_as_people_look_for_them() {
        let mut names = ["Zoë", "Fons", "Émile", "Øyvind", "bas", "Łukasz", "Anna", "Ondine"];
        names.sort_by_key(|name| alphabetical(name));
        assert_eq!(names, ["Anna", "bas", "Émile", "Fons", "Łukasz", "Ondine", "Øyvind", "Zoë"]);
    }
}
