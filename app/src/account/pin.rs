//! The PIN that takes the device back after a handover. Whoever knows it is back in the app, so trying is throttled.

use super::Device;
use crate::{
    browser::{
        clock, pin,
        pin::{PinError, PinHash},
        record::{Table, Write},
        storage::StorageError,
    },
    id::MemberId,
    survey::PinTries,
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// A member's PIN on this device, never in plain.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Pin {
    hash: PinHash,
    #[serde(default)]
    tries: PinTries,
}

/// Why a PIN could not be set or tried.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PinFailure {
    /// The device's database failed.
    #[error(transparent)]
    Storage(#[from] StorageError),
    /// The browser's cryptography failed.
    #[error(transparent)]
    Cryptography(#[from] PinError),
}

/// What became of a try.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PinTry {
    /// It was the PIN.
    Right,
    /// It was not; this many milliseconds until the next try.
    Wrong(i64),
    /// Not looked at: this many milliseconds until the next try.
    Wait(i64),
}

impl Pin {
    /// Its key in [`Table::Meta`].
    pub(super) fn key(member: MemberId) -> String {
        format!("pin/{member}")
    }
}

impl Device {
    /// Whether the member who uses the device has set a PIN here.
    pub fn has_pin(self) -> Signal<bool> {
        let pin = self.pin;
        Signal::derive(move || pin.with(Option::is_some))
    }

    /// Sets the member's PIN, which `pin_is_usable` has accepted.
    ///
    /// # Errors
    /// [`PinFailure`]: it is as it was.
    pub async fn set_pin(self, text: &str) -> Result<(), PinFailure> {
        self.keep_pin(Pin { hash: pin::hash(text).await?, tries: PinTries::default() }).await
    }

    /// Tries `text`. The try is written down before it is looked at, so that a kill gives none for free.
    ///
    /// # Errors
    /// [`PinFailure`]: it was not looked at.
    pub async fn try_pin(self, text: &str) -> Result<PinTry, PinFailure> {
        let Some(mut stored) = self.pin.get_untracked() else { return Ok(PinTry::Wrong(0)) };
        let now = clock::now();
        match stored.tries.wait_millis(now) {
            0 => {}
            wait => return Ok(PinTry::Wait(wait)),
        }
        stored.tries = stored.tries.counted(now);
        self.keep_pin(stored.clone()).await?;
        if !pin::verify(text, &stored.hash).await? {
            return Ok(PinTry::Wrong(stored.tries.wait_millis(clock::now())));
        }
        stored.tries = PinTries::default();
        self.keep_pin(stored).await?;
        Ok(PinTry::Right)
    }

    async fn keep_pin(self, stored: Pin) -> Result<(), PinFailure> {
        let member = self.member().expect("a PIN belongs to the member who uses the device");
        self.commit(&[Write::put(Table::Meta, Pin::key(member), &stored)]).await?;
        self.pin.set(Some(stored));
        Ok(())
    }
}
