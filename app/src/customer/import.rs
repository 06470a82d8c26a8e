//! Customers and contacts from a CSV file: what the file may hold, and what an import would do or did.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};
use std::fmt;

/// The largest file, bytes.
pub const IMPORT_BYTES_MAX: usize = 1024 * 1024;
/// The most lines below the heading.
pub const IMPORT_LINES_MAX: usize = 2_000;

/// A file as it was chosen, in whatever encoding.
#[derive(Clone, PartialEq, Eq)]
pub struct CsvFile(pub Vec<u8>);

impl fmt::Debug for CsvFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "CsvFile({} bytes)", self.0.len())
    }
}

// As base 64: a list of numbers would be four times as long.
impl Serialize for CsvFile {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&data_encoding::BASE64.encode(&self.0))
    }
}

impl<'de> Deserialize<'de> for CsvFile {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        data_encoding::BASE64.decode(text.as_bytes()).map(Self).map_err(D::Error::custom)
    }
}

/// A column that an import reads. An empty cell leaves what is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Column {
    /// The customer's name; the only one that must be there.
    Customer,
    /// Where the customer is.
    Place,
    /// What the customer does.
    Industry,
    /// How many people work there.
    Employees,
    /// The customer's number in another system.
    ExternalId,
    /// The email address of the rep who looks after the customer.
    OwnerEmail,
    /// How much attention the customer wants: key, regular or occasional.
    Tier,
    /// The customer's own window, days.
    WindowDays,
    /// A person at the customer.
    ContactName,
    /// What the person does there.
    ContactRole,
    /// The person's email address.
    ContactEmail,
    /// The person's telephone number.
    ContactPhone,
}

impl Column {
    /// All of them, in the order that people are told.
    pub const ALL: [Self; 12] = [
        Self::Customer,
        Self::Place,
        Self::Industry,
        Self::Employees,
        Self::ExternalId,
        Self::OwnerEmail,
        Self::Tier,
        Self::WindowDays,
        Self::ContactName,
        Self::ContactRole,
        Self::ContactEmail,
        Self::ContactPhone,
    ];

    /// As the heading names it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Customer => "customer",
            Self::Place => "place",
            Self::Industry => "industry",
            Self::Employees => "employees",
            Self::ExternalId => "external_id",
            Self::OwnerEmail => "owner_email",
            Self::Tier => "tier",
            Self::WindowDays => "window_days",
            Self::ContactName => "contact_name",
            Self::ContactRole => "contact_role",
            Self::ContactEmail => "contact_email",
            Self::ContactPhone => "contact_phone",
        }
    }

    /// What is in it, for those who prepare a file.
    pub fn explanation(self) -> &'static str {
        match self {
            Self::Customer => "The customer's name. The one column that must be there.",
            Self::Place => "Where the customer is.",
            Self::Industry => "What the customer does, in your words, the same for all who do the same.",
            Self::Employees => "How many people work there, as a number.",
            Self::ExternalId => "The customer's number in your other system. With it a customer is found again after a change of name.",
            Self::OwnerEmail => "The email address of the rep who looks after the customer. New customers need one.",
            Self::Tier => "key, regular or occasional: which of your rules says how often to meet the customer. Usually regular.",
            Self::WindowDays => "Days without contact after which the customer counts as neglected, where your rule does not fit.",
            Self::ContactName => "A person at the customer. For several people repeat the customer on a line each.",
            Self::ContactRole => "What the person does there.",
            Self::ContactEmail => "The person's email address.",
            Self::ContactPhone => "The person's telephone number.",
        }
    }
}

/// A file to begin with: the heading and a customer with two people, looked after by `owner_email`.
pub fn example_file(owner_email: &str) -> String {
    let heading: Vec<&str> = Column::ALL.into_iter().map(Column::name).collect();
    let customer = "Bakker Installaties,Utrecht,Installation,40,K-1001,".to_owned() + owner_email + ",key,30,";
    // Spreadsheets take a file for UTF-8 only where it begins with this mark.
    let mut file = "\u{feff}".to_owned() + &heading.join(",") + "\r\n";
    for contact in ["Cora de Wit,Buyer,cora@bakker.example,+31 30 123 45 67", "Dirk Bakker,Owner,,"] {
        file += &customer;
        file += contact;
        file += "\r\n";
    }
    file
}

/// What happens to something on a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Effect {
    /// It is as the line says already.
    Same,
    /// It is new.
    Create,
    /// It is there and changes.
    Update,
}

/// What a line does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportLine {
    /// Which; the heading is line 1.
    pub line: u64,
    /// The customer's name.
    pub customer: String,
    /// What happens to the customer.
    pub customer_effect: Effect,
    /// The contact's name, where the line names one.
    pub contact: Option<String>,
    /// What happens to the contact.
    pub contact_effect: Effect,
}

/// What is to be mended in a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportProblem {
    /// On which line; the heading is line 1.
    pub line: u64,
    /// In which column, where it is in one.
    pub column: Option<Column>,
    /// What to do.
    pub message: String,
}

/// How much happens, each thing counted once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportCounts {
    /// New customers.
    pub customers_created: usize,
    /// Changed customers.
    pub customers_updated: usize,
    /// New contacts.
    pub contacts_created: usize,
    /// Changed contacts.
    pub contacts_updated: usize,
}

impl ImportCounts {
    /// Whether nothing happens.
    pub fn is_nothing(self) -> bool {
        self == Self::default()
    }
}

/// What an import would do, or did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportReport {
    /// Whether it was done.
    pub done: bool,
    /// How much happens.
    pub counts: ImportCounts,
    /// What each line does.
    pub lines: Vec<ImportLine>,
    /// Columns of the file that are not read.
    pub unread: Vec<String>,
    /// What is to be mended first; while there is anything, nothing is done.
    pub problems: Vec<ImportProblem>,
}
