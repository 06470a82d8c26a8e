//! Pokes: one stream per browser, which says nothing but that there is something to pull.
//!
//! What was committed is told to every process ([`relay`]). Each looks for whom of those that wait there it holds something new, and
//! whose session has ended ([`look`]); the first are poked, the others' streams end ([`Pokes`]). Every step takes an organisation once
//! however often it was named, so that a burst of writes is a poke or two. A lost poke costs time only: phones pull by themselves, too.

mod look;
mod open;
mod relay;
mod stream;

pub use open::Pokes;
pub(super) use stream::answer;

use crate::State;

/// Pokes whoever waits for as long as the server runs.
pub fn spawn(state: State) {
    tokio::spawn(relay::tell(state.clone()));
    tokio::spawn(relay::hear(state.clone()));
    tokio::spawn(look::repeat(state.clone()));
    tokio::spawn(look::look_at_everybody(state));
}
