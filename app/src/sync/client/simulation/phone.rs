//! A phone: the member's database, and two tabs that share it and the lock.
//!
//! The server's simulation (`server/tests/simulation`) drives this very file, which is why it names the crate as others do.

use app::{
    browser::record::{Records, Table, Write},
    id::{DeviceId, MemberId, MutationId},
    sync::{
        client::{Client, Effect, Event},
        outbox::{Item, Outbox},
        protocol::Mutation,
        replica::Replica,
        stored,
    },
    time::Timestamp,
};
use std::collections::VecDeque;
use uuid::Uuid;

/// How many tabs may be open.
pub const TABS: usize = 2;

pub struct Phone {
    pub member: MemberId,
    device: DeviceId,
    /// How far its clock is ahead, milliseconds.
    pub ahead: i64,
    disk: Records,
    tabs: [Option<Tab>; TABS],
    /// Which tabs want the lock, the holder first.
    lock: VecDeque<usize>,
}

struct Tab {
    client: Client,
    to_do: VecDeque<Effect>,
}

/// What a tab hears from its surroundings.
#[derive(Clone, Copy, Debug)]
pub enum Told {
    Online,
    Offline,
    Visible,
    Hidden,
    SyncNow,
    SignedIn,
    Poked,
    Tick,
}

impl Told {
    pub fn event(self) -> Event {
        match self {
            Told::Online => Event::Online,
            Told::Offline => Event::Offline,
            Told::Visible => Event::Visible,
            Told::Hidden => Event::Hidden,
            Told::SyncNow => Event::SyncNow,
            Told::SignedIn => Event::SignedIn,
            Told::Poked => Event::Poked,
            Told::Tick => Event::Tick,
        }
    }
}

impl Phone {
    /// With one tab open.
    pub fn new(member: MemberId, device: u128, now: Timestamp) -> Self {
        let mut phone = Self {
            member,
            device: DeviceId(Uuid::from_u128(device)),
            ahead: 0,
            disk: Records::default(),
            tabs: [None, None],
            lock: VecDeque::new(),
        };
        phone.open(0, now);
        phone
    }

    /// The machine of a tab, if it is open.
    pub fn client(&self, tab: usize) -> Option<&Client> {
        self.tabs[tab].as_ref().map(|tab| &tab.client)
    }

    /// The outbox as the database has it.
    pub fn outbox(&self) -> Outbox {
        stored::read_outbox(&self.disk, 1, &Outbox::default())
    }

    /// What a tab that starts now would show.
    pub fn as_stored(&self) -> Replica {
        Client::new(self.member, self.device, &self.disk, true).replica().as_ref().clone()
    }

    /// What waits to be done in a tab.
    pub fn to_do(&self, tab: usize) -> impl Iterator<Item = &Effect> {
        self.tabs[tab].iter().flat_map(|tab| &tab.to_do)
    }

    pub fn open(&mut self, tab: usize, now: Timestamp) {
        if self.tabs[tab].is_none() {
            let client = Client::new(self.member, self.device, &self.disk, true);
            self.tabs[tab] = Some(Tab { client, to_do: VecDeque::new() });
            self.queue_for_lock(tab, now);
        }
    }

    pub fn kill(&mut self, tab: usize, now: Timestamp) {
        if self.tabs[tab].take().is_some() {
            self.leave_lock(tab, now);
        }
    }

    pub fn tell(&mut self, tab: usize, event: Event, now: Timestamp) {
        if let Some(tab) = &mut self.tabs[tab] {
            let effects = tab.client.handle(event, now.plus_millis(self.ahead), 1.0);
            tab.to_do.extend(effects);
        }
    }

    /// What the app does when something is saved: number and store it in one commit, then tell the machine. Ids follow from the number. Returns
    /// what was saved.
    pub fn save(&mut self, tab: usize, mutations: Vec<Mutation>, now: Timestamp) -> Vec<Item> {
        let first = self.next_number();
        let new = |(number, mutation)| {
            let id = MutationId(Uuid::from_u128(self.device.0.as_u128() << 64 | u128::from(number)));
            Item::new(id, self.member, number, mutation, now.plus_millis(self.ahead))
        };
        let items: Vec<Item> = (first..).zip(mutations).map(new).collect();
        items.iter().for_each(|item| self.disk.apply(stored::write_item(item)));
        self.disk.apply(Write::put(Table::Meta, stored::NEXT_SEQUENCE, &(first + items.len() as u64)));
        self.tell(tab, Event::Saved(items.clone()), now);
        items
    }

    pub fn next_number(&self) -> u64 {
        self.disk.get(Table::Meta, stored::NEXT_SEQUENCE).map_or(1, |text| text.parse().expect("a number"))
    }

    /// Takes an effect out of those that wait, the oldest or the newest. The database works in order; the network and the other tab may be
    /// quicker or slower.
    pub fn next(&mut self, tab: usize, oldest: bool) -> Option<Effect> {
        let to_do = &mut self.tabs[tab].as_mut()?.to_do;
        let is_database = |effect: &Effect| matches!(effect, Effect::Store(..) | Effect::Load | Effect::LoadOutbox(_));
        let index = if oldest || to_do.is_empty() { 0 } else { to_do.len() - 1 };
        let index = match to_do.get(index) {
            Some(effect) if is_database(effect) => to_do.iter().position(is_database).expect("it is one"),
            _ => index,
        };
        to_do.remove(index)
    }

    /// Does what needs no answer of the server's, well or not.
    pub fn act(&mut self, tab: usize, effect: Effect, works: bool, now: Timestamp) {
        match effect {
            Effect::Push(..) | Effect::Pull(_) | Effect::Deliver(..) => unreachable!("these need the network"),
            Effect::Wipe if self.outbox().unsent() > 0 => self.tell(tab, Event::NotWiped, now),
            Effect::Wipe => self.disk = Records::default(),
            Effect::Store(writes, _) => {
                if works {
                    writes.into_iter().for_each(|write| self.disk.apply(write));
                }
                self.tell(tab, Event::Stored(works), now);
            }
            Effect::ReadRows(_) => unreachable!("so few rows are read at once"),
            Effect::Load => self.tell(tab, Event::Loaded(self.disk.clone()), now),
            Effect::LoadOutbox(from) => self.tell(tab, Event::OutboxLoaded(from, self.disk.clone()), now),
            Effect::Listen => self.tell(tab, if works { Event::Listening } else { Event::NotListening }, now),
            Effect::StopListening => {}
            Effect::YieldLock => {
                self.leave_lock(tab, now);
                self.queue_for_lock(tab, now);
            }
            Effect::WakeAt(at) => {
                if at <= now.plus_millis(self.ahead) {
                    self.tell(tab, Event::Tick, now);
                }
            }
            Effect::Announce(message) => self.tell(1 - tab, Event::Heard(message), now),
        }
    }

    fn queue_for_lock(&mut self, tab: usize, now: Timestamp) {
        self.lock.push_back(tab);
        if self.lock.front() == Some(&tab) {
            self.tell(tab, Event::LockGranted, now);
        }
    }

    fn leave_lock(&mut self, tab: usize, now: Timestamp) {
        let held = self.lock.front() == Some(&tab);
        self.lock.retain(|waiting| *waiting != tab);
        if let Some(next) = self.lock.front().copied().filter(|_| held) {
            self.tell(next, Event::LockGranted, now);
        }
    }
}
