use super::store::Store;
use app::{
    browser::{
        record::{Durability, Table, Write},
        reply::{NetworkError, Reply},
    },
    id::{DeviceId, MemberId},
    sync::{
        answer,
        client::{Client, Effect, Event},
        outbox::{Item, ItemState},
        protocol::Envelope,
        stored,
    },
};
use serde::Serialize;
use serde_json::value::RawValue;
use server::clock;
use std::{error::Error, sync::Arc, time::Instant};
use tokio::task::JoinSet;

type Failure = Box<dyn Error + Send + Sync>;

/// The app's state machine with a database and a network, and nobody who looks.
pub struct Phone {
    client: Client,
    store: Store,
    server: Server,
}

impl Phone {
    /// A phone on which `queue` is saved.
    pub async fn open(
        member: MemberId,
        device: DeviceId,
        store: Store,
        url: &str,
        cookie: &str,
        queue: &[Envelope<Box<RawValue>>],
    ) -> Result<Self, Failure> {
        let mut writes = Vec::with_capacity(queue.len() + 1);
        for envelope in queue {
            let mutation = serde_json::from_str(envelope.mutation.get())?;
            let item = Item {
                envelope: Arc::new(envelope.clone()),
                mutation: Some(mutation),
                state: ItemState::OnThisPhone,
                since: envelope.made_at,
            };
            writes.push(stored::write_item(&item));
        }
        let last = queue.last().map_or(0, |envelope| envelope.sequence);
        writes.push(Write::put(Table::Meta, stored::NEXT_SEQUENCE, &(last + 1)));
        store.commit(&writes, Durability::Strict).await?;
        let client = Client::new(member, device, &store.load().await?, false);
        let agent = ureq::Agent::config_builder().http_status_as_error(false).build().new_agent();
        let mut phone = Self { client, store, server: Server { url: url.to_owned(), cookie: cookie.to_owned(), agent } };
        // The only tab, offline.
        phone.run(Event::LockGranted, |_| false).await?;
        Ok(phone)
    }

    /// Seconds from when there is a network until the last receipt is stored.
    pub async fn push_all(&mut self) -> Result<f64, Failure> {
        let started = Instant::now();
        self.run(Event::Online, |client| client.outbox().unsent() == 0).await?;
        let seconds = started.elapsed().as_secs_f64();
        match self.client.outbox().needing_you() {
            0 => Ok(seconds),
            refused => Err(format!("{refused} mutations were refused").into()),
        }
    }

    /// Seconds from when there is a network until the last row is stored.
    pub async fn pull_all(&mut self) -> Result<f64, Failure> {
        let started = Instant::now();
        self.run(Event::Online, |client| client.health().synced_at.is_some()).await?;
        self.store.settle().await?;
        Ok(started.elapsed().as_secs_f64())
    }

    /// How many rows it holds.
    pub fn rows(&self) -> usize {
        self.client.replica().meetings.len()
    }

    /// Does what the machine decides upon `event` until `done` or there is nothing left to do: as in a browser, the network and the database work side by side.
    async fn run(&mut self, event: Event, done: impl Fn(&Client) -> bool) -> Result<(), Failure> {
        let mut working = JoinSet::new();
        let mut effects = self.tell(event);
        while !done(&self.client) {
            for effect in effects {
                let (store, server) = (self.store.clone(), self.server.clone());
                match effect {
                    Effect::Push(id, push) => {
                        let answer = move || answer::read(&server.post("/api/sync/push", &push));
                        drop(working.spawn_blocking(move || Ok(Event::PushAnswered(id, answer()))));
                    }
                    Effect::Pull(pull) => {
                        drop(working.spawn_blocking(move || Ok(Event::PullAnswered(answer::read(&server.post("/api/sync/pull", &pull))))));
                    }
                    Effect::Store(writes, durability) => {
                        drop(working.spawn(async move {
                            store.commit(&writes, durability).await?;
                            Ok(Event::Stored(true))
                        }));
                    }
                    Effect::Load => drop(working.spawn(async move { Ok::<_, Failure>(Event::Loaded(store.load().await?)) })),
                    Effect::LoadOutbox(from) => {
                        drop(working.spawn(async move { Ok(Event::OutboxLoaded(from, store.load_outbox(from).await?)) }));
                    }
                    Effect::ReadRows(_) => unreachable!("a phone that starts here reads everything at once"),
                    Effect::Deliver(..) | Effect::Wipe => unreachable!("nobody revokes the measured phone"),
                    Effect::Listen | Effect::StopListening | Effect::YieldLock | Effect::WakeAt(_) | Effect::Announce(_) => {}
                }
            }
            let Some(event) = working.join_next().await else { return Ok(()) };
            effects = self.tell(event??);
        }
        Ok(())
    }

    fn tell(&mut self, event: Event) -> Vec<Effect> {
        self.client.handle(event, clock::now(), 1.0)
    }
}

/// How the server is asked.
#[derive(Clone)]
struct Server {
    url: String,
    cookie: String,
    agent: ureq::Agent,
}

impl Server {
    fn post(&self, path: &str, body: &impl Serialize) -> Result<Reply, NetworkError> {
        let request = self.agent.post(format!("{}{path}", self.url)).header("cookie", &self.cookie).header("origin", &self.url);
        let body = serde_json::to_vec(body).expect("what phones send has a JSON form");
        let mut response = request.content_type("application/json").send(&body).map_err(|_| NetworkError::Offline)?;
        let text = response.body_mut().with_config().limit(u64::MAX).read_to_string().map_err(|_| NetworkError::Cut)?;
        Ok(Reply { status: response.status().as_u16(), body: text, ..Reply::default() })
    }
}
