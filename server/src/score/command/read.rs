//! From bytes to ratings; nothing is guessed, and everything that is wrong is told at once.

use crate::score::reml::Rating;
use chrono::NaiveDate;
use csv::{ByteRecord, ReaderBuilder, Trim};
use std::{
    collections::HashMap,
    fmt::{self, Display, Formatter},
};

/// What is wrong with a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The line, counted from 1; where a row spans several, its first.
    pub line: u64,
    /// What is wrong.
    pub message: String,
}

impl Display for Problem {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.message)
    }
}

/// What is read besides rep, customer and rating.
#[derive(Clone, Copy, Debug)]
pub(super) enum Wanted<'w> {
    Nothing,
    /// The column of this name.
    Weight(&'w str),
    Date,
}

/// What a file says.
#[derive(Debug, Default)]
pub(super) struct Table {
    /// Names by index, in the order of the file.
    pub(super) reps: Vec<String>,
    pub(super) customers: Vec<String>,
    /// Weight 1 where no column says otherwise.
    pub(super) ratings: Vec<Rating>,
    /// Of each rating, where they are wanted.
    pub(super) dates: Vec<NaiveDate>,
}

/// Where a file has which column.
struct Columns {
    number: usize,
    rep: usize,
    customer: usize,
    rating: usize,
    weight: Option<usize>,
    /// Is checked where it is there, and needed where it is wanted.
    date: Option<usize>,
    date_needed: bool,
}

/// Names as they come, each with its index.
#[derive(Default)]
struct Names {
    indices: HashMap<String, u32>,
    names: Vec<String>,
}

/// # Errors
/// Everything that is wrong, in the order of the lines.
pub(super) fn read(bytes: &[u8], wanted: Wanted) -> Result<Table, Vec<Problem>> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let mut reader = ReaderBuilder::new().has_headers(false).flexible(true).trim(Trim::All).from_reader(bytes);
    let (mut lines, mut record, mut problems) = (Lines::of(bytes), ByteRecord::new(), Vec::new());
    let first = lines.at(0);
    let heading = reader.read_byte_record(&mut record);
    let columns = match heading {
        Ok(true) => columns(&record, wanted).map_err(|messages| on(first, messages))?,
        _ => return Err(on(1, vec!["there is no header".to_owned()])),
    };
    let (mut table, mut reps, mut customers) = (Table::default(), Names::default(), Names::default());
    loop {
        let line = lines.at(reader.position().byte());
        match reader.read_byte_record(&mut record) {
            Ok(true) => {}
            Ok(false) => break,
            Err(error) => {
                problems.extend(on(line, vec![error.to_string()]));
                break;
            }
        }
        match columns.row(&record) {
            Ok(row) => {
                let (rep, customer) = (reps.index(row.rep), customers.index(row.customer));
                table.ratings.push(Rating { rep, customer, y: row.rating, weight: row.weight });
                table.dates.extend(row.date.filter(|_| columns.date_needed));
            }
            Err(messages) => problems.extend(on(line, messages)),
        }
    }
    if bytes.iter().filter(|byte| **byte == b'"').count() % 2 == 1 {
        problems.extend(on(lines.at(bytes.len() as u64), vec!["a quotation mark before this line is never closed".to_owned()]));
    }
    if table.ratings.is_empty() && problems.is_empty() {
        problems.extend(on(2, vec!["there is no rating below the header".to_owned()]));
    }
    (table.reps, table.customers) = (reps.names, customers.names);
    if problems.is_empty() { Ok(table) } else { Err(problems) }
}

fn on(line: u64, messages: Vec<String>) -> Vec<Problem> {
    messages.into_iter().map(|message| Problem { line, message }).collect()
}

fn columns(heading: &ByteRecord, wanted: Wanted) -> Result<Columns, Vec<String>> {
    let mut wrong = Vec::new();
    let mut find = |name: &str, needed: bool| {
        let mut found = heading.iter().enumerate().filter(|(_, cell)| *cell == name.as_bytes()).map(|(index, _)| index);
        let first = found.next();
        if first.is_none() && needed {
            wrong.push(format!("the header names no column '{name}'"));
        }
        if found.next().is_some() {
            wrong.push(format!("the header names the column '{name}' twice"));
        }
        first
    };
    let date_needed = matches!(wanted, Wanted::Date);
    let [rep, customer, rating] = ["rep", "customer", "rating"].map(|name| find(name, true).unwrap_or_default());
    let date = find("date", date_needed);
    let weight = if let Wanted::Weight(name) = wanted { find(name, true) } else { None };
    if wrong.is_empty() { Ok(Columns { number: heading.len(), rep, customer, rating, weight, date, date_needed }) } else { Err(wrong) }
}

/// What a line says.
struct Row<'r> {
    rep: &'r str,
    customer: &'r str,
    rating: f64,
    weight: f64,
    date: Option<NaiveDate>,
}

impl Columns {
    fn row<'r>(&self, record: &'r ByteRecord) -> Result<Row<'r>, Vec<String>> {
        if record.len() != self.number {
            return Err(vec![format!("{} cells where the header has {}", record.len(), self.number)]);
        }
        if record.iter().any(|cell| std::str::from_utf8(cell).is_err()) {
            return Err(vec!["not UTF-8".to_owned()]);
        }
        let cell = |index: usize| std::str::from_utf8(&record[index]).unwrap_or_default();
        let mut wrong = Vec::new();
        for (name, index) in [("rep", self.rep), ("customer", self.customer)] {
            if cell(index).is_empty() {
                wrong.push(format!("no {name}"));
            }
        }
        let number = |index: usize| cell(index).parse().ok().filter(|value: &f64| value.is_finite());
        let rating = number(self.rating).unwrap_or_else(|| {
            wrong.push(format!("the rating '{}' is not a finite number", cell(self.rating)));
            0.0
        });
        let weight = self.weight.map_or(1.0, |index| {
            number(index).filter(|weight| *weight >= 0.0).unwrap_or_else(|| {
                wrong.push(format!("the weight '{}' is not a finite number of at least 0", cell(index)));
                0.0
            })
        });
        let date = self.date.map(cell).filter(|date| self.date_needed || !date.is_empty()).and_then(|text| {
            let date = date(text);
            if date.is_none() {
                wrong.push(format!("the date '{text}' is not a day as YYYY-MM-DD"));
            }
            date
        });
        if wrong.is_empty() { Ok(Row { rep: cell(self.rep), customer: cell(self.customer), rating, weight, date }) } else { Err(wrong) }
    }
}

impl Names {
    fn index(&mut self, name: &str) -> u32 {
        if let Some(index) = self.indices.get(name) {
            return *index;
        }
        let index = u32::try_from(self.names.len()).expect("no more names than an index counts");
        self.indices.insert(name.to_owned(), index);
        self.names.push(name.to_owned());
        index
    }
}

/// A day as ISO 8601 writes it at length.
pub(super) fn date(text: &str) -> Option<NaiveDate> {
    let shaped = text.len() == 10
        && text.bytes().enumerate().all(|(at, byte)| if at == 4 || at == 7 { byte == b'-' } else { byte.is_ascii_digit() });
    shaped.then(|| NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()).flatten()
}

/// Tells on which line a record begins; the reader's own count is off after Windows' line ends and before empty lines.
struct Lines<'b> {
    bytes: &'b [u8],
    byte: usize,
    line: u64,
}

impl<'b> Lines<'b> {
    fn of(bytes: &'b [u8]) -> Self {
        Self { bytes, byte: 0, line: 1 }
    }

    /// The line of what comes next at `byte`, which never goes back.
    fn at(&mut self, byte: u64) -> u64 {
        let byte = usize::try_from(byte).unwrap_or(usize::MAX).min(self.bytes.len());
        let ends = self.bytes[byte..].iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        let passed = &self.bytes[self.byte..byte + ends];
        self.line += passed.iter().filter(|byte| **byte == b'\n').count() as u64;
        self.byte = byte + ends;
        self.line
    }
}
