//! Calendars: a feed that goes out by a secret address, and a calendar elsewhere that is read for a member.
//!
//! - A feed tells what the member's phone shows, no more. Unknown, stopped and deactivated look the same from outside.
//! - What is read elsewhere is published to its member alone, and the address to nobody but the member.

mod feed;
mod places;
mod port;
mod source;

use crate::{
    call::Call,
    routes::{Access, Routes},
};
use app::calendar::{LookAtFeed, LookAtSource, MakeFeed, ReadSource, SaveSource, StopFeed, StopSource};

pub use source::{read_due, spawn_reading};

/// The server functions of calendars.
pub const CALLS: &[Call] = &[
    Call::new::<LookAtFeed>(Access::Member),
    Call::new::<MakeFeed>(Access::Member),
    Call::new::<StopFeed>(Access::Member),
    Call::new::<LookAtSource>(Access::Member),
    Call::new::<SaveSource>(Access::Member),
    Call::new::<ReadSource>(Access::Member),
    Call::new::<StopSource>(Access::Member),
];

/// The feed.
pub fn routes() -> Routes {
    Routes::default().get("/calendar/{link}", Access::Anyone, feed::show)
}
