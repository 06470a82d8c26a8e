//! Today: what to do now, never more than fits in a glance, each with why it is there. Above the features: it reads them all, none reads it.

mod agenda;
#[cfg(feature = "csr")]
mod badge;
mod item;
#[cfg(feature = "csr")]
mod pages;
mod snooze;
mod unfinished;
mod why;

pub use agenda::*;
#[cfg(feature = "csr")]
pub use badge::{keep_badge, ratings_seen};
pub use item::Item;
#[cfg(feature = "csr")]
pub use pages::*;
pub use snooze::*;
pub use unfinished::unfinished;
pub use why::why;
#[cfg(feature = "csr")]
use why::{asked_for, rating_behind};
