//! Who may see what, told from the rows alone: no scope, no cursor and no query of the server's is asked.

use app::{
    account::{Actor, Member},
    customer::Customer,
    id::{CustomerId, MeetingId, MemberId, OrganisationId, PromiseId},
    meeting::Meeting,
    photo::PhotoSubject,
    promise::Promise,
    sync::protocol::Row,
    team::Team,
};
use server::db::{self, Db};
use std::collections::BTreeMap;

pub struct Sight {
    teams: Vec<Team>,
    members: BTreeMap<MemberId, Member>,
    customers: BTreeMap<CustomerId, Customer>,
    meetings: BTreeMap<MeetingId, Meeting>,
    promises: BTreeMap<PromiseId, Promise>,
}

impl Sight {
    /// As things are in the database.
    pub async fn now(db: &Db, organisation: OrganisationId) -> Self {
        let mut tx = db.read().await.expect("a snapshot");
        let organisation = organisation.to_string();
        let members: Vec<Member> = db::all(&mut tx, &organisation).await.expect("members");
        let customers: Vec<Customer> = db::all(&mut tx, &organisation).await.expect("customers");
        let meetings: Vec<Meeting> = db::all(&mut tx, &organisation).await.expect("meetings");
        let promises: Vec<Promise> = db::all(&mut tx, &organisation).await.expect("promises");
        Self {
            meetings: meetings.into_iter().map(|meeting| (meeting.id, meeting)).collect(),
            promises: promises.into_iter().map(|promise| (promise.id, promise)).collect(),
            teams: db::all(&mut tx, &organisation).await.expect("teams"),
            members: members.into_iter().map(|member| (member.id, member)).collect(),
            customers: customers.into_iter().map(|customer| (customer.id, customer)).collect(),
        }
    }

    /// Whether `member` may hold `row`.
    pub fn may_see(&self, member: MemberId, row: &Row) -> bool {
        let me = Actor::new(self.members[&member].clone(), &self.teams);
        let manages = |other: MemberId| self.members.get(&other).is_some_and(|other| me.manages(other));
        let is_at = |other: MemberId| other == member || manages(other);
        let stands_for =
            |customer| std::iter::successors(self.customers.get(&customer), |it| self.customers.get(&it.united.as_ref()?.into));
        let knows = |customer: CustomerId| stands_for(customer).last().is_some_and(|it| is_at(it.owner) || it.co_owners.contains(&member));
        match row {
            Row::Organisation(_) | Row::Team(_) | Row::Member(_) => true,
            Row::Customer(it) => knows(it.id),
            Row::Contact(it) => knows(it.customer),
            Row::Meeting(it) => knows(it.customer) || is_at(it.rep),
            Row::Touch(it) => knows(it.customer) || is_at(it.rep),
            Row::Invitation(it) => knows(it.customer) || is_at(it.rep),
            // Whoever hides the name is never shown to the rep.
            Row::Rating(it) => manages(it.rep) || (it.rep == member && !it.answers.hide_name),
            Row::RecoveryCase(it) => knows(it.customer) || is_at(it.rep),
            Row::Promise(it) => knows(it.customer) || is_at(it.maker) || is_at(it.keeper),
            Row::Photo(it) => match it.subject {
                PhotoSubject::Meeting(id) => self.meetings.get(&id).is_some_and(|it| knows(it.customer) || is_at(it.rep)),
                PhotoSubject::Promise(id) => {
                    self.promises.get(&id).is_some_and(|it| knows(it.customer) || is_at(it.maker) || is_at(it.keeper))
                }
            },
            Row::Reflection(it) => it.author == member || (it.shared && manages(it.author)),
            // Nobody makes any here.
            _ => false,
        }
    }
}
