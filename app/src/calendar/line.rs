//! Content lines of iCalendar (RFC 5545, 3.1): folded at 75 octets, with parameters, texts escaped.

/// Octets of a line before it is folded, without its end.
const OCTETS_MAX: usize = 75;
/// The most parameters read of one line; nobody needs more.
const PARAMETERS_MAX: usize = 50;

/// Appends `line`, folded, to `file`.
pub(super) fn push(file: &mut String, line: &str) {
    let mut room = OCTETS_MAX;
    for letter in line.chars() {
        if letter.len_utf8() > room {
            file.push_str("\r\n ");
            // The space that says that it goes on counts.
            room = OCTETS_MAX - 1;
        }
        room -= letter.len_utf8();
        file.push(letter);
    }
    file.push_str("\r\n");
}

/// The lines of a file as they were before they were folded. Others fold in the middle of a letter, so bytes are put together first.
pub(super) fn unfolded(file: &[u8]) -> impl Iterator<Item = String> {
    let file = file.strip_prefix(b"\xef\xbb\xbf").unwrap_or(file);
    let mut lines = file.split(|byte| *byte == b'\n').map(|line| line.strip_suffix(b"\r").unwrap_or(line)).peekable();
    std::iter::from_fn(move || {
        let mut whole = lines.next()?.to_vec();
        while let Some([b' ' | b'\t', rest @ ..]) = lines.peek() {
            whole.extend_from_slice(rest);
            lines.next();
        }
        Some(String::from_utf8_lossy(&whole).into_owned())
    })
}

/// `text` as the value of a property. What cannot be in one, such as control characters, is left out.
pub(super) fn escaped(text: &str) -> String {
    let mut value = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\\' | ';' | ',' => value.extend(['\\', letter]),
            '\n' => value.push_str("\\n"),
            letter if letter.is_control() => {}
            letter => value.push(letter),
        }
    }
    value
}

/// The text that a property's value stands for.
pub(super) fn unescaped(value: &str) -> String {
    let mut text = String::with_capacity(value.len());
    let mut letters = value.chars();
    while let Some(letter) = letters.next() {
        match (letter, (letter == '\\').then(|| letters.next()).flatten()) {
            (_, Some('n' | 'N')) => text.push('\n'),
            (_, Some(escaped)) if !escaped.is_control() => text.push(escaped),
            ('\\', _) => {}
            (letter, _) if letter.is_control() => {}
            (letter, _) => text.push(letter),
        }
    }
    text
}

/// A property: its name, its parameters, its value as it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Line {
    /// In capitals.
    pub(super) name: String,
    parameters: Vec<(String, String)>,
    /// Not unescaped yet.
    pub(super) value: String,
}

impl Line {
    /// Takes a line apart; nothing where it is not of that form.
    pub(super) fn read(line: &str) -> Option<Self> {
        let end = line.find([';', ':'])?;
        let (name, mut rest) = line.split_at(end);
        if name.is_empty() || !name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-') {
            return None;
        }
        let mut parameters = Vec::new();
        while let Some(parameter) = rest.strip_prefix(';') {
            let (name, after) = parameter.split_once('=')?;
            let end = end_of_values(after)?;
            if parameters.len() == PARAMETERS_MAX {
                return None;
            }
            parameters.push((name.to_ascii_uppercase(), after[..end].trim_matches('"').to_owned()));
            rest = &after[end..];
        }
        Some(Self { name: name.to_ascii_uppercase(), parameters, value: rest.strip_prefix(':')?.to_owned() })
    }

    /// What is said beside the value.
    pub(super) fn parameter(&self, name: &str) -> Option<&str> {
        self.parameters.iter().find(|(other, _)| other == name).map(|(_, value)| value.as_str())
    }

    /// The same with another value.
    pub(super) fn with_value(&self, value: &str) -> Self {
        Self { value: value.to_owned(), ..self.clone() }
    }

    /// The value as a text.
    pub(super) fn text(&self) -> String {
        unescaped(&self.value)
    }
}

/// Where a parameter's values end: at the next semicolon or colon that stands in no quotes.
fn end_of_values(text: &str) -> Option<usize> {
    let mut is_quoted = false;
    text.bytes().position(|byte| {
        is_quoted ^= byte == b'"';
        !is_quoted && matches!(byte, b';' | b':')
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_line_is_taken_apart_with_its_parameters() {
        let line = Line::read("attendee;CN=\"Wit; Cora:de\";role=CHAIR:mailto:cora@bakker.example").expect("a line");
        assert_eq!((line.name.as_str(), line.value.as_str()), ("ATTENDEE", "mailto:cora@bakker.example"));
        assert_eq!((line.parameter("CN"), line.parameter("ROLE"), line.parameter("X")), (Some("Wit; Cora:de"), Some("CHAIR"), None));
        for not in ["", "SUMMARY", ":x", "SUM MARY:x", "DTSTART;TZID:x", "DTSTART;TZID=\"x:y"] {
            assert_eq!(Line::read(not), None, "{not}");
        }
    }

    #[test]
    fn a_line_that_others_fold_within_a_letter_is_whole_again() {
        let lines: Vec<String> = unfolded(b"\xef\xbb\xbfSUMMARY:Caf\xc3\r\n \xa9\n\t au lait\r\nEND:VEVENT").collect();
        assert_eq!(lines, ["SUMMARY:Caf\u{e9} au lait", "END:VEVENT"]);
    }

    proptest! {
        #[test]
        fn what_is_escaped_and_folded_comes_back(text in "[^\\p{Cc}]{0,200}|[a,;\\\\\n]{0,100}") {
            let mut file = String::new();
            push(&mut file, &format!("SUMMARY:{}", escaped(&text)));
            push(&mut file, "END:VEVENT");
            prop_assert!(file.split("\r\n").all(|line| line.len() <= OCTETS_MAX));
            let lines: Vec<Line> = unfolded(file.as_bytes()).filter_map(|line| Line::read(&line)).collect();
            prop_assert_eq!(lines.len(), 2);
            prop_assert_eq!(lines[0].text(), text);
        }

        #[test]
        fn whatever_comes_is_read_without_a_panic(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            for line in unfolded(&bytes) {
                if let Some(line) = Line::read(&line) {
                    prop_assert!(!line.text().contains('\0'));
                }
            }
        }
    }
}
