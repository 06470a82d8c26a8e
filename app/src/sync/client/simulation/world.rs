//! One phone with two tabs, its database, its network and its server.

use super::server::Server;
use crate::{
    browser::{
        record::{Records, Table, Write},
        tabs::TabMessage,
    },
    id::{DeviceId, MutationId},
    sync::{
        answer::Trouble,
        client::{Client, Effect, Event},
        outbox::{Item, ItemState, Outbox},
        protocol::Mutation,
        sample::{ME, contact, customer, rename_customer},
        stored,
    },
    time::Timestamp,
};
use proptest::prelude::*;
use std::collections::VecDeque;
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

#[derive(Clone, Copy, Debug)]
pub(super) enum Told {
    Online,
    Offline,
    Visible,
    Hidden,
    SyncNow,
    SignedIn,
    Tick,
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
    disk: Records,
    tabs: [Option<Tab>; 2],
    /// Which tabs want the lock, the holder first.
    lock: VecDeque<usize>,
    now: Timestamp,
    mutations: u128,
    /// Customers that some tab created.
    created: Vec<u128>,
}

struct Tab {
    client: Client,
    to_do: VecDeque<Effect>,
}

impl World {
    pub(super) fn new() -> Self {
        let mut world = Self {
            server: Server::default(),
            disk: Records::default(),
            tabs: [None, None],
            lock: VecDeque::new(),
            now: Timestamp(1_780_000_000_000),
            mutations: 0,
            created: Vec::new(),
        };
        world.open(0);
        world
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
        if self.tabs[tab].is_some() && !self.created.contains(&n) {
            self.created.push(n);
            self.commit(tab, mutations);
        }
    }

    /// What a phone does when something is saved: number and store it in one commit, then tell the machine.
    pub(super) fn commit(&mut self, tab: usize, mutations: Vec<Mutation>) {
        if self.tabs[tab].is_none() {
            return;
        }
        let mut next = self.next_sequence();
        let mut items = Vec::new();
        for mutation in mutations {
            self.mutations += 1;
            items.push(Item::new(MutationId(Uuid::from_u128(self.mutations)), ME, next, mutation, self.now));
            next += 1;
        }
        items.iter().for_each(|item| self.disk.apply(stored::write_item(item)));
        self.disk.apply(Write::put(Table::Meta, stored::NEXT_SEQUENCE, &next));
        self.tell(tab, Event::Saved(items));
    }

    fn next_sequence(&self) -> u64 {
        self.disk.get(Table::Meta, stored::NEXT_SEQUENCE).map_or(1, |text| text.parse().expect("a number"))
    }

    pub(super) fn open(&mut self, tab: usize) {
        if self.tabs[tab].is_none() {
            let client = Client::new(ME, DeviceId(Uuid::nil()), &self.disk, true);
            self.tabs[tab] = Some(Tab { client, to_do: VecDeque::new() });
            self.queue_for_lock(tab);
        }
    }

    pub(super) fn kill(&mut self, tab: usize) {
        if self.tabs[tab].take().is_some() {
            self.leave_lock(tab);
        }
    }

    fn queue_for_lock(&mut self, tab: usize) {
        self.lock.push_back(tab);
        if self.lock.front() == Some(&tab) {
            self.tell(tab, Event::LockGranted);
        }
    }

    fn leave_lock(&mut self, tab: usize) {
        let held = self.lock.front() == Some(&tab);
        self.lock.retain(|waiting| *waiting != tab);
        if let Some(next) = self.lock.front().copied().filter(|_| held) {
            self.tell(next, Event::LockGranted);
        }
    }

    pub(super) fn tell(&mut self, tab: usize, event: Event) {
        let now = self.now;
        if let Some(tab) = &mut self.tabs[tab] {
            let effects = tab.client.handle(event, now, 1.0);
            tab.to_do.extend(effects);
        }
    }

    /// Does one effect of a tab. The database works in order; the network and the other tabs may be quicker or slower.
    pub(super) fn act(&mut self, tab: usize, front: bool, end: End) {
        let Some(Tab { to_do, .. }) = &mut self.tabs[tab] else { return };
        let is_database = |effect: &Effect| matches!(effect, Effect::Store(..) | Effect::Load | Effect::LoadOutbox);
        let index = if front || to_do.is_empty() { 0 } else { to_do.len() - 1 };
        let index = match to_do.get(index) {
            Some(effect) if is_database(effect) => to_do.iter().position(is_database).expect("it is one"),
            _ => index,
        };
        let Some(effect) = to_do.remove(index) else { return };
        match effect {
            Effect::Push(push) => {
                let answer = match end {
                    End::Failed(trouble) => Err(trouble),
                    End::Well => self.server.push(&push, tab),
                    End::Cut => self.server.push(&push, tab).and(Err(Trouble::Cut)),
                };
                for number in answer.iter().flat_map(|pushed| &pushed.missing) {
                    assert!(self.server.ever_arrived.contains(number), "{number} was claimed to be sent but never was");
                }
                self.tell(tab, Event::PushAnswered(answer));
            }
            Effect::Pull(pull) => {
                let answer = match end {
                    End::Well => Ok(self.server.pull(&pull)),
                    End::Failed(trouble) => Err(trouble),
                    End::Cut => Err(Trouble::Cut),
                };
                self.tell(tab, Event::PullAnswered(answer));
            }
            Effect::Store(writes, _) => {
                let stored = !matches!(end, End::Failed(Trouble::Server));
                if stored {
                    writes.into_iter().for_each(|write| self.disk.apply(write));
                }
                self.tell(tab, Event::Stored(stored));
            }
            Effect::Load => self.tell(tab, Event::Loaded(self.disk.clone())),
            Effect::LoadOutbox => self.tell(tab, Event::OutboxLoaded(self.disk.clone())),
            Effect::YieldLock => {
                self.leave_lock(tab);
                self.queue_for_lock(tab);
            }
            Effect::WakeAt(at) => {
                if at <= self.now {
                    self.tell(tab, Event::Tick);
                }
            }
            Effect::Announce(message) => self.tell(1 - tab, Event::Heard(message)),
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
            while self.tabs[0].as_ref().is_some_and(|tab| !tab.to_do.is_empty()) {
                self.act(0, true, End::Well);
                work += 1;
                assert!(work < 2_000, "it never comes to rest");
            }
            self.take(Step::Wait(60));
        }
        self.now = self.now.plus_millis(1);
    }

    fn outbox(&self) -> Outbox {
        stored::read_outbox(&self.disk)
    }

    pub(super) fn client(&self, tab: usize) -> &Client {
        &self.tabs[tab].as_ref().expect("the tab is open").client
    }

    pub(super) fn to_do(&self, tab: usize) -> Vec<&Effect> {
        self.tabs[tab].iter().flat_map(|tab| &tab.to_do).collect()
    }

    pub(super) fn check_that_what_was_saved_is_kept_and_shown(&self) {
        let numbers: Vec<u64> = self.outbox().items().map(|item| item.envelope.sequence).collect();
        assert_eq!(numbers, (1..self.next_sequence()).collect::<Vec<_>>(), "kept, without gaps");
        for tab in self.tabs.iter().flatten() {
            for item in tab.client.outbox().items().filter(|item| item.refusal().is_none()) {
                let Some(Mutation::CreateCustomer { customer }) = &item.mutation else { continue };
                assert!(tab.client.replica().customers.contains_key(&customer.id), "{} does not show", customer.name);
            }
        }
    }

    pub(super) fn check_that_all_agree(&self) {
        for item in self.outbox().items() {
            assert_eq!(item.state, ItemState::Accepted, "{:?}", item.mutation);
        }
        assert_eq!(self.server.rows().customers.len(), self.created.len());
        assert_eq!(self.client(0).replica().as_ref(), self.server.rows());
        assert_eq!(Client::new(ME, DeviceId(Uuid::nil()), &self.disk, true).replica().as_ref(), self.server.rows(), "as does the database");
        assert_eq!(self.client(0).health().lost, 0);
    }

    pub(super) fn check_that_only_these_wait(&self, poison: u128) {
        for item in self.outbox().items() {
            let mutation = item.mutation.as_ref().expect("this build wrote it");
            let id = Uuid::from_u128(poison);
            let builds_on = mutation.subject() == id || mutation.builds_on().contains(&id);
            assert_eq!(item.is_unsent(), builds_on, "{mutation:?}: {:?}", item.state);
        }
    }

    pub(super) fn announced(&self, tab: usize, message: TabMessage) -> bool {
        self.to_do(tab).iter().any(|effect| matches!(effect, Effect::Announce(said) if *said == message))
    }
}

impl Told {
    fn event(self) -> Event {
        match self {
            Told::Online => Event::Online,
            Told::Offline => Event::Offline,
            Told::Visible => Event::Visible,
            Told::Hidden => Event::Hidden,
            Told::SyncNow => Event::SyncNow,
            Told::SignedIn => Event::SignedIn,
            Told::Tick => Event::Tick,
        }
    }
}
