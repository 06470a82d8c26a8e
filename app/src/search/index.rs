use super::{Piece, snippet};
use crate::{
    customer::{Contact, Customer, Insight},
    id::{ContactId, CustomerId, InsightId, MeetingId, MemberId, PromiseId, ReflectionId, TouchId},
    meeting::{Meeting, MeetingFormat, Notes, Touch, TouchKind},
    promise::Promise,
    reflection::Reflection,
    sync::{Replica, replica::Rows},
    text::{Search, alphabetical, readied},
};
use std::{cmp::Reverse, collections::BTreeMap, ops::Bound, sync::Arc};

/// Everything that can be found, kept ready.
#[derive(Debug, Default)]
pub struct Index {
    customers: Kept<CustomerId, Customer>,
    contacts: Kept<ContactId, Contact>,
    meetings: Kept<MeetingId, Meeting>,
    touches: Kept<TouchId, Touch>,
    insights: Kept<InsightId, Insight>,
    promises: Kept<PromiseId, Promise>,
    reflections: Kept<ReflectionId, Reflection>,
}

/// Rows of one kind with their words.
#[derive(Debug)]
struct Kept<Id, T> {
    rows: BTreeMap<Id, (Arc<T>, String)>,
    /// What it is being brought up to.
    towards: Rows<Id, T>,
    /// Up to which row of that it got.
    got_to: Option<Id>,
}

impl<Id, T> Default for Kept<Id, T> {
    fn default() -> Self {
        Self { rows: BTreeMap::new(), towards: Rows::default(), got_to: None }
    }
}

impl<Id: Copy + Ord, T> Kept<Id, T> {
    /// Drops what is gone or another now and takes in what is new, looking at no more than `left` rows; whether all are in.
    fn catch_up(&mut self, rows: &Rows<Id, T>, left: &mut usize, text: impl Fn(&T) -> String) -> bool {
        if !self.towards.is_shared_with(rows) {
            self.rows.retain(|id, _| rows.contains_key(id));
            self.towards = rows.clone();
            self.got_to = None;
        }
        let after = self.got_to.map_or(Bound::Unbounded, Bound::Excluded);
        for (id, row) in rows.range((after, Bound::Unbounded)) {
            if *left == 0 {
                return false;
            }
            *left -= 1;
            self.got_to = Some(*id);
            if !self.rows.get(id).is_some_and(|(kept, _)| Arc::ptr_eq(row, kept)) {
                self.rows.insert(*id, (row.clone(), readied(&text(row))));
            }
        }
        true
    }
}

/// Where something that was found leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// A customer.
    Customer(CustomerId),
    /// A person.
    Contact(ContactId),
    /// What was said in a meeting.
    Meeting(MeetingId, MeetingFormat),
    /// What a call, message or drop-in was about.
    Touch(CustomerId, TouchKind),
    /// Something worth knowing.
    Insight(ContactId),
    /// A promise.
    Promise(PromiseId),
    /// An own reflection.
    Reflection(ReflectionId),
}

/// Something that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Where it leads.
    pub place: Place,
    /// What it is called: the customer, the person.
    pub title: String,
    /// What stands beside: a place, a role.
    pub detail: String,
    /// When it was, in milliseconds since 1970; 0 where it is of no time.
    pub at: i64,
    /// The words found, among those around them; empty where the title says it.
    pub snippet: Vec<Piece>,
}

/// One group of what was found: the first of them, and how many there are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Group {
    /// The first ones.
    pub hits: Vec<Hit>,
    /// How many were found in all.
    pub of: usize,
}

/// Everything that was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// By name or place, in alphabetical order.
    pub customers: Group,
    /// By name or role, in alphabetical order.
    pub people: Group,
    /// By their words, the latest first.
    pub notes: Group,
}

impl Found {
    /// Whether nothing was.
    pub fn is_empty(&self) -> bool {
        [&self.customers, &self.people, &self.notes].iter().all(|group| group.of == 0)
    }
}

/// Hits of one group that are shown.
pub const SHOWN: usize = 20;

impl Index {
    /// Looks at no more than `rows` rows of `replica` for what is new, so that nobody waits for all of it; whether it holds everything now.
    pub fn catch_up(&mut self, replica: &Replica, mut rows: usize) -> bool {
        let left = &mut rows;
        self.customers.catch_up(&replica.customers, left, |it| [&it.name, " ", &it.place].concat())
            && self.contacts.catch_up(&replica.contacts, left, |it| [&it.name, " ", &it.role].concat())
            && self.insights.catch_up(&replica.insights, left, |it| it.text.clone())
            && self.touches.catch_up(&replica.touches, left, |it| it.note.clone())
            && self.promises.catch_up(&replica.promises, left, |it| [&it.what, " ", &it.evidence].concat())
            && self.reflections.catch_up(&replica.reflections, left, reflected)
            && self.meetings.catch_up(&replica.meetings, left, |it| noted(&it.notes))
    }

    /// What `member` means by `words`; nothing of no words. Each begins a word of what is found. Notes are found also by their customer's
    /// name, as long as one word is their own.
    pub fn find(&self, words: &str, member: MemberId) -> Found {
        let search = Search::of(words);
        if search.is_empty() {
            return Found::default();
        }
        let all = |ready: &str| search.finds_in(ready);
        let is_meant =
            |ready: &str, of: CustomerId| search.finds_beside(ready, || self.customers.rows.get(&of).map_or("", |(_, ready)| ready));
        Found { customers: self.customers(&all), people: self.people(&all), notes: self.notes(&search, &all, &is_meant, member) }
    }

    fn customers(&self, all: &impl Fn(&str) -> bool) -> Group {
        let hit = |it: &&Arc<Customer>| Hit {
            place: Place::Customer(it.id),
            title: it.name.clone(),
            detail: it.place.clone(),
            at: 0,
            snippet: Vec::new(),
        };
        let found = self.customers.rows.values().filter(|(it, ready)| !it.archived && all(ready)).map(|(it, _)| it);
        first(found, |it| alphabetical(&it.name), hit)
    }

    fn people(&self, all: &impl Fn(&str) -> bool) -> Group {
        let hit = |it: &&Arc<Contact>| {
            let parts = [it.role.clone(), self.name(it.customer)];
            let detail = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
            Hit { place: Place::Contact(it.id), title: it.name.clone(), detail, at: 0, snippet: Vec::new() }
        };
        let found = self.contacts.rows.values().filter(|(it, ready)| !it.archived && all(ready)).map(|(it, _)| it);
        first(found, |it| alphabetical(&it.name), hit)
    }

    fn notes(&self, search: &Search, all: &impl Fn(&str) -> bool, is_meant: &impl Fn(&str, CustomerId) -> bool, member: MemberId) -> Group {
        let meetings = self.meetings.rows.values().filter(|(it, ready)| !ready.is_empty() && is_meant(ready, it.customer));
        let touches = self.touches.rows.values().filter(|(it, ready)| is_meant(ready, it.customer));
        let insights = self.insights.rows.values().filter(|(it, ready)| is_meant(ready, it.customer));
        let promises = self.promises.rows.values().filter(|(it, ready)| is_meant(ready, it.customer));
        // A colleague's that was shared is read where it is coached, not here.
        let reflections = self.reflections.rows.values().filter(|(it, ready)| it.author == member && all(ready));
        let notes = meetings
            .map(|(it, _)| Note::Meeting(it))
            .chain(touches.map(|(it, _)| Note::Touch(it)))
            .chain(insights.map(|(it, _)| Note::Insight(it)))
            .chain(promises.map(|(it, _)| Note::Promise(it)))
            .chain(reflections.map(|(it, _)| Note::Reflection(it)));
        first(notes, |note| Reverse(note.at()), |note| self.note(note, search))
    }

    fn note(&self, note: &Note<'_>, search: &Search) -> Hit {
        let (place, title, text) = match note {
            Note::Meeting(it) => (Place::Meeting(it.id, it.format), self.name(it.customer), noted(&it.notes)),
            Note::Touch(it) => (Place::Touch(it.customer, it.kind), self.name(it.customer), it.note.clone()),
            Note::Insight(it) => (Place::Insight(it.contact), self.person(it), it.text.clone()),
            Note::Promise(it) => (Place::Promise(it.id), self.name(it.customer), [&it.what, "\n", &it.evidence].concat()),
            Note::Reflection(it) => (Place::Reflection(it.id), "My reflection".to_owned(), reflected(it)),
        };
        Hit { place, title, detail: String::new(), at: note.at(), snippet: snippet(text.trim(), search) }
    }

    fn name(&self, customer: CustomerId) -> String {
        self.customers.rows.get(&customer).map(|(it, _)| it.name.clone()).unwrap_or_default()
    }

    fn person(&self, insight: &Insight) -> String {
        let name = self.contacts.rows.get(&insight.contact).map(|(it, _)| it.name.clone());
        name.into_iter().chain([self.name(insight.customer)]).filter(|it| !it.is_empty()).collect::<Vec<_>>().join(", ")
    }
}

/// Something written down.
enum Note<'i> {
    Meeting(&'i Arc<Meeting>),
    Touch(&'i Arc<Touch>),
    Insight(&'i Arc<Insight>),
    Promise(&'i Arc<Promise>),
    Reflection(&'i Arc<Reflection>),
}

impl Note<'_> {
    fn at(&self) -> i64 {
        match self {
            Self::Meeting(it) => it.starts_at.0,
            Self::Touch(it) => it.at.0,
            Self::Insight(it) => it.written_at.0,
            Self::Promise(it) => it.due.and_hms_opt(12, 0, 0).map_or(0, |noon| noon.and_utc().timestamp_millis()),
            Self::Reflection(it) => it.written_at.0,
        }
    }
}

/// The first [`SHOWN`] of `found`, by `order`.
fn first<T, K: Ord>(found: impl Iterator<Item = T>, order: impl Fn(&T) -> K, hit: impl Fn(&T) -> Hit) -> Group {
    let mut found: Vec<T> = found.collect();
    found.sort_by_cached_key(order);
    Group { hits: found.iter().take(SHOWN).map(hit).collect(), of: found.len() }
}

fn noted(notes: &Notes) -> String {
    let Notes { matters, success, roadblocks, moving_targets, innovations, next_step } = notes;
    let parts = [matters, success, roadblocks, moving_targets, innovations, next_step];
    parts.into_iter().filter(|part| !part.is_empty()).map(String::as_str).collect::<Vec<_>>().join("\n")
}

fn reflected(reflection: &Reflection) -> String {
    let parts = [&reflection.what_happened, &reflection.so_what, &reflection.now_what];
    parts.into_iter().filter(|part| !part.is_empty()).map(String::as_str).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests;
