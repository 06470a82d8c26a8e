//! The phone's side of sync, as a state machine without I/O: [`Event`]s in, [`Effect`]s out.
//!
//! What is in memory is what is in the database: an answer changes nothing here before it is stored, so a kill at any point
//! leaves a state that the next start goes on from. Pulls go one at a time, pushes two where neither touches what the other does, and
//! either while what the last one brought is being stored; over all tabs only the one that holds the lock sends any. Time and
//! randomness are passed in, so that a simulation can drive this very code.

mod delivering;
mod event;
mod health;
mod listening;
mod pace;
mod pulling;
mod pushing;
mod reading;
#[cfg(test)]
mod simulation;

pub use event::{Effect, Event, PushId};
pub use health::{Connection, Health};

use self::{
    listening::Ear,
    pace::Pace,
    pulling::{Ahead, PulledChange},
    pushing::{Flight, PushedChange},
    reading::Reading,
};
use super::{
    Replica,
    answer::Trouble,
    earlier::Earlier,
    holdings::Holdings,
    outbox::{Item, Limit, Outbox, Stalled},
    protocol::{Mutation, Scope},
    stored::{self, Cursors},
};
use crate::{
    browser::{record::Records, tabs::TabMessage},
    id::{DeviceId, MemberId, MutationId},
    time::Timestamp,
};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
    time::Duration,
};

/// How often the app looks for changes when nothing else makes it.
const PULL_EVERY: Duration = Duration::from_secs(5 * 60);

/// One member's sync on one phone.
#[derive(Debug)]
pub struct Client {
    me: MemberId,
    device: DeviceId,
    outbox: Arc<Outbox>,
    holdings: Holdings,
    cursors: Cursors,
    /// Scopes to be read anew, because a row of theirs was unreadable.
    stale: BTreeSet<Scope>,
    replica: Arc<Replica>,
    /// The part of the rows that is still being read.
    reading: Option<Reading>,
    /// The sum of what the next start reads last, as the database has it.
    earlier: Option<Earlier>,
    /// Whether to sum up: it is no more than convenient, and not tried again where it could not be stored.
    sums_up: bool,

    turn: Turn,
    /// The pushes whose answers are awaited.
    flights: BTreeMap<PushId, Flight>,
    /// What a push brought, on its way into the database.
    storing: Option<PushedChange>,
    /// What others brought meanwhile.
    answered: Option<PushedChange>,
    /// Whether a newer state of the database is on its way to memory.
    loading: bool,
    /// Whether this tab holds the lock: the only one that sends.
    drains: bool,
    /// Whether to let another tab have the lock, because this one is not looked at.
    yields: bool,
    online: bool,
    /// Whether the app is looked at, in this tab.
    visible: bool,
    /// What keeps the session from being used, until it may have changed.
    paused: Option<Trouble>,
    /// Whether this device was signed out for good: it only delivers what it holds.
    revoked: bool,
    /// Whether nothing is to be done any more.
    wiped: bool,

    ear: Ear,
    pace: Pace,
    limit: Limit,
    stalled: Stalled,
    /// Items taken under an epoch that is not the server's any more, with the sequence they had: sent again to see whether it stands.
    doubted: BTreeMap<MutationId, i64>,
    wants_pull: bool,
    /// Whether to push nothing before a pull is through.
    pulls_first: bool,
    next_pull: Timestamp,

    synced_at: Option<Timestamp>,
    trouble: Option<Trouble>,
    /// Numbers that the server misses and this phone does not have either.
    lost: BTreeSet<u64>,
    /// Numbers of what the person let go: not having them is no loss.
    let_go: BTreeSet<u64>,
}

/// What the machine waits for before it starts something else, besides pushes.
#[derive(Debug)]
enum Turn {
    /// Nothing.
    Idle,
    /// The answer to a pull.
    Pulling,
    /// The database, to store what a pull brought.
    StoringPull(Box<PulledChange>, Ahead),
    /// The answer to a pull that nobody wants any more.
    PullingInVain,
    /// The database, to store the sum of what the next start reads last.
    SummingUp(Earlier),
}

impl Client {
    /// The sync of `me` as `records`, everything that the member's database holds, left it. Nothing is sent before [`Event::LockGranted`].
    pub fn new(me: MemberId, device: DeviceId, records: &Records, online: bool) -> Self {
        let mut client = Self {
            me,
            device,
            outbox: Arc::new(Outbox::new([], 1)),
            holdings: Holdings::default(),
            cursors: Cursors::new(),
            stale: BTreeSet::new(),
            replica: Arc::default(),
            reading: None,
            earlier: None,
            sums_up: true,
            turn: Turn::Idle,
            flights: BTreeMap::new(),
            storing: None,
            answered: None,
            loading: false,
            drains: false,
            yields: false,
            online,
            visible: true,
            paused: None,
            ear: Ear::default(),
            revoked: false,
            wiped: false,
            pace: Pace::default(),
            limit: Limit::MAX,
            stalled: Stalled::new(),
            doubted: BTreeMap::new(),
            wants_pull: true,
            pulls_first: false,
            next_pull: Timestamp::default(),
            synced_at: None,
            trouble: None,
            lost: BTreeSet::new(),
            let_go: BTreeSet::new(),
        };
        client.load(records);
        client
    }

    /// What the screens show: the rows pulled, what waits laid on top.
    pub fn replica(&self) -> &Arc<Replica> {
        &self.replica
    }

    /// What was saved here, and where it is.
    pub fn outbox(&self) -> &Arc<Outbox> {
        &self.outbox
    }

    /// Takes in what happened at `now` and says what to do, in this order. `fraction` is a random number from 0 to 1.
    pub fn handle(&mut self, event: Event, now: Timestamp, fraction: f64) -> Vec<Effect> {
        let mut effects = Vec::new();
        match event {
            Event::Saved(items) => self.saved(items, &mut effects),
            Event::LetGo => {
                effects.push(Effect::Announce(TabMessage::LetGo));
                self.reload_outbox(&mut effects);
            }
            Event::Loaded(records) => {
                self.loading = false;
                self.load(&records);
            }
            Event::OutboxLoaded(from, records) => self.load_outbox(from, &records, &mut effects),
            Event::RowsRead(records, last) => self.rows_read(&records, last),
            Event::LockGranted => {
                self.drains = true;
                self.reload_outbox(&mut effects);
            }
            Event::Online => {
                self.online = true;
                self.try_again(&mut effects);
            }
            Event::Offline => self.online = false,
            Event::Visible => {
                self.visible = true;
                self.yields = false;
                self.try_again(&mut effects);
            }
            Event::Hidden => {
                self.visible = false;
                self.yields = true;
            }
            Event::SyncNow | Event::SignedIn => {
                // Where it still is, the server says so again.
                self.revoked = false;
                self.stalled.values_mut().for_each(|until| *until = (*until).min(now));
                self.try_again(&mut effects);
                if !self.drains {
                    effects.push(Effect::Announce(TabMessage::SyncNow));
                }
            }
            Event::Listening => self.listening(),
            Event::Poked => self.wants_pull = true,
            Event::NotListening => self.not_listening(now, fraction),
            Event::NotWiped => self.not_wiped(&mut effects),
            Event::Tick => {}
            Event::Heard(message) => self.heard(message, now, &mut effects),
            Event::PushAnswered(id, answer) => self.push_answered(id, answer, now, fraction, &mut effects),
            Event::PullAnswered(answer) => self.pull_answered(answer, now, fraction, &mut effects),
            Event::Stored(stored) => self.stored(stored, now, fraction, &mut effects),
        }
        self.read_on(&mut effects);
        self.go_on(now, &mut effects);
        self.listen(now, &mut effects);
        effects
    }

    /// Starts what is due, if nothing is under way.
    fn go_on(&mut self, now: Timestamp, effects: &mut Vec<Effect>) {
        if self.wiped || !self.drains || self.loading || !matches!(self.turn, Turn::Idle) {
            return;
        }
        if self.is_pushing() {
            return self.push_ahead(now, effects);
        }
        if self.yields {
            self.yields = false;
            self.drains = false;
            effects.push(Effect::YieldLock);
            return;
        }
        if !self.online || self.paused.is_some() {
            return;
        }
        if let Some(at) = self.pace.next(now) {
            effects.push(self.wake_at(at, now));
            return;
        }
        if self.revoked {
            return self.go_on_delivering(now, effects);
        }
        let batch = if self.pulls_first { Vec::new() } else { self.batch(now) };
        if !batch.is_empty() {
            effects.push(self.push(batch));
            self.push_ahead(now, effects);
        } else if self.pulls_first
            || self.wants_pull
            || self.next_pull <= now
            || self.next_pull > now.plus_millis(PULL_EVERY.as_millis() as i64)
        {
            effects.push(self.pull());
        } else {
            let retry = self.stalled.values().copied().filter(|until| *until > now).min();
            effects.extend(self.sum_up(now));
            effects.push(self.wake_at(retry.map_or(self.next_pull, |at| at.min(self.next_pull)), now));
        }
    }

    /// Go on then, or earlier if something else is waited for.
    fn wake_at(&self, at: Timestamp, now: Timestamp) -> Effect {
        Effect::WakeAt(self.next_listen(now).map_or(at, |listen| at.min(listen)))
    }

    /// An exchange failed: what it leaves for the next try.
    fn failed(&mut self, trouble: Trouble, now: Timestamp, fraction: f64) {
        self.trouble = Some(trouble);
        self.overtake_pushes();
        let asked = match trouble {
            Trouble::SignedOut | Trouble::AnotherMember => {
                self.paused = Some(trouble);
                self.revoked = false;
                return;
            }
            // More than the server ever takes of a revoked device stays here.
            Trouble::Delivered => {
                self.paused = Some(trouble);
                return;
            }
            Trouble::Revoked => {
                self.revoked = true;
                self.pace.reset();
                return;
            }
            // There is a session, so this device is not shut out after all: a restored backup may know nothing of it.
            Trouble::Forbidden => {
                self.revoked = false;
                None
            }
            Trouble::Busy(asked) => asked,
            Trouble::TooNew => Some(pace::WAIT_MAX),
            _ => None,
        };
        self.pace.failed(now, fraction, asked);
    }

    /// The world may have changed for the better, and another tab may have saved something and died before it could say so.
    fn try_again(&mut self, effects: &mut Vec<Effect>) {
        self.reload_saved(effects);
        self.paused = None;
        self.wants_pull = true;
        self.pace.reset();
        self.listen_again();
    }

    fn saved(&mut self, items: Vec<Item>, effects: &mut Vec<Effect>) {
        // What is shown as one does not tell any more what was written for which.
        let unites = |item: &Item| matches!(item.mutation.as_deref(), Some(Mutation::UniteCustomers { .. }));
        if !self.replica.united.is_empty() || items.iter().any(unites) {
            let outbox = Arc::make_mut(&mut self.outbox);
            items.into_iter().for_each(|item| outbox.put(item));
            self.show();
        } else {
            let (outbox, replica) = (Arc::make_mut(&mut self.outbox), Arc::make_mut(&mut self.replica));
            for item in items {
                replica.overlay(&item);
                outbox.put(item);
            }
        }
        effects.push(Effect::Announce(TabMessage::Saved));
        if self.outbox.has_gap() {
            self.reload_saved(effects);
        }
    }

    fn heard(&mut self, message: TabMessage, now: Timestamp, effects: &mut Vec<Effect>) {
        match message {
            TabMessage::Saved => self.reload_saved(effects),
            TabMessage::LetGo => self.reload_outbox(effects),
            TabMessage::Pulled if !self.drains => {
                self.loading = true;
                self.synced_at = Some(now);
                effects.push(Effect::Load);
            }
            TabMessage::SyncNow if self.drains => self.try_again(effects),
            TabMessage::SignedOut => self.paused = Some(Trouble::SignedOut),
            TabMessage::Pulled | TabMessage::SyncNow | TabMessage::Locked => {}
        }
    }

    /// Another tab may have moved any item.
    fn reload_outbox(&mut self, effects: &mut Vec<Effect>) {
        self.loading = true;
        effects.push(Effect::LoadOutbox(1));
    }

    /// Another tab may have saved something. What is known here only the tab that holds the lock moves.
    fn reload_saved(&mut self, effects: &mut Vec<Effect>) {
        self.loading = true;
        effects.push(Effect::LoadOutbox(if self.drains { self.outbox.first_unknown() } else { 1 }));
    }

    /// Whether a request may go out beside what is under way, as far as the surroundings go.
    fn may_go_ahead(&self) -> bool {
        self.online && self.paused.is_none() && !self.revoked && !self.yields
    }

    /// Takes the whole database over.
    fn load(&mut self, records: &Records) {
        self.cursors = stored::read_cursors(records);
        self.holdings = Holdings::default();
        self.stale = stored::read_rows(records, &mut self.holdings);
        self.earlier = stored::read_earlier(records);
        self.reading = None;
        self.let_go = stored::read_let_go(records);
        self.outbox = Arc::new(stored::read_outbox(records, 1, &self.outbox));
        self.show();
    }

    /// Takes the outbox over from a number on; where another tab went on with the rows too, both have to be taken over together.
    fn load_outbox(&mut self, from: u64, records: &Records, effects: &mut Vec<Effect>) {
        if stored::read_cursors(records) != self.cursors {
            effects.push(Effect::Load);
            return;
        }
        self.loading = false;
        self.let_go = stored::read_let_go(records);
        let outbox = stored::read_outbox(records, from, &self.outbox);
        if !outbox.is_same(&self.outbox) {
            self.outbox = Arc::new(outbox);
            self.show();
        }
    }

    fn stored(&mut self, stored: bool, now: Timestamp, fraction: f64, effects: &mut Vec<Effect>) {
        if let Some(change) = self.storing.take() {
            return self.push_stored(change, stored, now, fraction, effects);
        }
        match (std::mem::replace(&mut self.turn, Turn::Idle), stored) {
            (Turn::StoringPull(change, ahead), true) => self.pull_stored(*change, ahead, now, fraction, effects),
            (Turn::StoringPull(_, ahead), false) => self.pull_not_stored(&ahead, now, fraction),
            (Turn::SummingUp(earlier), stored) => {
                self.sums_up = stored;
                self.earlier = Some(earlier).filter(|_| stored);
            }
            // Nothing was to be stored.
            (turn, _) => self.turn = turn,
        }
    }

    /// Lays what waits on top of the rows.
    fn show(&mut self) {
        let mut replica = self.holdings.rows().clone();
        self.outbox.items().filter(|item| item.is_pending()).for_each(|item| replica.overlay(item));
        self.replica = Arc::new(replica.as_one());
    }
}
