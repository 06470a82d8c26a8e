//! This device, which outlives every session: who uses it, with which PIN, and whether it is in a customer's hands.

use super::{pin::Pin, told};
use crate::{
    browser::{
        channel::{Channel, TabMessage},
        document, hints, notification,
        record::{Durability, Table, Write},
        storage::{self, StorageError, Store},
    },
    id::MemberId,
    survey::Handover,
};
use leptos::prelude::*;
use std::sync::Arc;

/// The key in [`Table::Meta`] of the member who uses this device.
const MEMBER: &str = "member";
/// The key in [`Table::Meta`] of the handover that locks this device.
const HANDOVER: &str = "handover";

/// The key in [`Table::Meta`] of the mark that the last member was signed out for good.
const CLEARED: &str = "cleared";

/// This device; in the context of every screen.
#[derive(Clone, Copy)]
pub struct Device {
    member: Option<MemberId>,
    handover: RwSignal<Option<Arc<Handover>>>,
    pub(super) pin: RwSignal<Option<Pin>>,
    pub(super) told: RwSignal<bool>,
    pub(super) store: StoredValue<Store, LocalStorage>,
    cleared: bool,
    tabs: StoredValue<Option<Channel>, LocalStorage>,
}

impl Device {
    /// Opens the device's database. Other tabs of this browser follow what one of them does: they start again.
    ///
    /// # Errors
    /// [`StorageError`] where this browser keeps nothing.
    pub async fn open() -> Result<Self, StorageError> {
        let store = Store::of_device(storage::give_way).await?;
        let member: Option<MemberId> = store.get(Table::Meta, MEMBER).await?;
        let handover: Option<Handover> = store.get(Table::Meta, HANDOVER).await?;
        let (pin, told) = match member {
            Some(member) => {
                let told: Option<bool> = store.get(Table::Meta, &told::key(member)).await?;
                (store.get(Table::Meta, &Pin::key(member)).await?, told.unwrap_or(false))
            }
            None => (None, false),
        };
        let cleared: Option<bool> = store.get(Table::Meta, CLEARED).await?;
        let tabs = Channel::join("qdos-device", |message| {
            if matches!(message, TabMessage::Locked | TabMessage::SignedOut) {
                document::reload();
            }
        });
        Ok(Self {
            member,
            handover: RwSignal::new(handover.map(Arc::new)),
            pin: RwSignal::new(pin),
            told: RwSignal::new(told),
            store: StoredValue::new_local(store),
            cleared: cleared.unwrap_or(false),
            tabs: StoredValue::new_local(tabs),
        })
    }

    /// The device of the screens around.
    pub fn get() -> Self {
        use_context().expect("screens are mounted below the open device")
    }

    /// Whether it has a member, or is in a customer's hands.
    pub fn is_used(self) -> bool {
        self.member.is_some() || self.handover.with_untracked(Option::is_some)
    }

    /// Who uses it. Another member begins with a fresh start of the app.
    pub fn member(self) -> Option<MemberId> {
        self.member
    }

    /// `member` signed in here: from the next start on, which this brings about at `path`, the app is theirs.
    ///
    /// # Errors
    /// [`StorageError`]: it is as it was.
    pub async fn enter(self, member: MemberId, path: &str) -> Result<(), StorageError> {
        self.commit(&[Write::put(Table::Meta, MEMBER, &member), Write::delete(Table::Meta, CLEARED)]).await?;
        if self.member != Some(member) {
            hints::forget_tab();
        }
        self.start_again(path);
        Ok(())
    }

    /// Nobody uses it any more, and it reminds of nothing; the member's store and what waits in it stay for the next sign-in.
    ///
    /// # Errors
    /// [`StorageError`]: it is as it was.
    pub async fn leave(self) -> Result<(), StorageError> {
        self.commit(&[Write::delete(Table::Meta, MEMBER)]).await?;
        notification::unsubscribe().await;
        self.start_again("/app");
        Ok(())
    }

    /// The member was signed out here for good, and the member's store is gone: so goes everything else of theirs.
    ///
    /// # Errors
    /// [`StorageError`]: it is as it was.
    pub async fn keep_cleared(self) -> Result<(), StorageError> {
        let mut writes = vec![Write::delete(Table::Meta, MEMBER), Write::put(Table::Meta, CLEARED, &true)];
        if let Some(member) = self.member {
            writes.extend([Pin::key(member), told::key(member)].map(|key| Write::delete(Table::Meta, key)));
        }
        self.commit(&writes).await?;
        notification::unsubscribe().await;
        self.start_again("/app");
        Ok(())
    }

    /// Whether its last member was signed out for good.
    pub fn was_cleared(self) -> bool {
        self.cleared
    }

    /// The handover that locks it: while there is one, every screen and every tab shows the survey and nothing else.
    pub fn handover(self) -> Signal<Option<Arc<Handover>>> {
        self.handover.into()
    }

    /// Locks the device, or takes the next step of the handover. Once this returns, it outlives a kill.
    ///
    /// # Errors
    /// [`StorageError`]: it is as it was, so nothing may be shown to the customer.
    pub async fn keep_handover(self, handover: Handover) -> Result<(), StorageError> {
        self.commit(&[Write::put(Table::Meta, HANDOVER, &handover)]).await?;
        if self.handover.with_untracked(Option::is_none) {
            self.tell(TabMessage::Locked);
        }
        self.handover.set(Some(Arc::new(handover)));
        Ok(())
    }

    /// Unlocks the device: the app starts again, at `path`.
    ///
    /// # Errors
    /// [`StorageError`]: it is as it was.
    pub async fn end_handover(self, path: &str) -> Result<(), StorageError> {
        self.commit(&[Write::delete(Table::Meta, HANDOVER)]).await?;
        self.start_again(path);
        Ok(())
    }

    pub(super) async fn commit(self, writes: &[Write]) -> Result<(), StorageError> {
        self.store.get_value().commit(writes, Durability::Strict).await
    }

    fn start_again(self, path: &str) {
        self.tell(TabMessage::SignedOut);
        document::open(path);
    }

    fn tell(self, message: TabMessage) {
        self.tabs.with_value(|tabs| {
            if let Some(tabs) = tabs {
                tabs.tell(message);
            }
        });
    }
}
