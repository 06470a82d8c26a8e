//! The member's store on this phone, as the screens use it: [`Phone`] is in the context of every screen.

mod carry;
mod closing;
mod download;
mod draft;
mod engine;

pub use super::client::Connection;
pub use carry::CarryFailure;
pub use download::{Download, DownloadError};
pub use draft::part_key;

use self::{
    closing::{Kept, close_unless, open_store, remove},
    download::in_files,
    draft::forget_draft,
    engine::Engine,
};
use super::{
    Replica,
    client::Health,
    outbox::{Item, Outbox},
    protocol::Mutation,
    stored,
    warning::{Surroundings, Warning, warnings},
};
use crate::{
    browser::{
        clock, random,
        record::{Durability, Table, Write},
        storage::{StorageError, Store},
    },
    id::{DeviceId, MemberId, MutationId},
};
use futures_channel::oneshot;
use gloo_timers::callback::Timeout;
use leptos::prelude::*;
use std::{collections::BTreeMap, rc::Rc, sync::Arc};
use wasm_bindgen_futures::spawn_local;

/// Milliseconds without a change before what hangs on the replica is worked out ahead of whoever asks.
const QUIET: u32 = 1_000;

/// One member's store, open on this phone.
#[derive(Clone, Copy)]
pub struct Phone {
    me: MemberId,
    shown: Shown,
    drafts: StoredValue<BTreeMap<String, String>>,
    engine: StoredValue<Rc<Engine>, LocalStorage>,
}

/// A member's store that is being read: it takes as long as loading the code that shows it, and need not wait for that.
pub struct Opening {
    me: MemberId,
    read: oneshot::Receiver<Result<(Store, Kept), StorageError>>,
}

/// What the screens read.
#[derive(Clone, Copy)]
struct Shown {
    replica: RwSignal<Arc<Replica>>,
    outbox: RwSignal<Arc<Outbox>>,
    health: RwSignal<Health>,
    surroundings: RwSignal<Surroundings>,
    wiped: RwSignal<bool>,
}

/// Why a store was not removed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RemoveError {
    /// So many items are nowhere else: send or export them first.
    #[error("{0} items are only on this device")]
    OnlyHere(usize),
    /// The database failed.
    #[error(transparent)]
    Storage(#[from] StorageError),
}

impl Phone {
    /// Begins to read the store of `me`; `replaced` is called when another tab takes it over. Of a full store only what counts today is read before
    /// [`Phone::open`] returns, if `in_part` is enough for the first screen.
    pub fn opening(me: MemberId, in_part: bool, replaced: impl Fn() + 'static) -> Opening {
        let (read, is_read) = oneshot::channel();
        spawn_local(async move {
            // Who waited may have gone.
            drop(read.send(open_store(me, in_part, replaced).await));
        });
        Opening { me, read: is_read }
    }

    /// Opens the store and starts to sync.
    ///
    /// # Errors
    /// [`StorageError`] where this browser keeps nothing.
    pub async fn open(Opening { me, read }: Opening) -> Result<Self, StorageError> {
        let (store, mut kept) = read.await.expect("whoever reads it says what came of it")?;
        let device = match stored::read_device(&kept.records) {
            Some(device) => device,
            None => store.commit_from(stored::DEVICE, &[], name_device).await?,
        };
        let drafts = kept.records.take(Table::Draft);
        let (engine, shown) = Engine::start(me, device, store, &kept);
        Ok(Self { me, shown, drafts: StoredValue::new(drafts), engine: StoredValue::new_local(engine) })
    }

    /// The phone of the screens around.
    pub fn get() -> Self {
        use_context().expect("screens are mounted below the open phone")
    }

    /// Whose store it is.
    pub fn me(self) -> MemberId {
        self.me
    }

    /// Everything the phone holds, what waits laid on top.
    pub fn replica(self) -> Signal<Arc<Replica>> {
        self.shown.replica.into()
    }

    /// Whether older meetings are still being read.
    pub fn reads_on(self) -> Memo<bool> {
        self.derive(|replica| replica.earlier.is_some())
    }

    /// Derives something from what the phone holds; changes only when the result does.
    pub fn derive<T: PartialEq + Send + Sync + 'static>(self, read: impl Fn(&Replica) -> T + Send + Sync + 'static) -> Memo<T> {
        let replica = self.shown.replica;
        Memo::new(move |_| replica.with(|replica| read(replica)))
    }

    /// Calls `act` once what the phone holds has changed and been the same for a second since, time and again while the caller's screen is
    /// there: while a first pull comes in, nothing is worked out page by page.
    pub fn on_quiet(self, act: impl Fn() + Copy + 'static) {
        let waiting = StoredValue::new_local(None::<Timeout>);
        Effect::new(move || {
            self.shown.replica.track();
            waiting.set_value(Some(Timeout::new(QUIET, act)));
        });
    }

    /// What was saved and where it is, in the order of saving.
    pub fn outbox(self) -> Signal<Arc<Outbox>> {
        self.shown.outbox.into()
    }

    /// How far it agrees with the server.
    pub fn connection(self) -> Memo<Connection> {
        let health = self.shown.health;
        Memo::new(move |_| health.with(|health| health.connection))
    }

    /// How sync stands.
    pub fn health(self) -> Signal<Health> {
        self.shown.health.into()
    }

    /// Whether the store was removed because this device was revoked: nothing is left to show.
    pub fn was_wiped(self) -> Signal<bool> {
        self.shown.wiped.into()
    }

    /// What may cost the person what the phone holds.
    pub fn warnings(self) -> Memo<Vec<Warning>> {
        let Shown { health, surroundings, .. } = self.shown;
        Memo::new(move |_| health.with(|health| surroundings.with(|around| warnings(health, around, clock::now()))))
    }

    /// The most pressing of them, if one may cost something already: said wherever the person is.
    pub fn pressing(self) -> Memo<Option<Warning>> {
        let warnings = self.warnings();
        Memo::new(move |_| warnings.with(|warnings| warnings.iter().copied().find(Warning::is_pressing)))
    }

    /// Saves all of `mutations` or none. Once this returns they outlive a kill and a power cut, and show in the replica.
    ///
    /// # Errors
    /// [`StorageError`]: nothing was saved.
    pub async fn save(self, mutations: Vec<Mutation>) -> Result<(), StorageError> {
        self.commit(mutations, None).await
    }

    /// [`Phone::save`], and the draft under `key` has done its duty.
    ///
    /// # Errors
    /// [`StorageError`]: nothing was saved, the draft is as it was.
    pub async fn save_draft(self, key: &str, mutations: Vec<Mutation>) -> Result<(), StorageError> {
        self.commit(mutations, Some(key)).await?;
        self.forget_draft_here(key);
        Ok(())
    }

    async fn commit(self, mutations: Vec<Mutation>, draft: Option<&str>) -> Result<(), StorageError> {
        let engine = self.engine.get_value();
        let ids: Vec<MutationId> = mutations.iter().map(|_| MutationId(random::uuid())).collect();
        let now = clock::now();
        let number = |first: u64| {
            let numbered = (first..).zip(ids.iter().zip(&mutations));
            let items: Vec<Item> =
                numbered.map(|(sequence, (id, mutation))| Item::new(*id, self.me, sequence, mutation.clone(), now)).collect();
            (draft.map(forget_draft).into_iter().flatten().collect(), items)
        };
        engine.save(&[Table::Draft], number).await
    }

    /// Exchanges everything with the server now, whatever failed before; [`Phone::health`] tells what came of it.
    pub fn sync_now(self) {
        self.engine.with_value(Engine::sync_now);
    }

    /// There is a session again.
    pub fn signed_in(self) {
        self.engine.with_value(Engine::signed_in);
    }

    /// Another tab takes the store over: from here nothing more is sent, so that the other tab can.
    pub fn give_way(self) {
        self.engine.with_value(|engine| engine.stop());
    }

    /// Lets an item go that was refused, or decided about since: it stays in the server's quarantine. Anything else is left as it is.
    ///
    /// # Errors
    /// [`StorageError`]: it is still there.
    pub async fn let_go(self, id: MutationId) -> Result<(), StorageError> {
        let item = self.shown.outbox.with_untracked(|outbox| outbox.find(id).cloned());
        let Some(item) = item.filter(|item| (item.refusal().is_some() || item.is_settled()) && !item.is_sealed()) else { return Ok(()) };
        let engine = self.engine.get_value();
        engine.store().commit(&stored::let_go(&item), Durability::Strict).await?;
        engine.let_go();
        Ok(())
    }

    /// Removes the member's store from this phone, unless something in it is nowhere else.
    ///
    /// # Errors
    /// [`RemoveError`].
    pub async fn remove(self) -> Result<(), RemoveError> {
        let engine = self.engine.get_value();
        let in_files = in_files(engine.store()).await?;
        let lost = |outbox: &Outbox| Some(outbox.would_be_lost(&in_files)).filter(|lost| *lost > 0);
        match close_unless(engine.store(), lost).await? {
            Some(lost) => Err(RemoveError::OnlyHere(lost)),
            None => {
                engine.stop();
                Ok(remove(engine.store().clone(), self.me).await?)
            }
        }
    }
}

/// This store's own id: the one that another tab gave it this moment, or a new one.
fn name_device(given: Option<&str>) -> (Vec<Write>, DeviceId) {
    match given.and_then(|given| serde_json::from_str(given).ok()) {
        Some(device) => (Vec::new(), device),
        None => {
            let device = DeviceId(random::uuid());
            (vec![Write::put(Table::Meta, stored::DEVICE, &device)], device)
        }
    }
}
