//! What one member's phone holds: every screen reads from here and from nowhere else.
//!
//! A replica is the rows that were pulled with the mutations that still wait laid on top ([`Replica::overlay`]), so that what a
//! person saves shows at once. Rows are shared, so that a copy of a replica costs next to nothing.

mod overlay;
mod rows;
mod uniting;

pub use rows::{AtCustomer, Pending, Rows};

use super::{
    earlier::Earlier,
    protocol::{Entity, Row},
};
use crate::{
    account::{Actor, Availability, Member, Viewing},
    calendar::ComingEvents,
    customer::{Contact, Customer, Insight},
    id::{
        ActionId, ContactId, CustomerId, InsideAskId, InsightId, InvitationId, MeetingId, MemberId, MutationId, PhotoId, PromiseId,
        RatingId, RecoveryCaseId, ReflectionId, SubjectId, TeamId, TouchId, ViewingId,
    },
    meeting::{Meeting, Touch},
    organisation::{Organisation, Rules},
    photo::Photo,
    promise::{InsideAsk, Promise},
    quarantine::Settlement,
    recovery::RecoveryCase,
    reflection::{Action, Reflection},
    score::{Audience, Month, Score},
    survey::{Invitation, Rating},
    team::Team,
    today::Snooze,
};
use chrono::NaiveDate;
use std::{str::FromStr, sync::Arc};

/// Everything that a member's phone holds.
#[derive(Clone, Debug, Default, PartialEq)]
#[allow(missing_docs, reason = "each field holds the rows of the entity that it is named after")]
pub struct Replica {
    /// Absent until the first pull.
    pub organisation: Option<Arc<Organisation>>,
    pub teams: Rows<TeamId, Team>,
    pub members: Rows<MemberId, Member>,
    pub customers: Rows<CustomerId, Customer>,
    /// Those for whom another stands, once all are shown as one ([`Replica::as_one`]).
    pub united: Rows<CustomerId, Customer>,
    pub contacts: Rows<ContactId, Contact>,
    pub insights: Rows<InsightId, Insight>,
    pub meetings: Rows<MeetingId, Meeting>,
    pub touches: Rows<TouchId, Touch>,
    pub promises: Rows<PromiseId, Promise>,
    pub reflections: Rows<ReflectionId, Reflection>,
    pub actions: Rows<ActionId, Action>,
    pub invitations: Rows<InvitationId, Invitation>,
    pub ratings: Rows<RatingId, Rating>,
    pub scores: Rows<(MemberId, Audience), Score>,
    pub viewings: Rows<ViewingId, Viewing>,
    pub months: Rows<(MemberId, NaiveDate), Month>,
    pub settlements: Rows<MutationId, Settlement>,
    pub availabilities: Rows<MemberId, Availability>,
    pub snoozes: Rows<SubjectId, Snooze>,
    pub inside_asks: Rows<InsideAskId, InsideAsk>,
    pub recovery_cases: Rows<RecoveryCaseId, RecoveryCase>,
    pub coming_events: Rows<MemberId, ComingEvents>,
    /// While the older meetings and touches of a full phone are still being read: what is known of them.
    pub earlier: Option<Arc<Earlier>>,
    pub photos: Rows<PhotoId, Photo>,
}

impl Replica {
    /// Takes a row over as the server has it.
    pub fn put(&mut self, row: Row) {
        match row {
            Row::Organisation(it) => self.organisation = Some(Arc::new(it)),
            Row::Team(it) => put(&mut self.teams, it.id, it),
            Row::Member(it) => put(&mut self.members, it.id, it),
            Row::Customer(it) => put(&mut self.customers, it.id, it),
            Row::Contact(it) => put(&mut self.contacts, it.id, it),
            Row::Insight(it) => put(&mut self.insights, it.id, it),
            Row::Meeting(it) => put(&mut self.meetings, it.id, it),
            Row::Touch(it) => put(&mut self.touches, it.id, it),
            Row::Promise(it) => put(&mut self.promises, it.id, it),
            Row::Reflection(it) => put(&mut self.reflections, it.id, it),
            Row::Action(it) => put(&mut self.actions, it.id, it),
            Row::Invitation(it) => put(&mut self.invitations, it.id, it),
            Row::Rating(it) => put(&mut self.ratings, it.id, it),
            Row::Score(it) => put(&mut self.scores, (it.member, it.audience), it),
            Row::Viewing(it) => put(&mut self.viewings, it.id, it),
            Row::Month(it) => put(&mut self.months, (it.member, it.first_day), it),
            Row::Settlement(it) => put(&mut self.settlements, it.id, it),
            Row::Availability(it) => put(&mut self.availabilities, it.member, it),
            Row::Snooze(it) => put(&mut self.snoozes, it.subject, it),
            Row::InsideAsk(it) => put(&mut self.inside_asks, it.id, it),
            Row::RecoveryCase(it) => put(&mut self.recovery_cases, it.id, it),
            Row::ComingEvents(it) => put(&mut self.coming_events, it.member, it),
            Row::Photo(it) => put(&mut self.photos, it.id, it),
        }
    }

    /// Drops the row that `entity` and its key name, if it is there.
    pub fn remove(&mut self, entity: Entity, key: &str) {
        match entity {
            Entity::Organisation => self.organisation = None,
            Entity::Team => remove(&mut self.teams, key),
            Entity::Member => remove(&mut self.members, key),
            Entity::Customer => remove(&mut self.customers, key),
            Entity::Contact => remove(&mut self.contacts, key),
            Entity::Insight => remove(&mut self.insights, key),
            Entity::Meeting => remove(&mut self.meetings, key),
            Entity::Touch => remove(&mut self.touches, key),
            Entity::Promise => remove(&mut self.promises, key),
            Entity::Reflection => remove(&mut self.reflections, key),
            Entity::Action => remove(&mut self.actions, key),
            Entity::Invitation => remove(&mut self.invitations, key),
            Entity::Rating => remove(&mut self.ratings, key),
            Entity::Score => self.scores.retain(|(member, audience), _| Score::key(*member, *audience) != key),
            Entity::Viewing => remove(&mut self.viewings, key),
            Entity::Month => self.months.retain(|(member, first_day), _| Month::key(*member, *first_day) != key),
            Entity::Settlement => remove(&mut self.settlements, key),
            Entity::Availability => remove(&mut self.availabilities, key),
            Entity::Snooze => self.snoozes.retain(|subject, snooze| Snooze::key(snooze.member, *subject) != key),
            Entity::InsideAsk => remove(&mut self.inside_asks, key),
            Entity::RecoveryCase => remove(&mut self.recovery_cases, key),
            Entity::ComingEvents => remove(&mut self.coming_events, key),
            Entity::Photo => remove(&mut self.photos, key),
        }
    }

    /// `member` acting among the teams that the phone knows, if it knows the member.
    pub fn actor(&self, member: MemberId) -> Option<Actor> {
        let member = Member::clone(self.members.get(&member)?);
        Some(Actor::new(member, self.teams.values().map(Arc::as_ref)))
    }

    /// Whether `member` manages `other`, as far as the phone knows both.
    pub fn manages(&self, member: MemberId, other: MemberId) -> bool {
        self.actor(member).zip(self.members.get(&other)).is_some_and(|(actor, other)| actor.manages(other))
    }

    /// The organisation's rules; the defaults until the first pull.
    pub fn rules(&self) -> Rules {
        self.organisation.as_ref().map(|organisation| organisation.rules.clone()).unwrap_or_default()
    }

    /// When `member` works; as usual where the member has said nothing.
    pub fn availability(&self, member: MemberId) -> Availability {
        self.availabilities.get(&member).map_or_else(|| Availability::of(member), |it| Availability::clone(it))
    }

    /// A member's name, or a word for somebody whom the phone does not know.
    pub fn member_name(&self, member: MemberId) -> String {
        self.member_name_or(member, "A colleague").to_owned()
    }

    /// A member's name, or `otherwise` where the phone does not know the member.
    pub fn member_name_or<'a>(&'a self, member: MemberId, otherwise: &'a str) -> &'a str {
        self.members.get(&member).map_or(otherwise, |member| &member.name)
    }

    /// A customer's name, or `otherwise` where the phone does not hold it.
    pub fn customer_name<'a>(&'a self, customer: CustomerId, otherwise: &'a str) -> &'a str {
        self.customers.get(&customer).or_else(|| self.united.get(&customer)).map_or(otherwise, |customer| &customer.name)
    }

    /// Whether a request to rate `meeting` is out.
    pub fn is_asked(&self, meeting: MeetingId) -> bool {
        self.invitations.values().any(|invitation| invitation.meeting == meeting)
    }
}

fn put<Id: Ord + Clone, T>(rows: &mut Rows<Id, T>, id: Id, row: T) {
    rows.insert(id, Arc::new(row));
}

fn remove<Id: Ord + Clone + FromStr, T>(rows: &mut Rows<Id, T>, key: &str) {
    if let Ok(id) = key.parse() {
        rows.remove(&id);
    }
}
