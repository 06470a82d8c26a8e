use super::read::problem;
use app::customer::ImportProblem;
use std::borrow::Cow;

/// The most lines of which it is said that their letters do not read.
const BROKEN_MAX: usize = 20;

/// A file's text: UTF-8, or UTF-16 that says so, as Excel's 'Unicode text' does. Another encoding names itself nowhere; a guess would put
/// wrong letters into people's names, so every line that needs one is told.
pub(super) fn decode(bytes: &[u8]) -> Result<Cow<'_, str>, Vec<ImportProblem>> {
    let text = match bytes {
        [0xff, 0xfe, rest @ ..] => Cow::Owned(utf16(rest, u16::from_le_bytes)?),
        [0xfe, 0xff, rest @ ..] => Cow::Owned(utf16(rest, u16::from_be_bytes)?),
        _ => Cow::Borrowed(utf8(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes))?),
    };
    let lines = text.split('\n').zip(1..).filter(|(line, _)| line.contains('\0'));
    let broken = lines.map(|(_, number)| problem(number, None, "This line holds what no text does. Is it a CSV file?"));
    let broken: Vec<_> = broken.take(BROKEN_MAX).collect();
    if broken.is_empty() { Ok(text) } else { Err(broken) }
}

fn utf8(bytes: &[u8]) -> Result<&str, Vec<ImportProblem>> {
    std::str::from_utf8(bytes).map_err(|_| {
        let lines = bytes.split(|byte| *byte == b'\n').zip(1..).filter(|(line, _)| std::str::from_utf8(line).is_err());
        let words = "Letters on this line are not UTF-8, as in files of older programs. Save the file as 'CSV UTF-8'.";
        lines.map(|(_, number)| problem(number, None, words)).take(BROKEN_MAX).collect()
    })
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<String, Vec<ImportProblem>> {
    let (units, rest) = bytes.as_chunks();
    let text = String::from_utf16(&units.iter().map(|bytes| unit(*bytes)).collect::<Vec<_>>()).ok().filter(|_| rest.is_empty());
    text.ok_or_else(|| vec![problem(1, None, "This file was cut off or damaged. Save it as 'CSV UTF-8' and choose it again.")])
}
