//! The part of a text in which something was found.

use crate::text::Search;

/// A piece of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Its words.
    pub text: String,
    /// Whether it is what was looked for.
    pub is_found: bool,
}

/// Characters kept before the first word that was found ...
const BEFORE: usize = 40;
/// ... and in all.
const LENGTH: usize = 160;

/// The part of `text` around the first word that `search` marks, in pieces; the beginning where it marks none.
pub fn snippet(text: &str, search: &Search) -> Vec<Piece> {
    let words = words(text);
    let first = words.iter().find(|(start, end)| search.marks(&text[*start..*end])).map_or(0, |(start, _)| *start);
    let from = match text[..first].char_indices().rev().nth(BEFORE) {
        // From the beginning of a word on.
        Some((far, _)) => words.iter().map(|(start, _)| *start).find(|start| *start > far).unwrap_or(first),
        None => 0,
    };
    let to = text[from..].char_indices().nth(LENGTH).map_or(text.len(), |(length, _)| from + length);
    let mut pieces: Vec<Piece> = Vec::new();
    let mut push = |text: &str, is_found| {
        if !text.is_empty() {
            pieces.push(Piece { text: text.split_whitespace().collect::<Vec<_>>().join(" "), is_found });
            // What separates words is kept as one space.
            if let Some(last) = pieces.last_mut() {
                let (before, after) = (text.starts_with(char::is_whitespace), text.ends_with(char::is_whitespace));
                last.text = match last.text.as_str() {
                    "" => " ".to_owned(),
                    words => [if before { " " } else { "" }, words, if after { " " } else { "" }].concat(),
                };
            }
        }
    };
    if from > 0 {
        push("… ", false);
    }
    let mut at = from;
    for (start, end) in words.into_iter().filter(|(start, end)| *start >= from && *end <= to) {
        if search.marks(&text[start..end]) {
            push(&text[at..start], false);
            push(&text[start..end], true);
            at = end;
        }
    }
    push(&text[at..to], false);
    if to < text.len() {
        push(" …", false);
    }
    pieces
}

/// Where each word of `text` begins and ends, in bytes. A mark that follows its letter belongs to the word.
fn words(text: &str) -> Vec<(usize, usize)> {
    let is_part = |letter: char| letter.is_alphanumeric() || matches!(letter, '\u{300}'..='\u{36f}');
    let (mut words, mut start) = (Vec::new(), None);
    for (place, letter) in text.char_indices() {
        match (is_part(letter), start) {
            (true, None) => start = Some(place),
            (false, Some(from)) => {
                words.push((from, place));
                start = None;
            }
            _ => {}
        }
    }
    words.extend(start.map(|from| (from, text.len())));
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn told(text: &str, wanted: &str) -> String {
        let mark = |piece: Piece| if piece.is_found { format!("[{}]", piece.text) } else { piece.text };
        snippet(text, &Search::of(wanted)).into_iter().map(mark).collect()
    }

    #[test]
    fn what_was_looked_for_is_marked_as_it_is_written() {
        for (text, wanted, shown) in [
            ("The Rämp, and a ramp", "ramp", "The [Rämp], and a [ramp]"),
            ("Ramps\n\nare high", "ram hi", "[Ramps] are [high]"),
            ("Nothing here", "ramp", "Nothing here"),
            ("", "ramp", ""),
        ] {
            assert_eq!(told(text, wanted), shown);
        }
    }

    #[test]
    fn a_long_text_is_cut_around_what_was_found() {
        let text = format!("{} the ramp {}", "before ".repeat(40), "after ".repeat(60));
        let shown = told(&text, "ramp");
        assert!(shown.starts_with("… before ") && shown.contains("the [ramp] after") && shown.ends_with(" …"), "{shown}");
        assert!(shown.chars().count() < LENGTH + 10, "{shown}");
    }

    proptest! {
        #[test]
        fn no_text_is_cut_inside_a_letter_and_none_is_made_up(text in ".{0,300}", wanted in "[a-z]{1,2}") {
            let bare = |text: &str| text.chars().filter(|it| !it.is_whitespace() && *it != '…').collect::<String>();
            let shown: String = snippet(&text, &Search::of(&wanted)).into_iter().map(|piece| piece.text).collect();
            prop_assert!(bare(&text).contains(&bare(&shown)), "{shown}");
        }
    }
}
