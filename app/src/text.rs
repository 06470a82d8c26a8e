//! Limits on what people type, how it is compared, put in order and found: the same on the phone and on the server.

use crate::sync::Refusal;
use memchr::memmem::Finder;

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
    if text.is_ascii() {
        return fold_ascii(text);
    }
    let words: String = text.to_lowercase().chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The same of what most texts are, in a fraction of the time.
fn fold_ascii(text: &str) -> String {
    let mut folded = String::with_capacity(text.len() + 1);
    let mut is_inside = false;
    for byte in text.bytes() {
        let is_part = byte.is_ascii_alphanumeric();
        if is_part && !is_inside && !folded.is_empty() {
            folded.push(' ');
        }
        if is_part {
            folded.push(char::from(byte.to_ascii_lowercase()));
        }
        is_inside = is_part;
    }
    folded
}

/// What names are put in order by, as people look for them: whatever their case, letters with marks beside those without, numbers by
/// their size.
pub fn alphabetical(name: &str) -> String {
    let words = plain(name);
    let (mut key, mut rest) = (String::new(), words.as_str());
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
        let number = &rest[start..];
        let number = &number[..number.find(|c: char| !c.is_ascii_digit()).unwrap_or(number.len())];
        key.push_str(&rest[..start]);
        push_number(&mut key, number.trim_start_matches('0'));
        rest = &rest[start + number.len()..];
    }
    key + rest
}

/// The number of digits, in digits of which only the last is not 9, then the digits: shorter numbers come first.
fn push_number(key: &mut String, digits: &str) {
    key.extend(std::iter::repeat_n('9', digits.len() / 9));
    key.push(char::from(b'0' + (digits.len() % 9) as u8));
    key.push_str(digits);
}

/// What somebody looks for: a name is found by the beginnings of its words, in any order, whatever their case and marks.
#[derive(Clone, Debug)]
pub struct Search(Vec<Word>);

/// A word that was typed.
#[derive(Clone, Debug)]
struct Word {
    text: String,
    /// Finds it at the beginning of a word of what was [`readied`]. Made once for many texts, it takes a fraction of the time.
    finder: Finder<'static>,
}

impl Word {
    fn of(text: &str) -> Self {
        Self { text: text.to_owned(), finder: Finder::new(&format!(" {text}")).into_owned() }
    }

    fn begins_in(&self, ready: &str) -> bool {
        self.finder.find(ready.as_bytes()).is_some()
    }
}

impl Search {
    /// For what was typed.
    pub fn of(words: &str) -> Self {
        Self(plain(words).split_whitespace().map(Word::of).collect())
    }

    /// Whether nothing was typed, which finds everything.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether `word`, one word of a text, begins with something that was typed.
    pub fn marks(&self, word: &str) -> bool {
        let word = plain(word);
        self.0.iter().any(|wanted| word.starts_with(&wanted.text))
    }

    /// Whether every word begins a word of `names`.
    pub fn finds<'a>(&self, names: impl IntoIterator<Item = &'a str>) -> bool {
        self.finds_in(&names.into_iter().map(readied).collect::<String>())
    }

    /// [`Search::finds`] in what was [`readied`] before.
    pub fn finds_in(&self, ready: &str) -> bool {
        self.0.iter().all(|word| word.begins_in(ready))
    }

    /// [`Search::finds_in`] `ready` and what stands `beside` it together, of which one word at least is in `ready` itself.
    pub fn finds_beside<'a>(&self, ready: &str, beside: impl Fn() -> &'a str) -> bool {
        let Some(own) = self.0.iter().position(|word| word.begins_in(ready)) else { return false };
        self.0.iter().enumerate().all(|(at, word)| at == own || word.begins_in(ready) || word.begins_in(beside()))
    }
}

/// `text` kept ready for many searches: its words as [`Search`] reads them, a space before each.
pub fn readied(text: &str) -> String {
    let mut words = plain(text);
    if !words.is_empty() {
        words.insert(0, ' ');
    }
    words
}

/// [`fold`]ed, letters without their marks.
fn plain(text: &str) -> String {
    if text.is_ascii() { fold_ascii(text) } else { fold(&without_marks(text)) }
}

/// `text` in lower case, letters without their marks.
fn without_marks(text: &str) -> String {
    text.to_lowercase().chars().fold(String::new(), |mut plain, letter| {
        match (bare(letter), letter) {
            // A mark that follows its letter, as some keyboards and files write it.
            (_, '\u{300}'..='\u{36f}') => {}
            ("", _) => plain.push(letter),
            (bare, _) => plain.push_str(bare),
        }
        plain
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
    use proptest::prelude::*;

    #[test]
    fn names_are_in_order_as_people_look_for_them() {
        let mut names = ["Zoë", "Fons", "Émile", "Øyvind", "bas", "Łukasz", "Anna", "Ondine"];
        names.sort_by_key(|name| alphabetical(name));
        assert_eq!(names, ["Anna", "bas", "Émile", "Fons", "Łukasz", "Ondine", "Øyvind", "Zoë"]);
    }

    #[test]
    fn a_text_is_readied_as_a_search_reads_it() {
        for (text, ready) in [
            ("", ""),
            (" - ", ""),
            ("The ramp, 2e Depot!", " the ramp 2e depot"),
            ("Müller & Söhne", " muller sohne"),
            ("mu\u{308}ller", " muller"),
        ] {
            assert_eq!(readied(text), ready);
        }
    }

    proptest! {
        #[test]
        fn what_is_plain_is_folded_as_everything_is(ascii in "[ -~]{0,40}") {
            // A letter with a mark at the end keeps it from being taken for plain.
            let folded = fold(&format!("{ascii} é"));
            prop_assert_eq!([fold(&ascii), " é".to_owned()].concat().trim_start().to_owned(), folded);
        }

        #[test]
        fn a_text_is_found_by_the_beginning_of_any_of_its_words(text in ".{0,40}", ascii in "[ -~]{0,40}", word in "[a-zé]{1,3}") {
            for text in [text, ascii] {
                let words = fold(&without_marks(&text));
                let begins = words.split(' ').any(|it| it.starts_with(&plain(&word)));
                prop_assert_eq!(begins, Search::of(&word).finds([text.as_str()]), "{:?}", words);
            }
        }
    }

    #[test]
    fn a_note_is_found_with_what_stands_beside_it_by_a_word_of_its_own() {
        let finds = |words| Search::of(words).finds_beside(" the old locker", || " depot zeist");
        assert!(finds("lock") && finds("zei lock") && finds("old locker"));
        assert!(!finds("zeist") && !finds("depot zeist") && !finds("locker utrecht"));
    }

    #[test]
    fn numbers_are_in_order_by_their_size() {
        let mut names =
            ["Depot 10", "Depot 2", "depot 02 b", "Depot 1000000000", "Depot 999999999", "Depot", "2 Brothers", "'t Hof", "Depot 0"];
        names.sort_by_key(|name| alphabetical(name));
        let sorted =
            ["2 Brothers", "Depot", "Depot 0", "Depot 2", "depot 02 b", "Depot 10", "Depot 999999999", "Depot 1000000000", "'t Hof"];
        assert_eq!(names, sorted);
    }

    #[test]
    fn a_name_is_found_by_the_beginnings_of_its_words_whatever_their_case_and_marks() {
        let names = ["Müller & Söhne, 2e Depot", "Café Roux"];
        for (words, found) in [
            ("", true),
            ("muller", true),
            ("MÜLLER", true),
            ("mu\u{308}ller", true),
            ("roux sohn", true),
            ("2e", true),
            ("cafe", true),
            ("ller", false),
            ("müller x", false),
        ] {
            assert_eq!(Search::of(words).finds(names), found, "{words}");
        }
    }
}
