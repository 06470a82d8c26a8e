use super::{ComponentSeen, Step, step, weak};
use crate::{
    account::Role,
    customer::{Contact, Insight, contacts_of, insights_of, promises_to},
    id::{CustomerId, MeetingId, MemberId},
    meeting::{Meeting, MeetingFormat, MeetingStatus},
    promise::Promise,
    reflection::{Action, ActionState},
    survey::{Ask, ask},
    sync::Replica,
    text::alphabetical,
    time::Timestamp,
};
use chrono::NaiveDate;
use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

/// The most of anything on the card: it is read on the way to the door.
const SHOWN_MAX: usize = 3;
/// The most people of whom it is said whether they may be asked.
const ASKED_MAX: usize = 6;

/// What is prepared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Visit {
    /// To whom.
    pub customer: CustomerId,
    /// What for.
    pub format: MeetingFormat,
    /// The plan, where there is one.
    pub plan: Option<MeetingId>,
}

/// Something in the way, as it was written down after a meeting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Roadblock {
    /// What.
    pub text: String,
    /// On which day.
    pub on: NaiveDate,
}

/// A colleague who knows the customer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Acquaintance {
    /// Who.
    pub member: MemberId,
    /// By name.
    pub name: String,
    /// In how many meetings with them, that this phone holds.
    pub meetings: usize,
    /// The day of the last.
    pub last: Option<NaiveDate>,
    /// Whether the customer is in this colleague's care, alone or with others.
    pub looks_after: bool,
}

/// Whether a person may be asked to rate the visit, today.
#[derive(Clone, Debug, PartialEq)]
pub struct MayAsk {
    /// Who.
    pub contact: Arc<Contact>,
    /// Whether.
    pub ask: Ask,
}

/// Everything worth a look before a visit.
#[derive(Clone, Debug, PartialEq)]
pub struct Card {
    /// The last meetings that were held, the latest first.
    pub last: Vec<Arc<Meeting>>,
    /// What was promised and is open, by date.
    pub promises: Vec<Arc<Promise>>,
    /// What the reader set out to do with this customer or in this format, by date.
    pub actions: Vec<Arc<Action>>,
    /// What is worth knowing, with the name of whom it is about; about those whom the plan names first.
    pub insights: Vec<(Option<String>, Arc<Insight>)>,
    /// What was in the way, the latest first.
    pub roadblocks: Vec<Roadblock>,
    /// The step of the relationship; absent where the reader is not rated.
    pub step: Option<Step>,
    /// What was weak with this customer.
    pub weak: Vec<ComponentSeen>,
    /// Colleagues who know them, those who look after them first, then by name.
    pub known_to: Vec<Acquaintance>,
    /// Who may be asked afterwards; empty where the reader is not rated.
    pub may_ask: Vec<MayAsk>,
}

/// The card of `visit` for `reader` at `now`, at `offset_minutes` east of UTC.
pub fn card(replica: &Replica, reader: MemberId, visit: Visit, now: Timestamp, offset_minutes: i16) -> Card {
    let Visit { customer, format, plan } = visit;
    let held = held_with(replica, customer);
    let is_rated = replica.members.get(&reader).is_some_and(|reader| reader.is(Role::Rep));
    let planned: BTreeSet<_> =
        plan.and_then(|plan| replica.meetings.get(&plan)).map(|plan| plan.contacts.iter().copied().collect()).unwrap_or_default();
    let may_ask = || {
        let rules = replica.rules();
        let all = contacts_of(replica, customer).into_iter().filter(|contact| planned.is_empty() || planned.contains(&contact.id));
        let known = || replica.invitations.values().map(Arc::as_ref);
        let one = |contact: Arc<Contact>| MayAsk { ask: ask(Some(contact.id), reader, known(), &rules, now, offset_minutes), contact };
        all.take(ASKED_MAX).map(one).collect()
    };
    let mut insights = insights_of(replica, customer);
    insights.sort_by_key(|insight| !planned.contains(&insight.contact));
    let name = |insight: &Insight| replica.contacts.get(&insight.contact).map(|contact| contact.name.clone());
    Card {
        promises: promises_to(replica, customer),
        actions: actions(replica, reader, customer, format),
        insights: insights.into_iter().take(SHOWN_MAX).map(|insight| (name(&insight), insight)).collect(),
        roadblocks: roadblocks(&held),
        step: is_rated.then(|| step(replica, reader, customer, now)),
        weak: if is_rated { weak(replica, reader, customer, now) } else { Vec::new() },
        known_to: known_to(replica, reader, customer, &held),
        may_ask: if is_rated { may_ask() } else { Vec::new() },
        last: held.into_iter().take(SHOWN_MAX).collect(),
    }
}

/// The format that the next visit to `customer` probably has: as planned, else as the last one; who was never met is met for the first time.
pub fn likely_format(replica: &Replica, reader: MemberId, customer: CustomerId) -> MeetingFormat {
    let mut plans: Vec<&Arc<Meeting>> =
        replica.meetings.at(customer).iter().filter(|it| it.rep == reader && it.status == MeetingStatus::Planned).collect();
    plans.sort_by_key(|plan| plan.starts_at);
    let planned = plans.first().map(|plan| plan.format);
    planned.or_else(|| held_with(replica, customer).first().map(|last| last.format)).unwrap_or(MeetingFormat::Introductory)
}

/// The meetings held with `customer`, the latest first.
fn held_with(replica: &Replica, customer: CustomerId) -> Vec<Arc<Meeting>> {
    let mut held: Vec<_> = replica.meetings.at(customer).iter().filter(|it| it.is_held()).cloned().collect();
    held.sort_by_key(|meeting| Reverse((meeting.starts_at, meeting.id)));
    held
}

/// What comes back: open, of `author`, with this customer or, wherever it was learned, in this format.
fn actions(replica: &Replica, author: MemberId, customer: CustomerId, format: MeetingFormat) -> Vec<Arc<Action>> {
    let returns = |action: &Action| action.customer == Some(customer) || action.format == Some(format);
    let own = replica.actions.values().filter(|it| it.author == author && it.state == ActionState::Open && returns(it));
    let mut actions: Vec<_> = own.cloned().collect();
    actions.sort_by_key(|action| (action.customer != Some(customer), action.due, action.id));
    actions.truncate(SHOWN_MAX);
    actions
}

fn roadblocks(held: &[Arc<Meeting>]) -> Vec<Roadblock> {
    let told = held.iter().filter(|meeting| !meeting.notes.roadblocks.trim().is_empty());
    told.map(|meeting| Roadblock { text: meeting.notes.roadblocks.trim().to_owned(), on: meeting.date() }).take(SHOWN_MAX).collect()
}

/// Who else of ours knows the customer: who looks after it, and who was there.
fn known_to(replica: &Replica, reader: MemberId, customer: CustomerId, held: &[Arc<Meeting>]) -> Vec<Acquaintance> {
    let owners: BTreeSet<MemberId> = replica
        .customers
        .get(&customer)
        .map(|customer| customer.co_owners.iter().copied().chain([customer.owner]).collect())
        .unwrap_or_default();
    let mut met: BTreeMap<MemberId, Vec<NaiveDate>> = owners.iter().map(|owner| (*owner, Vec::new())).collect();
    for meeting in held {
        for member in BTreeSet::from_iter(meeting.colleagues.iter().copied().chain([meeting.rep])) {
            met.entry(member).or_default().push(meeting.date());
        }
    }
    met.remove(&reader);
    let one = |(member, days): (MemberId, Vec<NaiveDate>)| Acquaintance {
        member,
        name: replica.member_name(member),
        meetings: days.len(),
        last: days.into_iter().max(),
        looks_after: owners.contains(&member),
    };
    let mut known: Vec<Acquaintance> = met.into_iter().map(one).collect();
    known.sort_by_cached_key(|it| (!it.looks_after, alphabetical(&it.name), it.member));
    known
}

#[cfg(test)]
mod tests;
