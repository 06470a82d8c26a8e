use super::{Tier, United};
use crate::{
    account::{Actor, Member},
    id::{ContactId, CustomerId, InsightId, MeetingId, MemberId},
    sync::{
        Refusal,
        merge::{History, Incoming, edit_fields},
    },
    text::{self, Search},
    time::Timestamp,
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::{collections::BTreeSet, sync::Arc};

/// An account that is visited.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Customer {
    /// Its id.
    pub id: CustomerId,
    /// As people call it.
    pub name: String,
    /// Where it is, as people say it.
    #[serde(default)]
    pub place: String,
    /// What it does, as people say it: 'Retail'. Since wire 5.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub industry: String,
    /// How many people work there. Since wire 5.
    #[serde(default, skip_serializing_if = "CustomerSize::is_unknown")]
    pub size: CustomerSize,
    /// The rep who looks after it.
    pub owner: MemberId,
    /// Reps who look after it too.
    #[serde(default)]
    pub co_owners: BTreeSet<MemberId>,
    /// Since when the owner looks after it; the window without contact starts no earlier.
    pub owned_since: NaiveDate,
    /// How often it wants to be met, among the three that the organisation has rules for. Since wire 5.
    #[serde(default, skip_serializing_if = "Tier::is_usual")]
    pub tier: Tier,
    /// Days without contact after which it counts as neglected, where the rule of its tier does not fit.
    #[serde(default)]
    pub window_days: Option<u16>,
    /// Days without contact after which it is due, where the rule does not fit. Since wire 5.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ideal_days: Option<u16>,
    /// Archived instead of deleted.
    #[serde(default)]
    pub archived: bool,
    /// With which other it is the same, where that one stands for both. Since wire 6; older phones go on to show two.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub united: Option<Box<United>>,
    /// How often it was changed.
    #[serde(default)]
    pub version: u32,
    /// Who edited it, and what gave way.
    #[serde(default, skip_serializing_if = "History::is_empty")]
    pub history: History<CustomerEdit>,
}

/// How many people work at a customer, in the classes of the European Commission's Recommendation 2003/361/EC.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CustomerSize {
    /// Nobody said.
    #[default]
    Unknown,
    /// Fewer than 10.
    Micro,
    /// Fewer than 50.
    Small,
    /// Fewer than 250.
    Medium,
    /// 250 or more.
    Large,
}

impl CustomerSize {
    /// Those that can be said, the smallest first.
    pub const KNOWN: [Self; 4] = [Self::Micro, Self::Small, Self::Medium, Self::Large];

    /// Of so many people.
    pub fn of(people: u32) -> Self {
        match people {
            0 => Self::Unknown,
            1..10 => Self::Micro,
            10..50 => Self::Small,
            50..250 => Self::Medium,
            250.. => Self::Large,
        }
    }

    /// Whether nobody said.
    pub fn is_unknown(&self) -> bool {
        *self == Self::Unknown
    }

    /// As people and files name it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Unknown => "not known",
            Self::Micro => "1 to 9 people",
            Self::Small => "10 to 49 people",
            Self::Medium => "50 to 249 people",
            Self::Large => "250 people or more",
        }
    }
}

/// The widest window without contact that can be set, days.
pub const WINDOW_DAYS_MAX: u16 = 730;

/// A change of a customer: only the fields that the person changed.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct CustomerEdit {
    /// The new name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The new place.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// The new industry. Since wire 5.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub industry: Option<String>,
    /// The new size. Since wire 5.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub size: Option<CustomerSize>,
    /// The new tier.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tier: Option<Tier>,
    /// The new window; 0 returns to the organisation's rule.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub window_days: Option<u16>,
    /// The new days after which it is due; 0 returns to the rule.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ideal_days: Option<u16>,
    /// Whether it is archived.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub archived: Option<bool>,
}

edit_fields! {
    /// What people change of a customer.
    CustomerField of CustomerEdit {
        /// The name.
        Name: name;
        /// The place.
        Place: place;
        /// What it does.
        Industry: industry;
        /// How many people work there.
        Size: size;
        /// The tier.
        Tier: tier;
        /// The window without contact.
        Window: window_days;
        /// The days after which it is due.
        Ideal: ideal_days;
        /// Whether it is archived.
        Archived: archived;
    }
}

impl Customer {
    /// One that has just been made, of which nothing else is known.
    pub fn new(id: CustomerId, name: String, owner: MemberId, owned_since: NaiveDate) -> Self {
        Self {
            id,
            name,
            place: String::new(),
            industry: String::new(),
            size: CustomerSize::default(),
            owner,
            co_owners: BTreeSet::new(),
            owned_since,
            tier: Tier::default(),
            window_days: None,
            ideal_days: None,
            archived: false,
            united: None,
            version: 0,
            history: Default::default(),
        }
    }

    /// Whether it can be kept.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] naming the field.
    pub fn check(&self) -> Result<(), Refusal> {
        text::check_required("name", &self.name, text::NAME_MAX)?;
        text::check("place", &self.place, text::NAME_MAX)?;
        text::check("industry", &self.industry, text::NAME_MAX)?;
        for (field, days) in [("window_days", self.window_days), ("ideal_days", self.ideal_days)] {
            if days.is_some_and(|days| days == 0 || days > WINDOW_DAYS_MAX) {
                return Err(Refusal::invalid(field, &format!("1 to {WINDOW_DAYS_MAX} days")));
            }
        }
        if self.co_owners.len() > 50 {
            return Err(Refusal::invalid("co_owners", "at most 50"));
        }
        Ok(())
    }

    /// Whether `member` looks after it.
    pub fn is_owned_by(&self, member: MemberId) -> bool {
        self.owner == member || self.co_owners.contains(&member)
    }

    /// Whether `actor` may see it and log for it: its owners, their managers, administrators.
    pub fn is_visible_to(&self, actor: &Actor, owner: Option<&Member>) -> bool {
        self.is_owned_by(actor.member.id) || actor.is_administrator() || owner.is_some_and(|o| actor.manages(o))
    }

    /// Everything that people change of it, as the edit that would make it so.
    pub fn fields(&self) -> CustomerEdit {
        CustomerEdit {
            name: Some(self.name.clone()),
            place: Some(self.place.clone()),
            industry: Some(self.industry.clone()),
            size: Some(self.size),
            tier: Some(self.tier),
            window_days: Some(self.window_days.unwrap_or(0)),
            ideal_days: Some(self.ideal_days.unwrap_or(0)),
            archived: Some(self.archived),
        }
    }

    /// The customer with an edit taken in that was perhaps made on an earlier version.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] naming the field.
    pub fn merged(&self, incoming: &Incoming<'_, CustomerEdit>) -> Result<Self, Refusal> {
        let mut history = self.history.clone();
        let edit = history.take_in(&self.fields(), self.version + 1, incoming);
        Ok(Self { history, ..self.edited(&edit)? })
    }

    /// The customer with `edit` made.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] naming the field.
    pub fn edited(&self, edit: &CustomerEdit) -> Result<Self, Refusal> {
        let mut customer = self.clone();
        if let Some(name) = &edit.name {
            customer.name.clone_from(name);
        }
        if let Some(place) = &edit.place {
            customer.place.clone_from(place);
        }
        if let Some(industry) = &edit.industry {
            customer.industry.clone_from(industry);
        }
        if let Some(size) = edit.size {
            customer.size = size;
        }
        if let Some(tier) = edit.tier {
            customer.tier = tier;
        }
        if let Some(days) = edit.window_days {
            customer.window_days = (days > 0).then_some(days);
        }
        if let Some(days) = edit.ideal_days {
            customer.ideal_days = (days > 0).then_some(days);
        }
        if let Some(archived) = edit.archived {
            customer.archived = archived;
        }
        customer.version += 1;
        customer.check()?;
        Ok(customer)
    }
}

/// A person at a customer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Contact {
    /// Its id.
    pub id: ContactId,
    /// Where the person works.
    pub customer: CustomerId,
    /// As the person is called.
    pub name: String,
    /// What the person does there.
    #[serde(default)]
    pub role: String,
    /// Where a rating link may be sent.
    #[serde(default)]
    pub email: String,
    /// How to reach the person.
    #[serde(default)]
    pub phone: String,
    /// Archived instead of deleted.
    #[serde(default)]
    pub archived: bool,
    /// How often it was changed.
    #[serde(default)]
    pub version: u32,
    /// Who edited it, and what gave way.
    #[serde(default, skip_serializing_if = "History::is_empty")]
    pub history: History<ContactEdit>,
}

/// A change of a contact: only the fields that the person changed.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ContactEdit {
    /// The new name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The new role.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    /// The new email address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// The new telephone number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// Whether the person is archived.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub archived: Option<bool>,
}

edit_fields! {
    /// What people change of a contact.
    ContactField of ContactEdit {
        /// The name.
        Name: name;
        /// The role.
        Role: role;
        /// The email address.
        Email: email;
        /// The telephone number.
        Phone: phone;
        /// Whether the person is archived.
        Archived: archived;
    }
}

impl Contact {
    /// One that has just been made, of whom nothing else is known.
    pub fn new(id: ContactId, customer: CustomerId, name: String) -> Self {
        Self {
            id,
            customer,
            name,
            role: String::new(),
            email: String::new(),
            phone: String::new(),
            archived: false,
            version: 0,
            history: Default::default(),
        }
    }

    /// Whether it can be kept.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] naming the field.
    pub fn check(&self) -> Result<(), Refusal> {
        text::check_required("name", &self.name, text::NAME_MAX)?;
        text::check("role", &self.role, text::NAME_MAX)?;
        text::check("email", &self.email, text::NAME_MAX)?;
        text::check("phone", &self.phone, text::NAME_MAX)
    }

    /// Everything that people change of it, as the edit that would make it so.
    pub fn fields(&self) -> ContactEdit {
        ContactEdit {
            name: Some(self.name.clone()),
            role: Some(self.role.clone()),
            email: Some(self.email.clone()),
            phone: Some(self.phone.clone()),
            archived: Some(self.archived),
        }
    }

    /// The contact with an edit taken in that was perhaps made on an earlier version.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] naming the field.
    pub fn merged(&self, incoming: &Incoming<'_, ContactEdit>) -> Result<Self, Refusal> {
        let mut history = self.history.clone();
        let edit = history.take_in(&self.fields(), self.version + 1, incoming);
        Ok(Self { history, ..self.edited(&edit)? })
    }

    /// The contact with `edit` made.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] naming the field.
    pub fn edited(&self, edit: &ContactEdit) -> Result<Self, Refusal> {
        let mut contact = self.clone();
        for (field, new) in [
            (&mut contact.name, &edit.name),
            (&mut contact.role, &edit.role),
            (&mut contact.email, &edit.email),
            (&mut contact.phone, &edit.phone),
        ] {
            if let Some(new) = new {
                field.clone_from(new);
            }
        }
        if let Some(archived) = edit.archived {
            contact.archived = archived;
        }
        contact.version += 1;
        contact.check()?;
        Ok(contact)
    }
}

/// Worth knowing: what makes a person special, written as if that person will read it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Insight {
    /// Its id.
    pub id: InsightId,
    /// About whom.
    pub contact: ContactId,
    /// Where that person works.
    pub customer: CustomerId,
    /// The meeting at which it was learned.
    pub meeting: Option<MeetingId>,
    /// Who wrote it.
    pub author: MemberId,
    /// When.
    pub written_at: Timestamp,
    /// What.
    pub text: String,
}

impl Insight {
    /// Whether it says something.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] naming the field.
    pub fn check(&self) -> Result<(), Refusal> {
        self.written_at.check("written_at")?;
        text::check_required("text", &self.text, text::LINE_MAX)
    }

    /// Whether `member` may take it back: who wrote it, however long ago. A customer has no say in it, unlike in a meeting.
    pub fn is_deletable_by(&self, member: MemberId) -> bool {
        self.author == member
    }
}

/// The most that are shown as what a name may mean already.
const LIKELY_MAX: usize = 5;

/// Customers that `name` may mean already: equal but for case, punctuation and a company's legal form, or one inside the other.
pub fn likely_duplicates<'a>(name: &str, customers: impl IntoIterator<Item = &'a Customer>) -> Vec<&'a Customer> {
    let wanted = bare_name(name);
    if wanted.chars().count() < 3 {
        return Vec::new();
    }
    customers
        .into_iter()
        .filter(|customer| !customer.archived)
        .filter(|customer| {
            let have = bare_name(&customer.name);
            have.starts_with(&wanted) || (have.chars().count() >= 3 && wanted.starts_with(&have))
        })
        .take(LIKELY_MAX)
        .collect()
}

/// People among `contacts` whom `name` may mean already, whatever case and marks: every word of it begins a word of theirs, or all of
/// theirs are words of it, in any order.
pub fn likely_people<'a>(name: &str, contacts: impl IntoIterator<Item = &'a Arc<Contact>>) -> Vec<Arc<Contact>> {
    let (wanted, search) = (text::readied(name), Search::of(name));
    if wanted.trim_start().chars().count() < 3 {
        return Vec::new();
    }
    let typed: Vec<&str> = wanted.split_whitespace().collect();
    let is_likely = |contact: &Contact| {
        let have = text::readied(&contact.name);
        let mut words = have.split_whitespace().peekable();
        search.finds_in(&have) || (words.peek().is_some() && words.all(|word| typed.contains(&word)))
    };
    contacts.into_iter().filter(|contact| !contact.archived && is_likely(contact)).take(LIKELY_MAX).cloned().collect()
}

/// A company's name without punctuation and legal form.
pub fn bare_name(name: &str) -> String {
    const LEGAL_FORMS: [&str; 16] =
        ["ab", "ag", "as", "bv", "co", "corp", "gmbh", "inc", "kg", "limited", "llc", "ltd", "nv", "oy", "plc", "sa"];
    let folded = text::fold(&name.replace('.', ""));
    let words: Vec<&str> = folded.split(' ').filter(|word| !LEGAL_FORMS.contains(word)).collect();
    if words.is_empty() { folded } else { words.join(" ") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sync::sample::a_contact;
    use uuid::Uuid;

    fn date(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    fn customer(name: &str) -> Customer {
        Customer {
            id: CustomerId(Uuid::nil()),
            name: name.into(),
            place: String::new(),
            industry: String::new(),
            size: CustomerSize::Unknown,
            owner: MemberId(Uuid::nil()),
            co_owners: BTreeSet::new(),
            owned_since: date("2026-01-01"),
            tier: Default::default(),
            window_days: None,
            ideal_days: None,
            archived: false,
            united: None,
            version: 0,
            history: Default::default(),
        }
    }

    #[test]
    fn likely_duplicates_look_past_case_punctuation_and_legal_form() {
        let customers = [customer("Van Dam B.V."), customer("Damrak Foods"), customer("Acme Ltd")];
        let found = |name: &str| likely_duplicates(name, &customers).iter().map(|c| c.name.clone()).collect::<Vec<_>>();
        assert_eq!(found("van dam"), ["Van Dam B.V."]);
        assert_eq!(found("ACME"), ["Acme Ltd"]);
        assert_eq!(found("Acme Holding"), ["Acme Ltd"]);
        assert_eq!(found("Da"), Vec::<String>::new(), "two letters say too little");
        assert_eq!(found("Zenith"), Vec::<String>::new());
    }

    #[test]
    fn likely_people_are_found_by_any_of_their_names() {
        let person = |id, name: &str| Arc::new(Contact { name: name.into(), ..a_contact(id, 1) });
        let gone = Arc::new(Contact { archived: true, ..Contact::clone(&person(9, "Anna de Wit")) });
        let people = [person(1, "Anna de Wit"), person(2, "Jos"), person(3, "Renée Smit"), gone];
        let found = |name: &str| likely_people(name, &people).iter().map(|it| it.name.clone()).collect::<Vec<_>>().join(", ");
        for (name, likely) in [
            ("Anna de Wit", "Anna de Wit"),
            ("anna", "Anna de Wit"),
            ("De Wit, A.", "Anna de Wit"),
            ("Anna Maria de Wit", "Anna de Wit"),
            ("Jos Bakker", "Jos"),
            ("Joske", ""),
            ("RENEE", "Renée Smit"),
            ("Anna Smit", ""),
            ("An", ""),
            (" - ", ""),
        ] {
            assert_eq!(found(name), likely, "{name}");
        }
    }

    #[test]
    fn an_insight_is_taken_back_by_who_wrote_it() {
        let insight = Insight {
            id: InsightId(Uuid::nil()),
            contact: ContactId(Uuid::nil()),
            customer: CustomerId(Uuid::nil()),
            meeting: None,
            author: MemberId(Uuid::from_u128(1)),
            written_at: Timestamp(0),
            text: "Restores old boats".into(),
        };
        for (member, may) in [(1, true), (2, false)] {
            assert_eq!(insight.is_deletable_by(MemberId(Uuid::from_u128(member))), may);
        }
    }

    #[test]
    fn an_edit_changes_only_what_it_names() {
        let before = customer("Acme");
        let after = before.edited(&CustomerEdit { place: Some("Utrecht".into()), ..Default::default() }).expect("valid");
        assert_eq!((after.name.as_str(), after.place.as_str(), after.version), ("Acme", "Utrecht", 1));
        assert!(before.edited(&CustomerEdit { name: Some("  ".into()), ..Default::default() }).is_err());
    }
}
