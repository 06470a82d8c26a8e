//! A meeting as typed: kept as a draft until it is saved, then read into the model in one go.

mod edit;

use super::{Channel, Meeting, MeetingFormat, MeetingStatus, Notes};
use crate::{
    customer::{Contact, Customer, Insight},
    form::Problems,
    id::{ContactId, CustomerId, InsightId, MeetingId, MemberId},
    promise::PromiseDraft,
    sync::protocol::Mutation,
    time::Timestamp,
};
use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use serde::{Deserialize, Serialize};

/// Worth knowing about a contact, as typed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InsightDraft {
    /// The id that it gets.
    pub id: InsightId,
    /// About whom.
    pub contact: Option<ContactId>,
    /// What.
    pub text: String,
}

/// Everything that a meeting's form holds, as typed.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct MeetingDraft {
    /// The meeting as it was when it began to be changed. Others may change it before this is saved, and what they wrote is not to be taken back.
    pub began: Option<Box<Meeting>>,
    /// Who was visited.
    pub customer: Option<CustomerId>,
    /// The customer, where it is made together with the meeting.
    pub new_customer: Option<Customer>,
    /// Contacts made together with the meeting.
    pub new_contacts: Vec<Contact>,
    /// What for.
    pub format: Option<MeetingFormat>,
    /// `YYYY-MM-DD`.
    pub date: String,
    /// `HH:MM`.
    pub time: String,
    /// Minutes.
    pub length: String,
    /// How people met.
    pub channel: Channel,
    /// Who of the customer was there.
    pub contacts: Vec<ContactId>,
    /// Who of ours was there too.
    pub colleagues: Vec<MemberId>,
    /// What was said.
    pub notes: Notes,
    /// What was promised.
    pub promises: Vec<PromiseDraft>,
    /// What is worth knowing.
    pub insights: Vec<InsightDraft>,
}

/// Who saves a draft, and as what.
#[derive(Clone, Copy)]
pub struct Stamp<'a> {
    /// The id that the meeting gets or has.
    pub id: MeetingId,
    /// Who saves it.
    pub rep: MemberId,
    /// When.
    pub now: Timestamp,
    /// The instant of a wall-clock time where the phone is, and its minutes east of UTC.
    pub instant: &'a dyn Fn(NaiveDateTime) -> (Timestamp, i16),
}

impl MeetingDraft {
    /// A meeting at `start`, of the usual length.
    pub fn starting(start: NaiveDateTime) -> Self {
        Self { date: start.date().to_string(), time: start.format("%H:%M").to_string(), length: "60".to_owned(), ..Self::default() }
    }

    /// What `meeting` holds, to be logged or changed.
    pub fn of(meeting: &Meeting) -> Self {
        let start = meeting.starts_at.at_offset(meeting.offset_minutes).naive_local();
        Self {
            began: Some(Box::new(meeting.clone())),
            customer: Some(meeting.customer),
            format: Some(meeting.format),
            length: meeting.length_minutes.to_string(),
            channel: meeting.channel,
            contacts: meeting.contacts.clone(),
            colleagues: meeting.colleagues.clone(),
            notes: meeting.notes.clone(),
            ..Self::starting(start)
        }
    }

    /// The mutations that save it as a new meeting with `status`, in an order that the server can apply.
    ///
    /// # Errors
    /// What is to be mended first.
    pub fn create(&self, status: MeetingStatus, stamp: Stamp<'_>) -> Result<Vec<Mutation>, Problems> {
        let mut problems = Problems::default();
        let meeting = self.meeting(status, stamp, &mut problems);
        let rest = self.around(stamp, &mut problems);
        let (Some(meeting), true) = (meeting, problems.is_empty()) else { return Err(problems) };
        Ok([self.people(), vec![Mutation::CreateMeeting { meeting }], rest].concat())
    }

    /// The meeting itself.
    fn meeting(&self, status: MeetingStatus, stamp: Stamp<'_>, problems: &mut Problems) -> Option<Meeting> {
        if self.customer.is_none() {
            problems.add("customer", "Choose whom you visited, or add a new customer.");
        }
        if self.format.is_none() {
            problems.add("format", "Choose what the meeting was for.");
        }
        let date = self.date.parse::<NaiveDate>().map_err(|_| problems.add("date", "Choose the day."));
        let time = self.time.parse::<NaiveTime>().map_err(|_| problems.add("time", "Choose the time it started."));
        let length = self.length.trim().parse::<u16>().map_err(|_| problems.add("length_minutes", "Give the length in whole minutes."));
        if let Some(customer) = &self.new_customer {
            problems.check("customer-", customer.check());
        }
        self.new_contacts.iter().for_each(|contact| problems.check("contact-", contact.check()));
        let (Some(customer), Some(format), Ok(date), Ok(time), Ok(length_minutes)) = (self.customer, self.format, date, time, length)
        else {
            return None;
        };
        let (starts_at, offset_minutes) = (stamp.instant)(date.and_time(time));
        let meeting = Meeting {
            id: stamp.id,
            customer,
            rep: stamp.rep,
            format,
            status,
            starts_at,
            offset_minutes,
            length_minutes,
            channel: self.channel,
            contacts: self.contacts.clone(),
            colleagues: self.colleagues.clone(),
            notes: self.notes.clone(),
            corrections: Vec::new(),
            version: 0,
            history: Default::default(),
            calendar: None,
        };
        problems.check("", meeting.check());
        Some(meeting)
    }

    /// The customer and contacts that have to be there before the meeting.
    fn people(&self) -> Vec<Mutation> {
        let customer = self.new_customer.clone().map(|customer| Mutation::CreateCustomer { customer });
        let contacts = self.new_contacts.iter().cloned().map(|contact| Mutation::CreateContact { contact });
        customer.into_iter().chain(contacts).collect()
    }

    /// The promises and insights that hang on the meeting. What was left blank is left out.
    fn around(&self, stamp: Stamp<'_>, problems: &mut Problems) -> Vec<Mutation> {
        let Some(customer) = self.customer else { return Vec::new() };
        let mut mutations = Vec::new();
        for (position, draft) in self.promises.iter().enumerate().filter(|(_, draft)| !draft.is_blank()) {
            let promise = draft.promise(customer, Some(stamp.id), stamp.rep, &format!("promise-{position}-"), problems);
            mutations.extend(promise.map(|promise| Mutation::MakePromise { promise }));
        }
        for (position, draft) in self.insights.iter().enumerate().filter(|(_, draft)| !draft.text.trim().is_empty()) {
            let Some(contact) = draft.contact else {
                problems.add(format!("insight-{position}-contact"), "Choose whom this is about.");
                continue;
            };
            let insight = Insight {
                id: draft.id,
                contact,
                customer,
                meeting: Some(stamp.id),
                author: stamp.rep,
                written_at: stamp.now,
                text: draft.text.trim().to_owned(),
            };
            problems.check(&format!("insight-{position}-"), insight.check());
            mutations.push(Mutation::RecordInsight { insight });
        }
        mutations
    }
}

#[cfg(test)]
mod tests;
