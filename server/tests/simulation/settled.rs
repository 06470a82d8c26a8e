//! What must hold once everything works again.

use crate::{phone::Phone, rated::check_that_ratings_reach, sight::Sight, step::PHONES, world::World};
use app::{
    id::MutationId,
    sync::{
        outbox::{Item, ItemState},
        protocol::{Entity, Outcome},
        replica::Replica,
    },
};
use server::db;
use std::collections::{BTreeMap, BTreeSet};

impl World {
    /// Every mutation that was ever saved stands once, in the rows or under needs-you and in quarantine; phones and server agree.
    pub async fn check_that_all_agree(&mut self) {
        let outcomes = self.outcomes().await;
        let quarantine = self.quarantine().await;
        let mut accepted: Vec<(i64, usize, &Item)> = Vec::new();
        for (number, phone) in self.phones.iter().enumerate() {
            let outbox = phone.outbox();
            for saved in &self.saved[number] {
                let id = saved.envelope.id;
                let state = &outbox.find(id).expect("kept for 30 days").state;
                match (state, outcomes.get(&id)) {
                    (ItemState::Accepted, Some(Outcome::Accepted { sequence })) => accepted.push((*sequence, number, saved)),
                    (ItemState::NeedsYou { .. }, Some(Outcome::Refused { .. })) => {
                        assert!(quarantine.contains(&id), "in quarantine: {:?}", saved.mutation);
                    }
                    (state, outcome) => panic!("phone {number} has {state:?}, the server {outcome:?}: {:?}", saved.mutation),
                }
            }
            let client = phone.client(0).expect("its tab is open");
            assert_eq!(client.health().lost, 0, "nothing is missed that was never there");
        }
        for saved in &self.wiped {
            match outcomes.get(&saved.envelope.id) {
                Some(Outcome::Accepted { sequence }) => accepted.push((*sequence, PHONES, saved)),
                Some(Outcome::Refused { .. }) => assert!(quarantine.contains(&saved.envelope.id), "in quarantine: {:?}", saved.mutation),
                // What a restored backup forgot of them, no phone has any more.
                None => assert!(self.was_restored, "handed over before the phone was emptied: {:?}", saved.mutation),
            }
        }
        let known: BTreeSet<MutationId> = self.saved.iter().flatten().chain(&self.wiped).map(|item| item.envelope.id).collect();
        assert!(outcomes.keys().all(|id| known.contains(id)), "nothing comes from nowhere");
        accepted.sort_by_key(|(sequence, phone, item)| (*sequence, *phone, item.envelope.sequence));
        let mut expected = Replica::default();
        accepted.iter().for_each(|(_, _, item)| expected.overlay(item));
        let rows = self.rows().await;
        assert_eq!(said(&rows), said(&expected), "each was applied once, in the order of the receipts");
        self.check_that_answers_are_kept_once(&outcomes).await;
        self.check_that_phones_hold_what_a_new_one_would_pull().await;
    }

    async fn check_that_phones_hold_what_a_new_one_would_pull(&mut self) {
        let sight = Sight::now(&self.server.db().await, self.server.people.organisation).await;
        let ratings = self.ratings().await;
        for number in 0..PHONES {
            let member = self.phones[number].member;
            let now = self.now();
            let before = std::mem::replace(&mut self.phones[number], Phone::new(member, 0x100 + number as u128, now));
            self.settle().await;
            let fresh = std::mem::replace(&mut self.phones[number], before);
            let shows = |phone: &Phone| phone.client(0).expect("its tab is open").replica().clone();
            let fresh = shows(&fresh);
            assert!(!fresh.members.is_empty(), "it pulled");
            check_that_ratings_reach(member, &fresh, &sight, &ratings);
            assert_eq!(shows(&self.phones[number]), fresh, "what phone {number} shows");
            assert_eq!(self.phones[number].as_stored(), *fresh, "what phone {number} stored");
        }
    }

    async fn outcomes(&mut self) -> BTreeMap<MutationId, Outcome> {
        let rows: Vec<(String, String)> = self.server.select("select mutation, outcome from receipt").await;
        let count = rows.len();
        let read = |(id, outcome): (String, String)| (id.parse().expect("an id"), serde_json::from_str(&outcome).expect("an outcome"));
        let outcomes: BTreeMap<MutationId, Outcome> = rows.into_iter().map(read).collect();
        assert_eq!(outcomes.len(), count, "a mutation has one receipt");
        outcomes
    }

    async fn quarantine(&mut self) -> BTreeSet<MutationId> {
        let rows: Vec<(String,)> = self.server.select("select mutation from quarantine").await;
        rows.into_iter().map(|(id,)| id.parse().expect("an id")).collect()
    }

    /// The database's rows of everything that phones make here.
    async fn rows(&mut self) -> Replica {
        let db = self.server.db().await;
        let mut tx = db.read().await.expect("a snapshot");
        let organisation = self.server.people.organisation.to_string();
        let mut rows = Replica::default();
        macro_rules! take {
            ($($entity:ident),*) => {$(
                let all: Vec<_> = db::all(&mut tx, &organisation).await.expect("rows can be read");
                all.into_iter().for_each(|it| rows.put(app::sync::protocol::Row::$entity(it)));
            )*};
        }
        take!(Customer, Contact, Meeting, Touch, Promise, Photo, Reflection, Invitation);
        rows
    }
}

/// Of every row what its makers said: the server adds who owns it now, versions and corrections.
fn said(rows: &Replica) -> BTreeSet<(Entity, String, String)> {
    let customers = rows.customers.values().map(|it| (Entity::Customer, it.id.to_string(), it.name.clone()));
    let contacts = rows.contacts.values().map(|it| (Entity::Contact, it.id.to_string(), it.name.clone()));
    let meetings = rows.meetings.values().map(|it| (Entity::Meeting, it.id.to_string(), it.notes.next_step.clone()));
    let touches = rows.touches.values().map(|it| (Entity::Touch, it.id.to_string(), format!("{:?}", it.at)));
    let promises = rows.promises.values().map(|it| (Entity::Promise, it.id.to_string(), format!("{:?}", it.state)));
    let reflections = rows.reflections.values().map(|it| (Entity::Reflection, it.id.to_string(), format!("{:?}", it.shared)));
    let photos = rows.photos.values().map(|it| (Entity::Photo, it.id.to_string(), format!("{:?} {}", it.subject, it.caption)));
    let invitations = rows.invitations.values().map(|it| (Entity::Invitation, it.id.to_string(), format!("{:?}", it.meeting)));
    let promises = promises.chain(photos).chain(invitations);
    customers.chain(contacts).chain(meetings).chain(touches).chain(promises).chain(reflections).collect()
}
