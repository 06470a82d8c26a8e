//! From bytes to entries: delimiter, heading, cells. Knows nothing of what is there already.

use super::decode::decode;
use app::{
    account::check_email,
    customer::{Column, CustomerSize, IMPORT_LINES_MAX, ImportProblem, Tier, WINDOW_DAYS_MAX},
    sync::Refusal,
    text::{self, NAME_MAX},
};
use csv::{ReaderBuilder, StringRecord, Trim};
use std::collections::BTreeMap;

/// What a file says.
#[derive(Debug, Default)]
pub(super) struct Read {
    /// Its lines.
    pub(super) entries: Vec<Entry>,
    /// Columns that are not read.
    pub(super) unread: Vec<String>,
    /// What is to be mended.
    pub(super) problems: Vec<ImportProblem>,
}

/// What a line says; an empty cell says nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) line: u64,
    pub(super) customer: String,
    pub(super) place: Option<String>,
    pub(super) industry: Option<String>,
    pub(super) size: Option<CustomerSize>,
    pub(super) external_id: Option<String>,
    pub(super) owner_email: Option<String>,
    pub(super) tier: Option<Tier>,
    pub(super) window_days: Option<u16>,
    pub(super) contact: Option<ContactEntry>,
}

/// What a line says of a person.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct ContactEntry {
    pub(super) name: String,
    pub(super) role: Option<String>,
    pub(super) email: Option<String>,
    pub(super) phone: Option<String>,
}

/// Reads a file. Its delimiter is a comma, a semicolon or a tabulator, whichever the heading holds most of; Excel writes what the
/// computer's country is used to.
pub(super) fn read(bytes: &[u8]) -> Read {
    let mut read = Read::default();
    let text = match decode(bytes) {
        Ok(text) => text,
        Err(problems) => return Read { problems, ..read },
    };
    let text = text.as_ref();
    let mut reader = ReaderBuilder::new().delimiter(delimiter(text)).flexible(true).trim(Trim::All).from_reader(text.as_bytes());
    let columns = match reader.headers() {
        Ok(heading) => columns(heading, &mut read),
        Err(error) => {
            read.problems.push(problem(1, None, &format!("The heading cannot be read: {error}.")));
            return read;
        }
    };
    if !read.problems.is_empty() {
        return read;
    }
    let mut record = StringRecord::new();
    let mut lines = Lines::of(text);
    loop {
        let line = lines.at(reader.position().byte());
        match reader.read_record(&mut record) {
            Ok(false) => break,
            Ok(true) => {}
            Err(error) => {
                read.problems.push(problem(line, None, &format!("This line cannot be read: {error}.")));
                break;
            }
        }
        if record.iter().all(str::is_empty) {
            continue;
        }
        if read.entries.len() == IMPORT_LINES_MAX {
            let words = format!("An import takes {IMPORT_LINES_MAX} lines at most. Split the file and import one part after the other.");
            read.problems.push(problem(line, None, &words));
            break;
        }
        if record.iter().skip(columns.len()).any(|cell| !cell.is_empty()) {
            let words = "This line has more cells than the heading. Put quotes around cells that hold the delimiter.";
            read.problems.push(problem(line, None, words));
            continue;
        }
        let cells =
            columns.iter().zip(&record).filter_map(|(column, cell)| column.filter(|_| !cell.is_empty()).map(|column| (column, cell)));
        let entry = entry(line, cells.collect(), &mut read.problems);
        read.entries.push(entry);
    }
    if read.entries.is_empty() && read.problems.is_empty() {
        read.problems.push(problem(2, None, "There is nothing below the heading."));
    }
    read
}

/// Tells on which line a record begins. The reader's own count is one too low after a line that ends as Windows ends them, and stands
/// before empty lines.
struct Lines<'t> {
    text: &'t [u8],
    byte: usize,
    line: u64,
}

impl<'t> Lines<'t> {
    fn of(text: &'t str) -> Self {
        Self { text: text.as_bytes(), byte: 0, line: 1 }
    }

    /// The line of what comes next at `byte`, which never goes back.
    fn at(&mut self, byte: u64) -> u64 {
        let byte = usize::try_from(byte).unwrap_or(usize::MAX).min(self.text.len());
        let ends = self.text[byte..].iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        let passed = &self.text[self.byte..byte + ends];
        self.line += passed.iter().filter(|byte| **byte == b'\n').count() as u64;
        self.byte = byte + ends;
        self.line
    }
}

fn delimiter(text: &str) -> u8 {
    let heading = text.lines().next().unwrap_or_default();
    let count = |delimiter: &u8| heading.bytes().filter(|byte| byte == delimiter).count();
    // Of equals the last: a comma where there is none of them.
    [b'\t', b';', b','].into_iter().max_by_key(count).unwrap_or(b',')
}

/// Which column of ours each of the file's is.
fn columns(heading: &StringRecord, read: &mut Read) -> Vec<Option<Column>> {
    let mut columns: Vec<Option<Column>> = Vec::new();
    for name in heading {
        let folded = text::fold(name).replace(' ', "_");
        let column = Column::ALL.into_iter().find(|column| column.name() == folded);
        match column {
            Some(column) if columns.contains(&Some(column)) => {
                read.problems.push(problem(1, Some(column), "This column is there twice. Keep one of them."));
            }
            None if !name.is_empty() => read.unread.push(name.chars().take(NAME_MAX).collect()),
            _ => {}
        }
        columns.push(column);
    }
    if !columns.contains(&Some(Column::Customer)) {
        let words = "The first line must name the columns, and one of them must be 'customer'.";
        read.problems.push(problem(1, Some(Column::Customer), words));
    }
    columns
}

/// A line's cells, each checked; what is wrong is noted and left out.
fn entry(line: u64, cells: BTreeMap<Column, &str>, problems: &mut Vec<ImportProblem>) -> Entry {
    let mut checked = |column: Column, check: &dyn Fn(&str) -> Result<(), Refusal>| -> Option<String> {
        let cell = *cells.get(&column)?;
        match check(cell) {
            Ok(()) => Some(cell.to_owned()),
            Err(refusal) => {
                problems.push(problem(line, Some(column), &words(&refusal)));
                None
            }
        }
    };
    let name = |cell: &str| text::check_required("name", cell, NAME_MAX);
    let email = |cell: &str| check_email(cell);
    let customer = checked(Column::Customer, &name);
    let place = checked(Column::Place, &name);
    let industry = checked(Column::Industry, &name);
    let employees = checked(Column::Employees, &|cell| people(cell).map(drop));
    let external_id = checked(Column::ExternalId, &name);
    let owner_email = checked(Column::OwnerEmail, &email);
    let tier = checked(Column::Tier, &tier);
    let window = checked(Column::WindowDays, &window_days);
    let contact_name = checked(Column::ContactName, &name);
    let role = checked(Column::ContactRole, &name);
    let contact_email = checked(Column::ContactEmail, &email);
    let phone = checked(Column::ContactPhone, &name);
    if customer.is_none() && !cells.contains_key(&Column::Customer) {
        problems.push(problem(line, Some(Column::Customer), "Name the customer."));
    }
    if !cells.contains_key(&Column::ContactName) && (role.is_some() || contact_email.is_some() || phone.is_some()) {
        problems.push(problem(line, Some(Column::ContactName), "Name the person, or empty the other cells about a contact."));
    }
    Entry {
        line,
        customer: customer.unwrap_or_default(),
        place,
        industry,
        size: employees.and_then(|cell| people(&cell).ok()).map(CustomerSize::of),
        external_id,
        owner_email,
        tier: tier.and_then(|key| Tier::of_key(&key)),
        window_days: window.and_then(|days| days.parse().ok()),
        contact: contact_name.map(|name| ContactEntry { name, role, email: contact_email, phone }),
    }
}

fn tier(cell: &str) -> Result<(), Refusal> {
    if Tier::of_key(cell).is_some() { Ok(()) } else { Err(Refusal::invalid("tier", "write key, regular or occasional")) }
}

fn window_days(cell: &str) -> Result<(), Refusal> {
    let days = cell.parse::<u16>().is_ok_and(|days| (1..=WINDOW_DAYS_MAX).contains(&days));
    if days { Ok(()) } else { Err(Refusal::invalid("window_days", &format!("write a number of days, 1 to {WINDOW_DAYS_MAX}"))) }
}

fn people(cell: &str) -> Result<u32, Refusal> {
    cell.parse().ok().filter(|people| *people > 0).ok_or_else(|| Refusal::invalid("employees", "write a whole number of people, 1 or more"))
}

fn words(refusal: &Refusal) -> String {
    match refusal {
        Refusal::Invalid { message, .. } => app::form::sentence(message),
        other => app::form::sentence(&other.to_string()),
    }
}

pub(super) fn problem(line: u64, column: Option<Column>, message: &str) -> ImportProblem {
    ImportProblem { line, column, message: message.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(bytes: &[u8]) -> Vec<(u64, Option<Column>)> {
        read(bytes).problems.into_iter().map(|problem| (problem.line, problem.column)).collect()
    }

    #[test]
    fn the_same_table_reads_the_same_however_a_program_wrote_it() {
        let expected = [("Acme, Ltd", Some("Utrecht")), ("Bakkerij Één", None)];
        for text in [
            "customer,place\n\"Acme, Ltd\",Utrecht\nBakkerij Één,\n",
            "\u{feff}Customer;Place\r\n\"Acme, Ltd\";Utrecht\r\nBakkerij Één;\r\n",
            "CUSTOMER\tPLACE\n\"Acme, Ltd\"\tUtrecht\n\n\t\nBakkerij Één",
            "place , customer\n Utrecht ,\"Acme, Ltd\"\n, Bakkerij Één \n",
        ] {
            let read = read(text.as_bytes());
            assert_eq!(read.problems, [], "{text}");
            let entries: Vec<_> = read.entries.iter().map(|entry| (entry.customer.as_str(), entry.place.as_deref())).collect();
            assert_eq!(entries, expected, "{text}");
            let units = || text.trim_start_matches('\u{feff}').encode_utf16();
            let little: Vec<u8> = [0xff, 0xfe].into_iter().chain(units().flat_map(u16::to_le_bytes)).collect();
            let big: Vec<u8> = [0xfe, 0xff].into_iter().chain(units().flat_map(u16::to_be_bytes)).collect();
            assert_eq!(super::read(&little).entries, read.entries, "{text}");
            assert_eq!(super::read(&big).entries, read.entries, "{text}");
        }
    }

    #[test]
    fn a_problem_names_the_line_it_is_on() {
        for (bytes, expected) in [
            (&b"customer\nCaf\xe9\nfine\nn\xe4h\n"[..], vec![(2, None), (4, None)]),
            (b"\xff\xfec\0u\0s\0", vec![(1, Some(Column::Customer))]),
            (b"customer\nx\0y\n", vec![(2, None)]),
            (b"", vec![(1, Some(Column::Customer))]),
            (b"name\nAcme\n", vec![(1, Some(Column::Customer))]),
            (b"customer,customer\nAcme,Acme\n", vec![(1, Some(Column::Customer))]),
            (b"customer\n", vec![(2, None)]),
            (b"customer,place\nAcme,a,b\n", vec![(2, None)]),
            (
                b"customer,window_days\n\"A\nB\",10\nC,ten\nD,0\nE,731\n",
                vec![(4, Some(Column::WindowDays)), (5, Some(Column::WindowDays)), (6, Some(Column::WindowDays))],
            ),
            (b"customer,tier\nA,Key\nB,gold\n", vec![(3, Some(Column::Tier))]),
            (b"customer,owner_email\nA,rik\n,rik@example.test\n", vec![(2, Some(Column::OwnerEmail)), (3, Some(Column::Customer))]),
            (b"customer,contact_name,contact_phone\nA,,123\n", vec![(2, Some(Column::ContactName))]),
        ] {
            assert_eq!(told(bytes), expected, "{}", String::from_utf8_lossy(bytes));
        }
        let long = format!("customer\n{}\n", "x".repeat(201));
        assert_eq!(told(long.as_bytes()), [(2, Some(Column::Customer))]);
        let many = format!("customer\n{}", "A\n".repeat(IMPORT_LINES_MAX + 1));
        assert_eq!(told(many.as_bytes()), [(IMPORT_LINES_MAX as u64 + 2, None)]);
    }

    #[test]
    fn columns_of_other_programs_are_named_but_do_not_hinder() {
        let read = read(b"customer,Region,,\nAcme,North,,\n");
        assert_eq!((read.problems.len(), read.entries.len(), read.unread), (0, 1, vec!["Region".to_owned()]));
    }
}
