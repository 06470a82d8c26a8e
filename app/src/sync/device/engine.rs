//! Does what the sync machine decides: the thin part, with the browser at hand and nothing to decide.

use super::{
    Shown,
    closing::{Kept, close_unless, remove},
};
use crate::{
    browser::{
        channel::Channel,
        clock, document,
        event::{self, Listening},
        events::{EventStream, StreamEvent},
        locks::{self, Held},
        network, quota, random,
        record::{Durability, Part, Records, Table, Write},
        reply::{NetworkError, Reply},
        storage::{StorageError, Store},
    },
    id::{DeviceId, MemberId},
    sync::{
        answer,
        client::{Client, Effect, Event},
        outbox::{Item, Outbox},
        stored::{self, Keys},
        warning::Surroundings,
    },
    time::Timestamp,
};
use gloo_timers::{callback::Timeout, future::sleep};
use leptos::prelude::*;
use serde::Serialize;
use std::{
    cell::{Cell, RefCell},
    rc::Rc,
    sync::Arc,
    time::Duration,
};
use wasm_bindgen_futures::spawn_local;

/// How long an exchange may take. Generous: on a bad network a slow answer beats another try.
const PATIENCE: Duration = Duration::from_secs(30);
/// Rows that are read at a time while the app is in use: some milliseconds on a slow phone.
const PIECE: u32 = 200;
/// Bytes a second that a bad network takes: photos are large, and one that never got through would hold up all that waits behind it.
const SLOW: u64 = 4 * 1024;
/// The wait before a failed read of the database is repeated.
const READ_AGAIN: Duration = Duration::from_secs(2);

pub(super) struct Engine {
    me: MemberId,
    client: RefCell<Client>,
    shown: Shown,
    store: Store,
    lock: String,
    held: RefCell<Option<Held>>,
    pokes: RefCell<Option<EventStream>>,
    channel: RefCell<Option<Channel>>,
    timer: RefCell<Option<Timeout>>,
    listening: RefCell<Vec<Listening>>,
    asked_to_persist: Cell<bool>,
    stopped: Cell<bool>,
}

impl Engine {
    /// Starts to sync what was `kept` in `store`.
    pub(super) fn start(me: MemberId, device: DeviceId, store: Store, kept: &Kept) -> (Rc<Self>, Shown) {
        let mut client = Client::new(me, device, &kept.records, network::is_online());
        if kept.is_part {
            client = client.reading_on(&kept.records);
        }
        let shown = Shown {
            replica: RwSignal::new(client.replica().clone()),
            outbox: RwSignal::new(client.outbox().clone()),
            health: RwSignal::new(client.health()),
            wiped: RwSignal::new(false),
            surroundings: RwSignal::new(Surroundings { persisted: true, ..Surroundings::default() }),
        };
        let engine = Rc::new(Self {
            me,
            client: RefCell::new(client),
            shown,
            store,
            lock: format!("qdos-sync-{me}"),
            held: RefCell::default(),
            pokes: RefCell::default(),
            channel: RefCell::default(),
            timer: RefCell::default(),
            listening: RefCell::default(),
            asked_to_persist: Cell::default(),
            stopped: Cell::default(),
        });
        let heard = engine.clone();
        engine.channel.replace(Channel::join(&format!("qdos-{me}"), move |message| heard.tell(Event::Heard(message))));
        engine.listen();
        engine.queue_for_lock();
        engine.look_around();
        engine.tell(Event::Tick);
        (engine, shown)
    }

    pub(super) fn store(&self) -> &Store {
        &self.store
    }

    /// Ends everything; the store can be removed.
    pub(super) fn stop(&self) {
        self.stopped.set(true);
        self.listening.take();
        self.pokes.take();
        self.channel.take();
        self.timer.take();
        self.held.take();
    }

    pub(super) fn sync_now(self: &Rc<Self>) {
        self.tell(Event::SyncNow);
    }

    pub(super) fn signed_in(self: &Rc<Self>) {
        self.tell(Event::SignedIn);
    }

    pub(super) fn let_go(self: &Rc<Self>) {
        self.tell(Event::LetGo);
    }

    /// Saves items, numbered from where `plan` is told to, with what else it writes, to `tables`. Tabs number from one counter, so reading it is part of the
    /// commit; a store that is closed has no next number.
    ///
    /// # Errors
    /// [`StorageError`]: nothing was saved.
    pub(super) async fn save(self: &Rc<Self>, tables: &[Table], plan: impl Fn(u64) -> (Vec<Write>, Vec<Item>)) -> Result<(), StorageError> {
        let number = |next: Option<&str>| {
            let Some(first) = stored::next_sequence(next) else { return (Vec::new(), None) };
            let (mut writes, items) = plan(first);
            writes.extend(items.iter().map(stored::write_item));
            writes.push(Write::put(Table::Meta, stored::NEXT_SEQUENCE, &(first + items.len() as u64)));
            (writes, Some(items))
        };
        let tables: Vec<Table> = tables.iter().copied().chain([Table::Outbox]).collect();
        let saved = self.store.commit_from(stored::NEXT_SEQUENCE, &tables, number).await;
        self.saved(saved.and_then(|items| items.ok_or(StorageError::Closed)))
    }

    /// Shows what was saved, or that saving failed.
    fn saved(self: &Rc<Self>, saved: Result<Vec<Item>, StorageError>) -> Result<(), StorageError> {
        self.note_storage(saved.is_err());
        self.tell(Event::Saved(saved?));
        if !self.shown.surroundings.with_untracked(|around| around.persisted) && !self.asked_to_persist.replace(true) {
            let engine = self.clone();
            spawn_local(async move {
                quota::persist().await;
                engine.look_around();
            });
        }
        Ok(())
    }

    /// Tells the machine, shows what changed and does what it says.
    fn tell(self: &Rc<Self>, event: Event) {
        if self.stopped.get() {
            return;
        }
        let effects = self.client.borrow_mut().handle(event, clock::now(), random::fraction());
        self.show();
        for effect in effects {
            self.act(effect);
        }
    }

    fn show(&self) {
        let client = self.client.borrow();
        let Shown { replica, outbox, health, .. } = self.shown;
        if !replica.with_untracked(|shown| Arc::ptr_eq(shown, client.replica())) {
            replica.set(client.replica().clone());
        }
        if !outbox.with_untracked(|shown| Arc::ptr_eq(shown, client.outbox())) {
            outbox.set(client.outbox().clone());
        }
        let now = client.health();
        drop(client);
        if health.with_untracked(|shown| *shown != now) {
            health.set(now);
        }
    }

    fn act(self: &Rc<Self>, effect: Effect) {
        let engine = self.clone();
        match effect {
            Effect::Push(id, push) => spawn_local(async move {
                let answer = engine.post("/api/sync/push", &push).await;
                engine.tell(Event::PushAnswered(id, answer::read(&answer)));
            }),
            Effect::Pull(pull) => spawn_local(async move {
                let answer = engine.post("/api/sync/pull", &pull).await;
                engine.tell(Event::PullAnswered(answer::read(&answer)));
            }),
            Effect::Deliver(id, delivery) => spawn_local(async move {
                let answer = engine.post("/api/sync/deliver", &delivery).await;
                engine.tell(Event::PushAnswered(id, answer::read(&answer)));
            }),
            Effect::Wipe => spawn_local(async move {
                let unsent = |outbox: &Outbox| Some(outbox.unsent()).filter(|unsent| *unsent > 0);
                match close_unless(&engine.store, unsent).await {
                    Ok(None) => engine.stop(),
                    Ok(Some(_)) => return engine.tell(Event::NotWiped),
                    // The next start comes here again: the server still says that this device was revoked.
                    Err(_) => return engine.stop(),
                }
                if remove(engine.store.clone(), engine.me).await.is_ok() {
                    engine.shown.wiped.set(true);
                }
            }),
            Effect::Store(writes, durability) => spawn_local(async move {
                let stored = engine.commit(&writes, durability).await;
                engine.tell(Event::Stored(stored));
            }),
            Effect::Load => spawn_local(async move {
                let records = engine.load_parts([Table::Row, Table::Outbox, Table::Meta].map(Part::from).into()).await;
                engine.tell(Event::Loaded(records));
            }),
            Effect::LoadOutbox(from) => spawn_local(async move {
                let outbox = Part { keys: stored::outbox_keys(from), ..Table::Outbox.into() };
                let records = engine.load_parts(vec![outbox, Table::Meta.into()]).await;
                engine.tell(Event::OutboxLoaded(from, records));
            }),
            Effect::ReadRows(keys) => spawn_local(async move {
                let (rows, last) = engine.read_rows(keys).await;
                engine.tell(Event::RowsRead(rows, last));
            }),
            Effect::Listen => self.hear_pokes(),
            Effect::StopListening => drop(self.pokes.take()),
            Effect::YieldLock => {
                self.held.take();
                self.queue_for_lock();
            }
            Effect::WakeAt(at) => self.wake_at(at),
            Effect::Announce(message) => {
                if let Some(channel) = &*self.channel.borrow() {
                    channel.tell(message);
                }
            }
        }
    }

    /// Opens the stream of pokes. A browser without streams asks now and then, as every browser does besides.
    fn hear_pokes(self: &Rc<Self>) {
        let engine = self.clone();
        self.pokes.replace(EventStream::open("/api/sync/pokes", move |event| {
            engine.tell(match event {
                StreamEvent::Opened => Event::Listening,
                StreamEvent::Said => Event::Poked,
                StreamEvent::GivenUp => Event::NotListening,
            });
        }));
    }

    async fn post(&self, path: &str, request: &impl Serialize) -> Result<Reply, NetworkError> {
        let json = serde_json::to_string(request).expect("requests have a JSON form");
        let patience = PATIENCE + Duration::from_secs(json.len() as u64 / SLOW);
        let answer = network::post(path, json, patience).await;
        if let Ok(Reply { server_time: Some(server_time), .. }) = &answer {
            let ahead = clock::now().0 - server_time.0;
            self.around(|around| around.clock_ahead = Some(ahead / 60_000 * 60_000));
        }
        answer
    }

    async fn commit(&self, writes: &[Write], durability: Durability) -> bool {
        let stored = self.store.commit(writes, durability).await.is_ok();
        self.note_storage(!stored);
        stored
    }

    /// Reads until it succeeds: the machine goes on with nothing older.
    async fn load_parts(&self, parts: Vec<Part>) -> Records {
        loop {
            match self.store.load_parts(parts.clone()).await {
                Ok(records) => return records,
                Err(_) => sleep(READ_AGAIN).await,
            }
        }
    }

    /// A piece of the rows, small enough for whoever uses the app meanwhile, and the key to go on after.
    async fn read_rows(&self, keys: Keys) -> (Records, Option<String>) {
        // A touch or a key goes first.
        sleep(Duration::ZERO).await;
        let rows = self.load_parts(vec![Part { table: Table::Row, keys, limit: PIECE }]).await;
        let mut read = rows.of(Table::Row);
        let last = read.by_ref().nth(PIECE as usize - 1).map(|(key, _)| key.to_owned());
        drop(read);
        (rows, last)
    }

    fn wake_at(self: &Rc<Self>, at: Timestamp) {
        let engine = self.clone();
        let wait = (at.0 - clock::now().0).clamp(0, i64::from(i32::MAX));
        let timer = Timeout::new(wait as u32, move || engine.tell(Event::Tick));
        self.timer.replace(Some(timer));
    }

    fn queue_for_lock(self: &Rc<Self>) {
        let engine = self.clone();
        spawn_local(async move {
            // Without locks every tab sends. The server takes each mutation once all the same.
            let held = locks::hold(&engine.lock).await.ok();
            if !engine.stopped.get() {
                engine.held.replace(held);
                engine.tell(Event::LockGranted);
            }
        });
    }

    fn listen(self: &Rc<Self>) {
        let tells = |event: fn() -> Event| {
            let engine = self.clone();
            move || engine.tell(event())
        };
        let engine = self.clone();
        self.listening.replace(vec![
            event::on_online(tells(|| Event::Online)),
            event::on_offline(tells(|| Event::Offline)),
            event::on_hidden(tells(|| Event::Hidden)),
            event::on_visible(move || {
                engine.tell(Event::Visible);
                engine.look_around();
            }),
        ]);
        // A tab may be opened behind others.
        if !event::is_visible() {
            self.tell(Event::Hidden);
        }
    }

    /// Looks again at what surrounds the store.
    fn look_around(self: &Rc<Self>) {
        let engine = self.clone();
        spawn_local(async move {
            let used = quota::space().await.filter(|space| space.granted > 0.0).map(|space| space.used / space.granted);
            let persisted = quota::is_persisted().await;
            engine.around(|around| {
                around.used = used.map(|used| (used * 100.0).round() / 100.0);
                around.persisted = persisted;
                around.ios = document::is_ios();
                around.standalone = document::is_standalone();
            });
        });
    }

    fn note_storage(&self, fails: bool) {
        self.around(|around| around.storage_fails = fails);
    }

    fn around(&self, change: impl FnOnce(&mut Surroundings)) {
        let mut around = self.shown.surroundings.get_untracked();
        change(&mut around);
        if self.shown.surroundings.get_untracked() != around {
            self.shown.surroundings.set(around);
        }
    }
}
