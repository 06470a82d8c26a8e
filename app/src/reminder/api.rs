//! What needs the server: the phone calls these, the server's port answers.
#![expect(missing_docs, reason = "the macro makes a type of each function's parameters, whose fields cannot be described apart")]

#[cfg(feature = "ssr")]
use super::port::port;
use super::{Reminders, Subscription, Wanted};
use crate::failure::Failure;
use leptos::{prelude::*, server_fn::codec::Json};

/// What the server knows of reminders on this device, and the key that browsers ask for.
#[server(prefix = "/api/fn", endpoint = "reminder/look_at_reminders", input = Json)]
pub async fn look_at_reminders() -> Result<Reminders, Failure> {
    port().look_at_reminders().await
}

/// Reminds the member on this device from now on, in place of what was chosen before.
#[server(prefix = "/api/fn", endpoint = "reminder/start_reminders", input = Json)]
pub async fn start_reminders(subscription: Subscription, wanted: Wanted) -> Result<(), Failure> {
    port().start_reminders(subscription, wanted).await
}

/// This browser is reached elsewhere now; where reminders are not on, nothing is kept. Its service worker calls this, too.
#[server(prefix = "/api/fn", endpoint = "reminder/move_reminders", input = Json)]
pub async fn move_reminders(subscription: Subscription) -> Result<(), Failure> {
    port().move_reminders(subscription).await
}

/// Reminds the member on this device no more.
#[server(prefix = "/api/fn", endpoint = "reminder/stop_reminders", input = Json)]
pub async fn stop_reminders() -> Result<(), Failure> {
    port().stop_reminders().await
}
