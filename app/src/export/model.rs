use crate::{
    account::SessionLine,
    id::{CustomerId, MemberId},
    score::Audience,
    sync::{Replica, outbox::Outbox, protocol::Row},
    time::Timestamp,
};
use serde_json::{Map, Value};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

/// What is said at the head of the file.
const ABOUT: &str = "Everything about you and by you that this phone held when you took it. Ids are told by name under \"names\". Instants are as at \
                     your place, days are YYYY-MM-DD.";
/// What is said of what is not in the file.
const LEFT_OUT: &str = "Ratings whose customer hides the name, answers that are sealed until they arrive, sums over teams, what photos \
                        show, and what others wrote and did not share with you.";

/// Whose export it is, and of when.
#[derive(Clone, Copy, Debug)]
pub struct Export<'a> {
    /// What the phone holds.
    pub replica: &'a Replica,
    /// What was saved on it.
    pub outbox: &'a Outbox,
    /// Where the member is signed in, where the server could be asked.
    pub sessions: Option<&'a [SessionLine]>,
    /// Whose it is.
    pub me: MemberId,
    /// When it is made.
    pub now: Timestamp,
    /// Minutes east of UTC where the member is.
    pub offset_minutes: i16,
}

impl Export<'_> {
    /// The file: JSON, a list of rows under each name, each row with the fields that the app knows, instants as RFC 3339.
    pub fn json(&self) -> String {
        let mut parts = Map::new();
        for (name, rows) in self.parts() {
            parts.insert(name.to_owned(), Value::Array(rows.iter().map(|row| self.value(&row.body())).collect()));
        }
        parts.insert("not_sent_yet".to_owned(), self.value(&self.outbox.export()));
        if let Some(sessions) = self.sessions {
            parts.insert("signed_in_on".to_owned(), Value::Array(sessions.iter().map(|line| self.session(line)).collect()));
        }
        let mut ids = BTreeSet::new();
        parts.values().for_each(|value| note_ids(value, &mut ids));
        parts.insert("names".to_owned(), text_map(self.names().into_iter().filter(|(id, _)| ids.contains(id))));
        let about = [("about", ABOUT.to_owned()), ("left_out", LEFT_OUT.to_owned()), ("made_at", self.instant(self.now))];
        parts.insert("export".to_owned(), text_map(about.map(|(name, text)| (name.to_owned(), text))));
        serde_json::to_string_pretty(&Value::Object(parts)).expect("values have a JSON form")
    }

    /// What is the member's, part by part.
    fn parts(&self) -> [(&'static str, Vec<Row>); 21] {
        let &Self { replica: it, me, .. } = self;
        let own: BTreeSet<CustomerId> =
            it.customers.values().filter(|customer| customer.owner == me || customer.co_owners.contains(&me)).map(|it| it.id).collect();
        [
            ("profile", rows(&it.members, Row::Member, |member| member.id == me)),
            ("organisation", it.organisation.iter().map(|organisation| Row::Organisation((**organisation).clone())).collect()),
            ("working_times", rows(&it.availabilities, Row::Availability, |it| it.member == me)),
            ("customers", rows(&it.customers, Row::Customer, |customer| own.contains(&customer.id))),
            ("contacts", rows(&it.contacts, Row::Contact, |contact| own.contains(&contact.customer))),
            ("worth_knowing", rows(&it.insights, Row::Insight, |insight| insight.author == me)),
            ("meetings", rows(&it.meetings, Row::Meeting, |meeting| meeting.rep == me || meeting.colleagues.contains(&me))),
            ("touches", rows(&it.touches, Row::Touch, |touch| touch.rep == me)),
            ("promises", rows(&it.promises, Row::Promise, |promise| promise.may_settle(me))),
            ("photos", rows(&it.photos, Row::Photo, |photo| photo.author == me)),
            ("questions_to_colleagues", rows(&it.inside_asks, Row::InsideAsk, |ask| ask.from == me || ask.to == me)),
            ("to_make_right", rows(&it.recovery_cases, Row::RecoveryCase, |case| case.rep == me)),
            ("reflections", rows(&it.reflections, Row::Reflection, |reflection| reflection.author == me)),
            ("next_time_i_will", rows(&it.actions, Row::Action, |action| action.author == me)),
            ("requests_to_rate", rows(&it.invitations, Row::Invitation, |invitation| invitation.rep == me)),
            ("ratings", rows(&it.ratings, Row::Rating, |rating| rating.rep == me && !rating.answers.hide_name)),
            ("scores", rows(&it.scores, Row::Score, |score| score.member == me && score.audience == Audience::Rep)),
            ("who_looked", rows(&it.viewings, Row::Viewing, |viewing| viewing.subject == me || viewing.viewer == me)),
            ("put_off", rows(&it.snoozes, Row::Snooze, |snooze| snooze.member == me)),
            ("coming_in_my_calendar", rows(&it.coming_events, Row::ComingEvents, |events| events.member == me)),
            ("what_could_not_be_saved", rows(&it.settlements, Row::Settlement, |settlement| settlement.member == me)),
        ]
    }

    /// A row's JSON with its instants as people read them.
    fn value(&self, body: &str) -> Value {
        let mut value = serde_json::from_str(body).expect("it was just written");
        self.tell_instants(&mut value);
        value
    }

    fn tell_instants(&self, value: &mut Value) {
        match value {
            Value::Object(fields) => fields.iter_mut().for_each(|(name, value)| match value.as_i64() {
                Some(at) if name == "at" || name.ends_with("_at") => *value = Value::String(self.instant(Timestamp(at))),
                _ => self.tell_instants(value),
            }),
            Value::Array(items) => items.iter_mut().for_each(|item| self.tell_instants(item)),
            _ => {}
        }
    }

    fn session(&self, line: &SessionLine) -> Value {
        let fields = [("browser", line.agent.clone()), ("since", self.instant(line.created_at)), ("last_used", self.instant(line.seen_at))];
        text_map(fields.map(|(name, text)| (name.to_owned(), text)))
    }

    fn instant(&self, at: Timestamp) -> String {
        at.at_offset(self.offset_minutes).to_rfc3339()
    }

    /// Everything that has a name.
    fn names(&self) -> BTreeMap<String, String> {
        let Replica { members, customers, contacts, teams, .. } = self.replica;
        let members = members.values().map(|it| (it.id.to_string(), it.name.clone()));
        let customers = customers.values().map(|it| (it.id.to_string(), it.name.clone()));
        let contacts = contacts.values().map(|it| (it.id.to_string(), it.name.clone()));
        let teams = teams.values().map(|it| (it.id.to_string(), it.name.clone()));
        members.chain(customers).chain(contacts).chain(teams).collect()
    }
}

fn rows<Id, T: Clone>(all: &BTreeMap<Id, Arc<T>>, row: fn(T) -> Row, is_own: impl Fn(&T) -> bool) -> Vec<Row> {
    all.values().filter(|it| is_own(it)).map(|it| row(T::clone(it))).collect()
}

fn text_map(fields: impl IntoIterator<Item = (String, String)>) -> Value {
    Value::Object(fields.into_iter().map(|(name, text)| (name, Value::String(text))).collect())
}

/// Notes every text that may be an id.
fn note_ids(value: &Value, ids: &mut BTreeSet<String>) {
    match value {
        Value::String(text) if uuid::Uuid::parse_str(text).is_ok() => drop(ids.insert(text.clone())),
        Value::Array(items) => items.iter().for_each(|item| note_ids(item, ids)),
        Value::Object(fields) => fields.values().for_each(|value| note_ids(value, ids)),
        _ => {}
    }
}

#[cfg(test)]
mod tests;
