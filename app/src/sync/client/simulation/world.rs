//! One phone, its network and its server.

use super::{
    phone::{Phone, TABS, Told},
    server::Server,
};
use crate::{
    browser::{
        record::{Durability, Write},
        tabs::TabMessage,
    },
    sync::{
        Replica,
        answer::Trouble,
        client::{Client, Effect, Event},
        outbox::ItemState,
        protocol::Mutation,
        sample::{ME, contact, customer, rename_customer},
        stored,
    },
    time::Timestamp,
};
use proptest::prelude::*;
use std::collections::BTreeSet;
use uuid::Uuid;

/// How doing an effect ends, where it can end in several ways.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    Well,
    /// The request or the write never got through.
    Failed(Trouble),
    /// The server acted, its answer was lost.
    Cut,
}

#[derive(Clone, Debug)]
pub(super) enum Step {
    Save(usize, u128),
    SaveWithContact(usize, u128),
    Rename(usize, u128, u8),
    /// Do what is waiting to be done in a tab, from the front or the back.
    Do(usize, bool, End),
    Kill(usize),
    Open(usize),
    Tell(usize, Told),
    Wait(u16),
    BackUp,
    Restore,
    Restart,
}

pub(super) fn step() -> impl Strategy<Value = Step> {
    let tab = || 0_usize..2;
    let end = prop_oneof![
        12 => Just(End::Well),
        2 => Just(End::Cut),
        1 => Just(End::Failed(Trouble::Offline)),
        1 => Just(End::Failed(Trouble::Timeout)),
        1 => Just(End::Failed(Trouble::Server)),
        1 => Just(End::Failed(Trouble::Busy(None))),
        1 => Just(End::Failed(Trouble::SignedOut)),
    ];
    let told = prop_oneof![
        Just(Told::Online),
        Just(Told::Offline),
        Just(Told::Visible),
        Just(Told::Hidden),
        Just(Told::SyncNow),
        Just(Told::SignedIn),
        Just(Told::Poked),
        Just(Told::Tick),
    ];
    prop_oneof![
        3 => (tab(), 1_u128..40).prop_map(|(tab, n)| Step::Save(tab, n)),
        2 => (tab(), 1_u128..40).prop_map(|(tab, n)| Step::SaveWithContact(tab, n)),
        2 => (tab(), 1_u128..40, any::<u8>()).prop_map(|(tab, n, name)| Step::Rename(tab, n, name)),
        24 => (tab(), any::<bool>(), end).prop_map(|(tab, front, end)| Step::Do(tab, front, end)),
        2 => tab().prop_map(Step::Kill),
        3 => tab().prop_map(Step::Open),
        3 => (tab(), told).prop_map(|(tab, told)| Step::Tell(tab, told)),
        3 => (1_u16..400).prop_map(Step::Wait),
        1 => Just(Step::BackUp),
        1 => Just(Step::Restore),
        1 => Just(Step::Restart),
    ]
}

pub(super) struct World {
    pub(super) server: Server,
    phone: Phone,
    now: Timestamp,
    /// Customers that some tab created.
    created: Vec<u128>,
    /// Numbers of what the person let go.
    let_go: BTreeSet<u64>,
}

impl World {
    pub(super) fn new() -> Self {
        let now = Timestamp(1_780_000_000_000);
        Self { server: Server::default(), phone: Phone::new(ME, 0, now), now, created: Vec::new(), let_go: BTreeSet::new() }
    }

    pub(super) fn take(&mut self, step: Step) {
        match step {
            Step::Save(tab, n) => self.save(tab, n, vec![customer(n)]),
            Step::SaveWithContact(tab, n) => self.save(tab, n, vec![customer(n), contact(1000 + n, n)]),
            Step::Rename(tab, n, name) if self.created.contains(&n) => self.commit(tab, vec![rename_customer(n, &format!("Name {name}"))]),
            Step::Rename(..) => {}
            Step::Do(tab, front, end) => self.act(tab, front, end),
            Step::Kill(tab) => self.kill(tab),
            Step::Open(tab) => self.open(tab),
            Step::Tell(tab, told) => self.tell(tab, told.event()),
            Step::Wait(seconds) => {
                self.now = self.now.plus_millis(i64::from(seconds) * 1000);
                (0..2).for_each(|tab| self.tell(tab, Event::Tick));
            }
            Step::BackUp => self.server.back_up(),
            Step::Restore => self.server.restore(),
            Step::Restart => self.server.restart(),
        }
    }

    fn save(&mut self, tab: usize, n: u128, mutations: Vec<Mutation>) {
        if self.phone.client(tab).is_some() && !self.created.contains(&n) {
            self.created.push(n);
            self.commit(tab, mutations);
        }
    }

    pub(super) fn commit(&mut self, tab: usize, mutations: Vec<Mutation>) {
        if self.phone.client(tab).is_some() {
            self.phone.save(tab, mutations, self.now);
        }
    }

    /// What the app does when the person lets an item go.
    pub(super) fn let_go(&mut self, number: u64) {
        let item = self.phone.outbox().get(number).expect("it was saved").clone();
        self.let_go.insert(number);
        self.write(stored::let_go(&item).into());
        self.tell(0, Event::LetGo);
    }

    /// The phone's storage loses an item.
    pub(super) fn lose(&mut self, number: u64) {
        let item = self.phone.outbox().get(number).expect("it was saved").clone();
        self.write(stored::forget_item(&item).into());
        self.kill(0);
        self.open(0);
    }

    fn write(&mut self, writes: Vec<Write>) {
        self.phone.act(0, Effect::Store(writes, Durability::Strict), true, self.now);
    }

    pub(super) fn open(&mut self, tab: usize) {
        self.phone.open(tab, self.now);
    }

    pub(super) fn kill(&mut self, tab: usize) {
        self.phone.kill(tab, self.now);
    }

    pub(super) fn tell(&mut self, tab: usize, event: Event) {
        self.phone.tell(tab, event, self.now);
    }

    /// Does one effect of a tab.
    pub(super) fn act(&mut self, tab: usize, front: bool, end: End) {
        let Some(effect) = self.phone.next(tab, front) else { return };
        match effect {
            Effect::Push(id, push) => {
                let answer = match end {
                    End::Failed(trouble) => Err(trouble),
                    End::Well => self.server.push(&push, tab),
                    End::Cut => self.server.push(&push, tab).and(Err(Trouble::Cut)),
                };
                for number in answer.iter().flat_map(|pushed| &pushed.missing) {
                    let is_known = self.server.ever_arrived.contains(number) || self.let_go.contains(number);
                    assert!(is_known, "{number} was claimed to be sent but never was");
                }
                self.tell(tab, Event::PushAnswered(id, answer));
            }
            Effect::Deliver(id, delivery) => {
                let answer = match end {
                    End::Failed(trouble) => Err(trouble),
                    End::Well => self.server.deliver(&delivery),
                    End::Cut => self.server.deliver(&delivery).and(Err(Trouble::Cut)),
                };
                self.tell(tab, Event::PushAnswered(id, answer));
            }
            Effect::Pull(pull) => {
                let answer = match end {
                    End::Well => self.server.pull(&pull),
                    End::Failed(trouble) => Err(trouble),
                    End::Cut => Err(Trouble::Cut),
                };
                self.tell(tab, Event::PullAnswered(answer));
            }
            other => self.phone.act(tab, other, !matches!(end, End::Failed(Trouble::Server)), self.now),
        }
    }

    /// Everything works again, for as long as it takes.
    pub(super) fn heal(&mut self) {
        self.kill(1);
        self.open(0);
        for told in [Told::Online, Told::Visible, Told::SignedIn] {
            self.tell(0, told.event());
        }
        for _ in 0..40 {
            let mut work = 0;
            while self.phone.to_do(0).next().is_some() {
                self.act(0, true, End::Well);
                work += 1;
                assert!(work < 2_000, "it never comes to rest");
            }
            self.take(Step::Wait(60));
        }
        self.now = self.now.plus_millis(1);
    }

    /// Whether the phone's database is gone.
    pub(super) fn is_empty(&self) -> bool {
        self.phone.outbox().items().next().is_none() && self.phone.as_stored() == Replica::default()
    }

    /// What a tab that starts now would show.
    pub(super) fn as_stored(&self) -> Replica {
        self.phone.as_stored()
    }

    pub(super) fn client(&self, tab: usize) -> &Client {
        self.phone.client(tab).expect("the tab is open")
    }

    pub(super) fn to_do(&self, tab: usize) -> Vec<&Effect> {
        self.phone.to_do(tab).collect()
    }

    pub(super) fn check_that_what_was_saved_is_kept_and_shown(&self) {
        let numbers: Vec<u64> = self.phone.outbox().items().map(|item| item.envelope.sequence).collect();
        assert_eq!(numbers, (1..self.phone.next_number()).collect::<Vec<_>>(), "kept, without gaps");
        for client in (0..TABS).filter_map(|tab| self.phone.client(tab)) {
            for item in client.outbox().items().filter(|item| item.refusal().is_none()) {
                let Some(Mutation::CreateCustomer { customer }) = item.mutation.as_deref() else { continue };
                assert!(client.replica().customers.contains_key(&customer.id), "{} does not show", customer.name);
            }
        }
    }

    pub(super) fn check_that_all_agree(&self) {
        for item in self.phone.outbox().items() {
            assert_eq!(item.state, ItemState::Accepted, "{:?}", item.mutation);
        }
        assert_eq!(self.server.rows().customers.len(), self.created.len());
        assert_eq!(self.client(0).replica().as_ref(), self.server.rows());
        assert_eq!(&self.phone.as_stored(), self.server.rows(), "as does the database");
        assert_eq!(self.client(0).health().lost, 0);
    }

    pub(super) fn check_that_only_these_wait(&self, poison: u128) {
        for item in self.phone.outbox().items() {
            let mutation = item.mutation.as_deref().expect("this build wrote it");
            let id = Uuid::from_u128(poison);
            let builds_on = mutation.subject() == id || mutation.builds_on().contains(&id);
            assert_eq!(item.is_unsent(), builds_on, "{mutation:?}: {:?}", item.state);
        }
    }

    pub(super) fn announced(&self, tab: usize, message: TabMessage) -> bool {
        self.phone.to_do(tab).any(|effect| matches!(effect, Effect::Announce(said) if *said == message))
    }
}
