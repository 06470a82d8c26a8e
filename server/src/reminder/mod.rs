//! Reminders: once a day each member who wants it is told by the browser's own service how much waits (RFC 8030, 8291, 8292).
//!
//! - What is said is the phones' own rule (`app::reminder`) over what the member's phone holds.
//! - A day is claimed before anything is sent: a crash in between loses a reminder, and nothing sends it twice.
//! - What is sent is encrypted for the browser; the service between learns when, and nothing else.
//! - A device's subscription is its session's: it ends with it.

mod due;
mod key;
mod port;
mod seal;
mod send;
mod subscription;

use crate::{call::Call, routes::Access};
use app::reminder::{LookAtReminders, MoveReminders, StartReminders, StopReminders};

pub use due::{remind_due, spawn_reminding};

/// The server functions of reminders.
pub const CALLS: &[Call] = &[
    Call::new::<LookAtReminders>(Access::Member),
    Call::new::<StartReminders>(Access::Member),
    Call::new::<MoveReminders>(Access::Member),
    Call::new::<StopReminders>(Access::Member),
];
