//! Reminders on this device: what the browser holds and what the server knows are kept the same.

use super::{ReminderKind, Reminders, Subscription, Wanted, look_at_reminders, move_reminders, start_reminders, stop_reminders};
use crate::{
    browser::notification::{self, Permission, SubscribeError},
    failure::Failure,
    sync::{Phone, protocol::ProblemCode},
    today::ratings_seen,
};

/// Puts right at the start of the app what went apart: the browser lost its subscription, or got another; the server has another key, or
/// knows of none; the member has looked at ratings. Where there was no network, the next start does it.
pub fn keep_up(phone: Phone) {
    wasm_bindgen_futures::spawn_local(async move {
        if notification::permission() == Permission::Granted {
            drop(mend(phone).await);
        }
    });
}

async fn mend(phone: Phone) -> Result<(), Failure> {
    let Reminders { key, here } = look_at_reminders().await?;
    let Some(here) = here else {
        notification::unsubscribe().await;
        return Ok(());
    };
    let (subscription, seen) = (subscribe(&key).await?, ratings_seen(phone));
    // Either says where the browser is reached now.
    if seen > here.wanted.seen {
        start_reminders(subscription, Wanted { seen, ..here.wanted }).await?;
    } else if subscription.endpoint != here.endpoint {
        move_reminders(subscription).await?;
    }
    Ok(())
}

/// Turns reminders on here, or changes what they are of.
///
/// # Errors
/// Why they are as they were, in words.
pub(super) async fn start(phone: Phone, kinds: Vec<ReminderKind>) -> Result<(), Failure> {
    let wanted = Wanted { kinds: kinds.into_iter().collect(), seen: ratings_seen(phone) };
    wanted.check()?;
    if notification::ask().await != Permission::Granted {
        return Err(blocked());
    }
    let Reminders { key, .. } = look_at_reminders().await?;
    start_reminders(subscribe(&key).await?, wanted).await
}

/// Turns reminders off here. The browser ends them even where the server cannot be told.
///
/// # Errors
/// The server was not told.
pub(super) async fn stop() -> Result<(), Failure> {
    notification::unsubscribe().await;
    stop_reminders().await
}

async fn subscribe(key: &str) -> Result<Subscription, Failure> {
    let written = notification::subscribe(key).await.map_err(|error| match error {
        SubscribeError::Blocked => blocked(),
        SubscribeError::Service(_) => Failure::new(
            ProblemCode::Unreachable,
            "Your browser’s own message service did not answer, so nothing can reach this device. Try again later, or in another browser.",
        ),
    })?;
    let unreadable = |_| Failure::new(ProblemCode::Malformed, "This browser gave no address to send to. Update it, or use another.");
    serde_json::from_str(&written).map_err(unreadable)
}

fn blocked() -> Failure {
    Failure::new(ProblemCode::Forbidden, "This browser does not show notifications from Qdos. Allow them, then try again.")
}
